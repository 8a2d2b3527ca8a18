"""Sentences that many documents of one source repeat: notices, footers, "about the network".

Knows how often each stands where. Refuses to judge what a sentence says, and to hide it: who
asks what only the footers tell shall find it told once. What is found here is used when
searching (index.snapshot), so that one more footer moves no vector and rewrites no segment.
"""

from __future__ import annotations

import math
from collections import defaultdict
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


def boilerplate(documents: Iterable[tuple[str, Sequence[int] | Hashes]]) -> Hashes:
    """The hashes of boilerplate, ascending; given each document's root and its hashes.

    Copies of a document are not to be given: a sentence is not worn out by being mirrored.
    """
    held: dict[str, list[Hashes]] = defaultdict(list)
    for root, hashes in documents:
        held[root].append(np.asarray(hashes, np.uint64))
    found = [np.empty(0, np.uint64)]
    for each in held.values():
        if len(each) >= LEAST_DOCUMENTS:
            sentences, counts = _documents_holding(each)
            least = max(LEAST_DOCUMENTS, math.ceil(LEAST_SHARE * len(each)))
            found.append(sentences[(counts >= least) & (sentences != 0)])
    return np.unique(np.concatenate(found))


def _documents_holding(each: Sequence[Hashes]) -> tuple[Hashes, NDArray[np.intp]]:
    """Every hash there is, and how many of the documents have it."""
    hashes = np.concatenate(each)
    owners = np.repeat(np.arange(len(each)), [len(one) for one in each])
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    is_first = np.ones(len(hashes), bool)  # of the same in one document
    is_first[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
    return np.unique(hashes[is_first], return_counts=True)


def _hash(words: Sequence[str]) -> int:
    if len(words) < _LEAST_WORDS:
        return 0
    digest = blake2b(" ".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") or 1
