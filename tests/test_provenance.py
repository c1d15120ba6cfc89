"""What made a result is told in it, and is the key that findings are kept under."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
from spacy.about import __version__ as spacy_version

from rashomon import provenance
from rashomon.annotate.quotes import crf, read_paragraphs
from rashomon.annotate.quotes.context import Context
from rashomon.annotate.quotes.features import FEATURES, TokenCuePairs, cue_features, token_cue_features, token_features
from rashomon.annotate.quotes.grid import build_grid
from rashomon.annotate.tagging import Parsed, load_pipeline
from rashomon.codec import content_hash
from rashomon.errors import MissingModelError, WrongModelError
from rashomon.group import trees, unpack_rarity
from rashomon.model import Article, Collation
from rashomon.provenance import Pipeline, find_pipeline, hash_of_models, key_of, of_collation, of_findings
from rashomon.settings import DEFAULT, AnnotateSettings, CollateSettings, ReadSettings, Settings
from rashomon.version import FINDERS, VERSION
from rashomon.weights import check_features, header_of, stamp


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the package's files to change; the code that runs stays."""
    folder = tmp_path / "rashomon"
    shutil.copytree(provenance.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__", "minilm", "*.onnx"))
    monkeypatch.setattr(provenance, "FOLDER", folder)
    provenance._hash_of.cache_clear()
    yield folder
    provenance._hash_of.cache_clear()


def append(name: str, words: bytes) -> Callable[[Path], None]:
    """A change that adds something at a file's end."""

    def change(folder: Path) -> None:
        path = folder / name
        path.write_bytes(path.read_bytes() + words)

    return change


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (append("text/words.py", b"\n# a remark\n"), True),
        (append("annotate/quotes/rules.py", b"\n# a remark\n"), True),
        (append("text/stock.npy", b"x"), True),  # no finder looks at it
        (append("lexicon/en/cues.toml", b'\nmore = "uttered"\n'), False),
        (append("annotate/quotes/attribution.npz", b"x"), False),
        (lambda folder: (folder / "annotate" / "other.npz").write_bytes(b"x"), False),
    ],
)
def test_what_a_key_hangs_on(package: Path, change: Callable[[Path], None], *, same: bool) -> None:
    """Word lists and models of the finders do, code and other models do not."""
    before = key_of(of_findings())
    change(package)
    provenance._hash_of.cache_clear()
    assert (key_of(of_findings()) == before) is same


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FINDERS", FINDERS + 1),
        ("VERSION", f"{VERSION}.1"),
        ("version", lambda _: "9.9.9"),
        ("find_pipeline", lambda: Pipeline("en_core_web_sm", "9.9.9")),
    ],
)
def test_versions_are_part_of_the_key(monkeypatch: pytest.MonkeyPatch, name: str, value: object) -> None:
    """The finders' number, the package, spaCy and the pipeline."""
    before = key_of(of_findings())
    monkeypatch.setattr(provenance, name, value)
    assert key_of(of_findings()) != before


def test_settings_that_matter_are_part_of_the_key() -> None:
    """How long a paragraph may be and the language; not how many are tagged at once or how rows are made."""
    before = key_of(of_findings(DEFAULT))
    assert key_of(of_findings(Settings(annotate=AnnotateSettings(max_paragraph=1000)))) != before
    assert key_of(of_findings(Settings(read=ReadSettings(language="de")))) != before
    assert key_of(of_findings(Settings(annotate=AnnotateSettings(batch=1)))) == before
    other_rows = Settings(collate=CollateSettings(passage_words=5))
    assert key_of(of_findings(other_rows)) == before
    assert key_of(of_collation(other_rows)) != key_of(of_collation(DEFAULT))


def test_a_collation_says_what_made_it(example: tuple[Collation, tuple[Article, ...]]) -> None:
    """The versions that are installed, the models with their hashes, the settings of both stages."""
    told = example[0].run.provenance
    pipeline = load_pipeline()
    assert (told.version, told.spacy, told.pipeline_version) == (VERSION, spacy_version, pipeline.meta["version"])
    assert told.pipeline == find_pipeline().name
    assert {"annotate/quotes/attribution.npz", "text/stock.npy"} <= set(told.models)
    assert not any(name.startswith("group/") for name in told.models)
    assert set(told.settings) == {"annotate", "collate"}
    assert msgspec.json.decode(msgspec.json.encode(told), type=type(told)) == told


def test_no_pipeline_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was looked for and what to do."""
    monkeypatch.setattr(provenance, "PIPELINES", ("en_no_such_pipeline",))
    find_pipeline.cache_clear()
    with pytest.raises(MissingModelError, match="looked for en_no_such_pipeline"):
        find_pipeline()
    find_pipeline.cache_clear()


def test_shipped_models_say_what_they_know() -> None:
    """The features they were trained with, and by what."""
    for path, features in ((crf.MODEL, FEATURES), (provenance.FOLDER / "group" / "pairs.npz", trees.KNOWN)):
        with np.load(path) as arrays:
            header = header_of(arrays, path.name)
        assert header.features == features
        assert header.provenance.spacy
    assert len(hash_of_models("group")) == 16


def archive(**arrays: np.ndarray) -> io.BytesIO:
    """A model file in memory."""
    out = io.BytesIO()
    np.savez(out, **arrays)  # type: ignore[arg-type]
    out.seek(0)
    return out


@pytest.mark.parametrize(
    ("features", "message"),
    [(("a", "c"), r"other features.*\(b, c\)"), (("b", "a"), "their order"), (("a", "b", "c"), r"\(c\)")],
)
def test_a_model_refuses_features_it_was_not_trained_with(features: tuple[str, ...], message: str) -> None:
    """Others, more of them, or the same in another order."""
    with np.load(archive(header=stamp(("a", "b"), of_findings()))) as arrays:
        check_features(arrays, ("a", "b"), "m.npz")
        with pytest.raises(WrongModelError, match=message):
            check_features(arrays, features, "m.npz")


@pytest.mark.parametrize("arrays", [{"x": np.zeros(1)}, {"header": np.frombuffer(b"{}", np.uint8)}])
def test_a_model_without_header_is_refused(arrays: dict[str, np.ndarray]) -> None:
    """A counting of terms as older versions stored it, or a header that says nothing."""
    with pytest.raises(WrongModelError, match="has no header"):
        unpack_rarity(archive(**arrays).getvalue())


def test_the_finders_and_grouping_ask_before_they_use_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template more, and neither model is loaded."""
    monkeypatch.setattr(crf, "FEATURES", (*FEATURES, "one more"))
    monkeypatch.setattr(trees, "KNOWN", (*trees.KNOWN, "one more"))
    for load in (crf.load_attribution_model, trees.load_trees):
        with pytest.raises(WrongModelError, match="one more"):
            load.__wrapped__()


def test_templates_have_a_number(parse: Callable[..., Parsed]) -> None:
    """The features of a fixed text are those that number 1 computes; else raise it in `FEATURES` and train again."""
    text = (
        "“The quay is shut,” Ada Weir said on Tuesday.\n\nAccording to Tom Orrel, the crane fell because no one looked."
    )
    grid = build_grid(read_paragraphs(parse(text)))
    context = Context(grid)
    pairs = TokenCuePairs(grid, np.array([2, 9]), crf.REACH)
    likely = np.linspace(0, 1, len(grid), dtype=np.float32)
    rows = (cue_features(context), token_features(context), token_cue_features(context, pairs, likely))
    told = content_hash(b"".join(table.astype("<i4").tobytes() for table in rows))[:16]
    assert (FEATURES[0], told) == ("templates 1", "aa2e0e50f8473d68")
