"""Where articles are handed in: a place to drop files on, with the words its script will say."""

from __future__ import annotations

from assistant.incoming import ENDINGS, MAX_ARTICLE_BYTES
from assistant.present.words import words

SIZE_MB = MAX_ARTICLE_BYTES // 1_000_000
LISTED = ", ".join(ending.removeprefix(".") for ending in ENDINGS)


def place(language: str = "en") -> str:
    """The place to drop files on, which is a labelled file input first of all."""
    limits = words(language, "library.upload_limits", endings=LISTED, size=SIZE_MB)
    # What happened to a file, by the word that the route answers with.
    outcomes = {
        "sending": words(language, "library.file_sending"),
        "added": words(language, "library.file_added"),
        "same": words(language, "library.file_same"),
        "replaced": words(language, "library.file_replaced"),
        "large": words(language, "library.file_large", size=SIZE_MB),
        "kind": words(language, "library.file_kind", endings=LISTED),
        "name": words(language, "library.file_name"),
        "taken": words(language, "library.file_kept"),
        "empty": words(language, "library.file_empty"),
        "room": words(language, "library.file_room"),
        "not_allowed": words(language, "library.file_not_allowed"),
        "failed": words(language, "library.file_failed"),
        "done": words(language, "library.files_done", taken="{taken}", refused="{refused}"),
        "ask": words(language, "library.replace_ask", name="{name}"),
        "yes": words(language, "library.replace"),
    }
    said = "".join(f' data-{name.replace("_", "-")}="{line}"' for name, line in outcomes.items())
    return (
        f'<h2 id="upload-title">{words(language, "library.upload")}</h2>'
        f'<div class="drop" data-most="{MAX_ARTICLE_BYTES}"'
        f' data-endings="{" ".join(ENDINGS)}"{said}>'
        f'<input class="sr-only" id="upload-files" type="file" multiple'
        f' accept="{",".join(ENDINGS)}" aria-describedby="upload-limits">'
        f'<p>{words(language, "library.upload_drop")} <label for="upload-files">'
        f"{words(language, 'library.upload_choose')}</label></p>"
        f'<p class="quiet" id="upload-limits">'
        f"{limits}</p></div>"
        '<p id="upload-summary" role="status"></p>'
        f'<ul id="upload-files-list" aria-label="{words(language, "library.upload_list")}"></ul>'
    )


def look_only(language: str = "en") -> str:
    """What those read who may not change anything."""
    return (
        f'<div class="look-only"><p>{words(language, "library.look_only")}</p>'
        f'<p class="quiet">{words(language, "library.look_only_why")}'
        " <code>townbook serve --allow-changes</code></p></div>"
    )
