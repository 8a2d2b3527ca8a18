"""Read a folder in child processes and say what it took, for tests of limits.

    python -m tests.corpus.measured_reading FOLDER

Prints one JSON object: the seconds that the slowest file took, the most memory that any child
held resident in bytes, and stage and reason of each file that was refused. One child reads one
file after another, so that no file waits for another.
"""

from __future__ import annotations

import json
import resource
import sys
import time

from corpus.reading import ReaderPool
from corpus.sources import discover

if __name__ == "__main__":
    slowest = 0.0
    refused: dict[str, list[str]] = {}
    read: list[str] = []
    with ReaderPool(1) as pool:
        for item in discover(sys.argv[1]):
            began = time.perf_counter()
            [one] = pool.read([item])
            if read or refused:  # the first waits for its child to start
                slowest = max(slowest, time.perf_counter() - began)
            if one.failures:
                refused[item.source] = [one.failures[0].stage, one.failures[0].reason]
            else:
                read.append(item.source)
    unit = 1 if sys.platform == "darwin" else 1024
    print(
        json.dumps(
            {
                "seconds": slowest,
                "bytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit,
                "refused": refused,
                "read": read,
            }
        )
    )
