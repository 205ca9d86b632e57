"""PyTorch as a peer. Forms: "eager", and "compiled" with torch.compile. Adam is the fused one."""

import time

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from serve import read_rows, serve

SCORED_ROWS = 256


class Channels(nn.Module):
    """Rows come with the channels last, as in Keras; PyTorch has them first."""

    def forward(self, x):
        return x.permute(0, 3, 1, 2)


def create_layer(layer, shape):
    """The module of a layer, and the shape of the rows that it gives."""
    kind = layer["kind"]
    if kind == "dense":
        return [nn.Linear(shape[0], layer["units"])], (layer["units"],)
    if kind == "conv2d":
        channels, height, width = shape
        side, filters = layer["kernelSize"], layer["filters"]
        return [nn.Conv2d(channels, filters, side)], (filters, height - side + 1, width - side + 1)
    if kind == "maxPooling2d":
        return [nn.MaxPool2d(2)], (shape[0], shape[1] // 2, shape[2] // 2)
    if kind == "flatten":
        return [nn.Flatten()], (int(np.prod(shape)),)
    if kind == "dropout":
        return [nn.Dropout(layer["rate"])], shape
    if kind == "batchNormalization":
        return [nn.BatchNorm1d(shape[0], eps=1e-3, momentum=0.01)], shape
    raise ValueError(f"no layer {kind}")


def create_model(work):
    shape = tuple(work["inputShape"])
    modules = []
    if len(shape) == 3:
        modules.append(Channels())
        shape = (shape[2], shape[0], shape[1])
    for layer in work["layers"]:
        made, shape = create_layer(layer, shape)
        modules += made
        if layer.get("activation") == "relu":
            modules.append(nn.ReLU())
    for module in modules:
        if isinstance(module, (nn.Linear, nn.Conv2d)):
            nn.init.xavier_uniform_(module.weight)
            nn.init.zeros_(module.bias)
    return nn.Sequential(*modules)


class Training:
    def __init__(self, work, rows, form):
        self.features, self.labels = rows
        self.batch = work["batchSize"]
        self.model = create_model(work)
        self.optimizer = torch.optim.Adam(self.model.parameters(), eps=1e-7, fused=True)
        self.loss = lambda x, y: cross_entropy(self.model(x), y)
        if form == "compiled":
            self.loss = torch.compile(self.loss)
        self.order = iter(())

    def next_batch(self):
        chosen = next(self.order, None)
        if chosen is None or len(chosen) < self.batch:
            self.order = iter(torch.randperm(len(self.labels)).split(self.batch))
            chosen = next(self.order)
        return chosen

    def steps(self, count):
        """The mean loss: a tensor, so that no step waits for its number."""
        self.model.train()
        total = torch.zeros(())
        for _ in range(count):
            chosen = self.next_batch()
            loss = self.loss(self.features.index_select(0, chosen), self.labels.index_select(0, chosen))
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            self.optimizer.step()
            total += loss.detach()
        return total / count

    @torch.no_grad()
    def score(self, rows):
        """Mean loss and accuracy."""
        self.model.eval()
        loss = correct = 0.0
        for x, y in zip(rows[0].split(SCORED_ROWS), rows[1].split(SCORED_ROWS)):
            logits = self.model(x)
            loss += cross_entropy(logits, y, reduction="sum")
            correct += (logits.argmax(1) == y).sum()
        return float(loss) / len(rows[1]), float(correct) / len(rows[1])


class Peer:
    def __init__(self, command):
        self.work, self.form = command["work"], command["form"]
        self.versions = {"PyTorch": torch.__version__}
        torch.set_num_threads(command["threads"])
        data = command["data"]
        if "trainings" in self.work:
            self.rows = {part: self.load(data[part]) for part in ("train", "validation", "test")}
        else:
            self.training = Training(self.work, self.load(data), self.form)

    def load(self, data):
        features, labels = read_rows(data, self.work["inputShape"])
        return torch.from_numpy(features), torch.from_numpy(labels).long()

    def run(self, command):
        started = time.perf_counter()
        loss = float(self.training.steps(command["steps"]))
        return {
            "seconds": time.perf_counter() - started,
            "steps": command["steps"],
            "loss": loss,
        }

    def train(self, command):
        torch.manual_seed(command["seed"])
        training = Training(self.work, self.rows["train"], self.form)
        losses = []
        for _ in range(self.work["epochs"]):
            training.steps(len(training.labels) // training.batch)
            losses.append(training.score(self.rows["train"])[0])
            training.score(self.rows["validation"])
        training.score(self.rows["test"])
        return {"loss": losses[-1], "firstLoss": losses[0]}


serve(Peer)
