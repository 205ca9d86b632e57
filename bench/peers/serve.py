"""The protocol of a peer in Python: see serve.js. Also the rows that a peer trains on."""

import json
import os
import sys

import numpy as np


def serve(prepare):
    """Serves until the end of input. `prepare` gives an object with `versions`, and `run` or `train`."""
    # Libraries write to standard output too: the protocol keeps the real one for itself.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    peer = None
    for line in sys.stdin:
        command = json.loads(line)
        try:
            if command["kind"] == "prepare":
                peer = prepare(command)
                answer = {"ready": True, "versions": peer.versions}
            else:
                answer = getattr(peer, command["kind"])(command)
        except Exception as error:  # Whatever it is, it is the reason that the table names.
            answer = {"unable": f"{type(error).__name__}: {error}".splitlines()[0]}
        out.write(json.dumps(answer) + "\n")
        out.flush()


def read_rows(data, shape):
    """Features in float32, as the network gets them, and labels."""
    stored = np.fromfile(data["features"], dtype=data["dtype"])
    features = (stored * np.float32(data["scale"])).astype(np.float32)
    return features.reshape(data["rows"], *shape), np.fromfile(data["labels"], dtype=np.int32)
