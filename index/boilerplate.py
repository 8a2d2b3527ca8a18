"""Sentences that many documents of one source repeat: notices, footers, "about the network".

Knows how often each stands where. Refuses to judge what a sentence says, and to hide it: who
asks what only the footers tell shall find it told once. What is found here is used when
searching (index.snapshot), so that one more footer moves no vector and rewrites no segment.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from corpus import Document, Passage
from corpus.words import fold, written

Hashes = NDArray[np.uint64]

# A sentence is boilerplate when at least so many documents of its source have it, and at least
# this share of them. Among 664 real articles in one folder these are five headings of the 97
# that follow one template; reports on 30 villages that share their method keep it.
LEAST_DOCUMENTS = 5
LEAST_SHARE = 0.1
# "Published 02/06/2017" and "Free entry" may be said by many and answer for each.
_LEAST_WORDS = 5


def sentence_hashes(document: Document, passages: Iterable[Passage]) -> list[int]:
    """A hash of each sentence's folded words, in order; 0 for one too short to be boilerplate."""
    return [
        _hash([fold(word) for word in written(span.of(document.text))])
        for passage in passages
        for span in passage.sentences
    ]


def boilerplate(documents: Iterable[tuple[str, Sequence[int]]]) -> Hashes:
    """The hashes of boilerplate, ascending; given each document's root and its hashes.

    Copies of a document are not to be given: a sentence is not worn out by being mirrored.
    """
    sizes: Counter[str] = Counter()
    holding: dict[str, Counter[int]] = defaultdict(Counter)
    for root, hashes in documents:
        sizes[root] += 1
        holding[root].update(set(hashes) - {0})
    found = {
        sentence
        for root, counted in holding.items()
        if sizes[root] >= LEAST_DOCUMENTS
        for sentence, count in counted.items()
        if count >= max(LEAST_DOCUMENTS, math.ceil(LEAST_SHARE * sizes[root]))
    }
    return np.array(sorted(found), np.uint64)


def _hash(words: Sequence[str]) -> int:
    if len(words) < _LEAST_WORDS:
        return 0
    digest = blake2b(" ".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") or 1
