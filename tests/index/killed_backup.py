"""A backup or a restore that kills itself with SIGKILL before its n-th change to the disk.

    python -m tests.index.killed_backup backup|restore HOME FILE STEP

Every opening for writing, renaming, making, removing and change of mode in the folder that
holds both is a step, and so is the swap of two names. STEP 0 never kills and prints how many
steps there were.
"""

from __future__ import annotations

import sys
from pathlib import Path

from index import exchange
from index.backup import backup
from index.restoring import restore
from tests.index.killed import Executioner

if __name__ == "__main__":
    act, home, file, last = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    executioner = Executioner(file.parent, last)
    real = exchange._swap

    def swap(one: Path, other: Path) -> bool:
        executioner.step()
        done = real(one, other)
        executioner.step()
        return done

    exchange._swap = swap  # Python's audit knows nothing of it
    sys.addaudithook(executioner.audit)
    if act == "backup":
        backup(home, file, force=True)
    else:
        restore(file, home, force=True)
    print(executioner.steps)
