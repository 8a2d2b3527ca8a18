"""A line on which something is named, with the button that does what it stands for.

Knows how such a line is labelled for everybody; refuses to know what is named on it.
"""

from __future__ import annotations

from assistant.present.words import words


def line(
    do: str,
    id: str,
    name: str,
    most: int,
    says: tuple[str, str, str],
    language: str,
    hint: str = "",
) -> str:
    """The form that asks the server to ``do`` something with what is named, ``most`` letters long.

    ``says``: where its label and its button's words stand in the speech files, and the id of the
    element in which an answer is given; ``hint``: where the words below the label stand, if any.
    """
    label, button, told = says
    below = f"{id}-hint" if hint else ""
    described = " ".join(filter(None, (below, told)))
    lead = f'<p class="quiet" id="{below}">{words(language, hint)}</p>' if hint else ""
    return (
        f'<form class="adding" data-do="{do}"><label for="{id}">'
        f"{words(language, label)}</label>"
        f'{lead}<div class="line"><input id="{id}" name="{name}" type="text" required'
        f' maxlength="{most}" autocomplete="off" autocapitalize="off" spellcheck="false"'
        f' aria-describedby="{described}">'
        f'<button type="submit">{words(language, button)}</button></div></form>'
    )
