"""A word of a quote replaced by one that means something else, in a sentence otherwise copied.

"Volunteers run it" must not become "City employees run it". Only where meaning is measured, and
only where sentence and quote go word by word together around the change: further apart, a
paraphrase and an error look the same to words. Words that stand for one another lie near in
meaning; those of one kind ("museums", "libraries") do too: this finds the few that lie far apart.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from assistant.gate.backing import Backing
from assistant.gate.content import Closeness
from assistant.gate.numbers import Fault
from assistant.gate.wording import content, vocabulary
from corpus.sentences import sentences
from corpus.words import stem

_COPIED = 0.75  # of the sentence's content words stand in the same order in one of the quotes'
_LONGEST = 3  # words replaced at once
# Pairs of words for the same lay at .887 and above when this was fixed, others from .844 on. In
# true paraphrases words that mean the same only there ("due", "had to arrive") lie lower as well.
_SAME = 0.87


def substituted(sentence: str, backing: Backing, closeness: Closeness | None) -> Fault | None:
    """A replaced word and what it stands for, or None."""
    if closeness is None or backing.foreign:
        return None
    language = backing.language
    said = content(sentence, language)
    stems = [stem(word, language) for word in said]
    held, mine = vocabulary(backing.quoted, (language,)), vocabulary(sentence, (language,))
    for quote in backing.quotes:
        for span in sentences(quote.text, quote.language):
            told = content(span.of(quote.text), quote.language)
            aligned = SequenceMatcher(None, stems, [stem(w, language) for w in told], False)
            copied = sum(block.size for block in aligned.get_matching_blocks())
            if copied < max(2.0, _COPIED * len(said)):
                continue
            for tag, a, b, c, d in aligned.get_opcodes():
                if tag != "replace" or b - a > _LONGEST or d - c > _LONGEST:
                    continue
                new, old = said[a:b], told[c:d]
                if any(held.holds(w, language) for w in new):
                    continue
                if any(mine.holds(w, language) for w in old):
                    continue
                if closeness(" ".join(new), [" ".join(old)]) < _SAME:
                    found, expected = " ".join(new), " ".join(old)
                    return "unsupported-content", f"found {found!r}, expected {expected!r}"
    return None
