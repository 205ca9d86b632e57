"""Keras on JAX as a peer.

Forms: "fit" is `model.fit` as users call it. "loop" is the loop that Keras' guide for JAX describes,
`stateless_call` and `stateless_apply` inside of one jit: a function of one step called from Python, or a
`lax.scan` over many steps, whichever is faster here.
"""

import os
import sys
import time

os.environ["KERAS_BACKEND"] = "jax"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
if "--one-core" in sys.argv:
    # XLA has as many threads as it finds cores: no setting limits all of its pools.
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import jax
import keras
import numpy as np
from jax import numpy as jnp
from keras import layers

from serve import read_rows, serve

SCORED_ROWS = 256
PROBED_STEPS = 5

LAYERS = {
    "dense": lambda given: layers.Dense(given["units"], activation=given["activation"]),
    "dropout": lambda given: layers.Dropout(given["rate"]),
    "batchNormalization": lambda given: layers.BatchNormalization(),
    "conv2d": lambda given: layers.Conv2D(
        given["filters"], given["kernelSize"], activation=given["activation"]
    ),
    "maxPooling2d": lambda given: layers.MaxPooling2D(),
    "flatten": lambda given: layers.Flatten(),
}

cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def create_model(work):
    """The last layer gives logits, which is the faster form in Keras."""
    given = [dict(layer) for layer in work["layers"]]
    given[-1]["activation"] = None
    made = [LAYERS[layer["kind"]](layer) for layer in given]
    return keras.Sequential([keras.Input(work["inputShape"]), *made])


def values(variables):
    return [variable.value for variable in variables]


class Loop:
    def __init__(self, work, rows):
        self.work = work
        self.x, self.y = (jnp.asarray(part) for part in rows)
        self.model = create_model(work)
        self.optimizer = keras.optimizers.Adam()
        self.optimizer.build(self.model.trainable_variables)
        self.one = jax.jit(self.step, donate_argnums=0)
        self.many = jax.jit(lambda state, order: jax.lax.scan(self.step, state, order), donate_argnums=0)
        self.scored = jax.jit(self.score_batch)
        self.begin(0)
        self.steps = min((self.steps_one, self.steps_many), key=self.time)
        self.begin(0)

    def begin(self, seed):
        """New weights; what is compiled stays, which no new Keras model would get."""
        keras.utils.set_random_seed(seed)
        model = create_model(self.work)
        optimizer = keras.optimizers.Adam()
        optimizer.build(model.trainable_variables)
        self.state = (
            values(model.trainable_variables),
            values(model.non_trainable_variables),
            values(optimizer.variables),
        )

    def step(self, state, chosen):
        weights, others, slots = state

        def loss_of(weights):
            logits, changed = self.model.stateless_call(weights, others, self.x[chosen], training=True)
            return cross_entropy(self.y[chosen], logits), changed

        (loss, others), slopes = jax.value_and_grad(loss_of, has_aux=True)(weights)
        weights, slots = self.optimizer.stateless_apply(slots, slopes, weights)
        return (weights, others, slots), loss

    def orders(self, count):
        """Row numbers of each step, in a new order each epoch."""
        batch, rows = self.work["batchSize"], len(self.y)
        per_epoch = rows // batch
        epochs = [np.random.permutation(rows)[: per_epoch * batch] for _ in range(-(-count // per_epoch))]
        return np.concatenate(epochs).reshape(-1, batch)[:count]

    def steps_one(self, count):
        total = 0.0
        for chosen in self.orders(count):
            self.state, loss = self.one(self.state, chosen)
            total = total + loss
        return float(total) / count

    def steps_many(self, count):
        self.state, losses = self.many(self.state, self.orders(count))
        return float(losses.mean())

    def time(self, steps):
        steps(PROBED_STEPS)
        started = time.perf_counter()
        steps(PROBED_STEPS)
        return time.perf_counter() - started

    def score_batch(self, state, x, y):
        logits, _ = self.model.stateless_call(state[0], state[1], x, training=False)
        return cross_entropy(y, logits), jnp.mean(logits.argmax(1) == y)

    def score(self, rows):
        parts = [
            self.scored(self.state, *(part[i : i + SCORED_ROWS] for part in rows))
            for i in range(0, len(rows[1]), SCORED_ROWS)
        ]
        return tuple(float(sum(column)) / len(parts) for column in zip(*parts))


class Fit:
    def __init__(self, work, rows):
        self.batch = work["batchSize"]
        self.rows = rows
        self.model = create_model(work)
        self.model.compile(optimizer="adam", loss=cross_entropy, jit_compile=True)

    def steps(self, count):
        epochs = max(1, round(count * self.batch / len(self.rows[1])))
        used = len(self.rows[1]) if epochs > 1 else count * self.batch
        x, y = (part[:used] for part in self.rows)
        history = self.model.fit(x, y, batch_size=self.batch, epochs=epochs, verbose=0)
        self.done = epochs * (len(y) // self.batch)
        return float(np.mean(history.history["loss"]))


class Peer:
    def __init__(self, command):
        work, data = command["work"], command["data"]
        self.work = work
        self.versions = {"Keras": keras.__version__, "JAX": jax.__version__}
        if "trainings" in work:
            self.rows = {
                part: tuple(jnp.asarray(array) for array in read_rows(data[part], work["inputShape"]))
                for part in ("train", "validation", "test")
            }
            self.training = Loop(work, self.rows["train"])
        else:
            rows = read_rows(data, work["inputShape"])
            self.training = (Fit if command["form"] == "fit" else Loop)(work, rows)

    def run(self, command):
        started = time.perf_counter()
        loss = self.training.steps(command["steps"])
        seconds = time.perf_counter() - started
        return {
            "seconds": seconds,
            "steps": getattr(self.training, "done", command["steps"]),
            "loss": loss,
        }

    def train(self, command):
        training, losses = self.training, []
        training.begin(command["seed"])
        for _ in range(self.work["epochs"]):
            training.steps(len(training.y) // self.work["batchSize"])
            losses.append(training.score(self.rows["train"])[0])
            training.score(self.rows["validation"])
        training.score(self.rows["test"])
        return {"loss": losses[-1], "firstLoss": losses[0]}


serve(Peer)
