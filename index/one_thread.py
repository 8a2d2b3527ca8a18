"""numpy's matrix products on one thread.

A question needs small products only, of a millisecond each. OpenBLAS, which numpy multiplies with,
shares one out among as many threads as there are cores, and the others then spin for a tenth of a
second, waiting for the next: on two cores that was a fifth of the CPU time of an answer, taken from
whoever asked beside it.
"""

from __future__ import annotations

import numpy  # noqa: F401 - only a library that is loaded can be told
from threadpoolctl import threadpool_limits


def multiply_on_one_thread() -> None:
    """Have matrix products take one thread from now on, in the whole process.

    Holds for the libraries of linear algebra that are loaded by now; the threads of encoders and
    of FAISS are their own.
    """
    threadpool_limits(limits=1, user_api="blas")
