"""What a server keeps for long, set aside from the garbage collector's rounds.

A library that answers is some hundred thousand objects, and a full round looks at each of them
while everybody waits: of 120 questions after a start, ten to twelve met with one, of .16 s of CPU
on average, where an answer takes .11 s. What was set aside is still let go of with its last use;
only rings of objects that hold each other would stay, and nothing that is kept that long is one.
Knows the collector and nothing of what is kept. For a process of our own: a program that uses this
package decides for itself.
"""

from __future__ import annotations

import asyncio
import gc

_EVERY_SECONDS = 5.0
# So many objects that outlived two rounds are worth setting aside: looking at them takes longer
# than an event of the page.
_WORTH = 10_000


def set_aside(worth: int = _WORTH) -> bool:
    """Sets aside what has grown old, if that is ``worth`` objects or more; whether it was."""
    if len(gc.get_objects(generation=2)) < worth:
        return False
    gc.collect()  # what is garbage now would never be looked at again
    gc.freeze()
    return True


async def set_aside_now_and_then() -> None:
    """Does so for as long as the loop runs. Readings of documents are made by and by."""
    while True:
        set_aside()
        await asyncio.sleep(_EVERY_SECONDS)
