"""The package at a prompt: what it loads, what its names are, what its verbs say of what they are given, what notebooks show."""

from __future__ import annotations

import html
import inspect
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files

import pytest

import rashomon
import rashomon.collate.names
from rashomon import Annotations, Article, Collation, Settings, Span, codec, errors
from rashomon.report.tables import TABLES
from rashomon.settings import ReadSettings

HEAVY = {"numpy", "scipy", "spacy", "onnxruntime", "lxml", "httpx", "sqlalchemy", "jinja2", "rich", "typer", "mcp"}


def article(name: str = "a", text: str = "The crane fell at noon.") -> Article:
    """An article with an id of its own."""
    return Article(id=name, path=name, text=text, sha256="", language="en")


def test_importing_loads_no_library() -> None:
    """`import rashomon` costs what its nouns cost; a stage is loaded when its verb is called for."""
    program = f"import sys, rashomon; print(*({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)  # noqa: S603 - ours
    assert done.stdout.split() == []


@pytest.mark.parametrize("program", [
    "import rashomon.{0}, rashomon; assert callable(rashomon.{0})",
    "import rashomon; rashomon.{0}; import rashomon.{0}; assert callable(rashomon.{0})",
    "from rashomon import {0}; assert callable({0})",
    "from rashomon.{0} import {0}; import rashomon; assert callable(rashomon.{0})",
])  # fmt: skip
@pytest.mark.parametrize("verb", ["group", "report"])
def test_a_verb_can_be_called_however_it_was_imported(program: str, verb: str) -> None:
    """The order of imports does not decide what `rashomon.collate` is."""
    subprocess.run([sys.executable, "-c", program.format(verb)], check=True)  # noqa: S603 - our own


def test_modules_stand_beside_verbs() -> None:
    """The package of a stage is its verb, and has modules."""
    assert rashomon.collate.names.Names.__module__ == "rashomon.collate.names"  # type: ignore[attr-defined]  # a verb to a type checker
    assert list(inspect.signature(rashomon.collate).parameters)[:2] == ["articles", "annotations"]


def test_every_name_is_there() -> None:
    """What is promised can be had, all errors among it; what is not there says so."""
    for name in rashomon.__all__:
        assert getattr(rashomon, name) is not None
    assert set(rashomon.__all__) <= set(dir(rashomon))
    own = {
        name for name, thing in vars(errors).items() if inspect.isclass(thing) and thing.__module__ == errors.__name__
    }
    assert own <= set(rashomon.__all__)
    with pytest.raises(AttributeError, match="colate"):
        rashomon.colate  # noqa: B018 - the access is the test
    assert files("rashomon").joinpath("py.typed").is_file()


def test_an_article_is_made_of_a_text() -> None:
    """It is read as a file is: language, day, agency; the same text with the same fields has the same id."""
    text = "HARBOUR SHUT\n\nTESSMAR (Reuters) - The harbour was shut on Tuesday, the coast guard said."
    made = Article.from_text(text, title="Harbour shut", published="14 April 2026", source="Herald")
    assert (made.title, made.published, made.source, made.language) == ("Harbour shut", "2026-04-14", "Herald", "en")
    assert [credit.agency for credit in made.credits] == ["Reuters"]
    assert made == Article.from_text(text, title="Harbour shut", published="14 April 2026", source="Herald")
    assert made.id != Article.from_text(text, source="Courier").id


STORY = [article("a"), article("b", "A crane fell down.")]
FOUND = [Annotations(article_id="a"), Annotations(article_id="b")]
TOO_LONG = Annotations(article_id="b", sentences=(Span(0, 500),))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rashomon.read("examples/harbour"), "one location"),
        (lambda: rashomon.read([7]), "is no location"),  # type: ignore[list-item]
        (lambda: rashomon.read(["examples/harbour"], Settings(read=ReadSettings(max_megabytes=0))), ">= 1"),
        (lambda: rashomon.annotate(["a.txt"]), "is no article"),  # type: ignore[list-item]
        (lambda: rashomon.annotate([article(), article()]), "two articles have the id 'a'"),
        (lambda: rashomon.annotate([], {}), "no settings"),  # type: ignore[arg-type]
        (lambda: rashomon.group(None), "is no list"),  # type: ignore[arg-type]
        (lambda: rashomon.group([article(), article()]), "two articles"),
        (lambda: rashomon.collate(STORY, FOUND[:1]), "2 articles and 1 annotations"),
        (lambda: rashomon.collate(STORY, [FOUND[0], FOUND[0]]), "nothing was found in the article 'b'"),
        (lambda: rashomon.collate(STORY, [FOUND[0], TOO_LONG]), "those of another text"),
        (lambda: rashomon.collate(STORY, STORY), "is no annotations"),  # type: ignore[arg-type]
        (lambda: Article.from_text("  "), "is empty"),
        (lambda: Article.from_text("The crane fell.", published="soon"), "is no day"),
        (lambda: Article.from_text(7), "made of strings"),  # type: ignore[arg-type]
    ],
)  # fmt: skip
def test_what_is_given_wrongly_is_told_at_once(call: Callable[[], object], message: str) -> None:
    """Before any work, in our errors, with what to do instead."""
    with pytest.raises(rashomon.UsageError, match=message):
        call()


def test_a_collation_knows_its_articles(example: tuple[Collation, tuple[Article, ...]]) -> None:
    """One that was made here does; one that was read from JSON is told, and refuses others."""
    collation, articles = example
    assert {a.id for a in collation.full_articles} == {a.id for a in articles}
    read = codec.decode(codec.encode(collation), Collation)
    assert read == collation
    with pytest.raises(rashomon.UsageError, match="with_articles"):
        read.table("quotes")
    with pytest.raises(rashomon.UsageError, match="not among those given"):
        read.with_articles(articles[1:])
    with pytest.raises(rashomon.UsageError, match="not among those given"):
        rashomon.report(read, articles[1:], "html")
    assert read.with_articles(articles).table("quotes").equals(collation.table("quotes"))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_arrow(example: tuple[Collation, tuple[Article, ...]], name: str) -> None:
    """It has the columns of the exports, and what it says of an article stands there."""
    collation, articles = example
    table = collation.table(name)
    assert tuple(table.column_names) == TABLES[name]
    assert callable(table.__arrow_c_stream__)  # what pandas, polars and DuckDB ask for
    texts = {a.id: a.text for a in articles}
    assert len(table) > 0
    for row in table.to_pylist():
        if name not in ("quotes", "points") and row.get("words"):
            assert " ".join(texts[row["article"]][row["start"] : row["end"]].split()) == " ".join(row["words"].split())


def test_a_table_that_is_none(example: tuple[Collation, tuple[Article, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    """It says which there are, and what must be installed."""
    with pytest.raises(rashomon.UsageError, match="choose one of articles, quotes"):
        example[0].table("opinions")
    monkeypatch.setattr("rashomon.report.tables.find_spec", lambda _: None)
    with pytest.raises(rashomon.UsageError, match="pip install"):
        example[0].table("quotes")


def test_a_notebook_shows_the_page(example: tuple[Collation, tuple[Article, ...]]) -> None:
    """Its sections, styled, in a frame that nothing leaves and no script runs in."""
    shown = example[0]._repr_html_()
    assert shown.startswith("<iframe ")
    assert " sandbox " in shown
    page = html.unescape(shown.split('srcdoc="')[1].split('"')[0])
    assert "<style>" in page
    assert "<script" not in page
    assert "script-src" not in page
    for section in ("brief", "differences", "quotes", "figures", "timeline", "reports"):
        assert f"<section id={section} " in page
    assert "<script>" in rashomon.report(example[0], example[1], "html")
