"""The articles an empty home begins with.

Knows where they are packaged and where people drop their own: ``<home>/articles``, which every
refresh looks at. They are copied, not indexed where they are packaged, so that reinstalling or
removing the package changes nothing in a home, and a person may edit or delete them like any
other article.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

FOLDER = "starter"


def copy_starter_articles(articles: Path) -> Path:
    """Put the starter articles into ``articles``/starter, whole or not at all; that folder.

    A folder of that name is left as it is.
    """
    target = articles / FOLDER
    if target.exists():
        return target
    articles.mkdir(parents=True, exist_ok=True)
    # Outside ``articles``: a refresh running meanwhile must not read half of them.
    temporary = Path(tempfile.mkdtemp(dir=articles.parent, prefix=".starter-"))
    try:
        with as_file(files("corpus") / "articles") as packaged:
            for article in sorted(packaged.glob("*.md")):
                shutil.copyfile(article, temporary / article.name)
        temporary.chmod(0o755)  # mkdtemp's own is for its owner only; these are for editing
        os.replace(temporary, target)
    except OSError:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    return target
