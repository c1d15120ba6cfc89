"""What is said of words and entities for a batch at once is what the pipeline's own parts say."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.tokens import Doc

from rashomon.annotate import entities
from rashomon.annotate.tagging import load_pipeline, parse_articles
from rashomon.read import read
from rashomon.read.plain import build_article
from rashomon.settings import DEFAULT, AnnotateSettings

SAID: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "SENT_START"]
PHRASES = (
    "There is nobody here, and there's no quay left. Let's go, the mayor said.",
    "“I ain't gonna leave it,” Ms. Orrel told the Weir Council on 3 April.  She's got  two boats, y'all.",
    "He did it. It did not help him, but that was all that he could've done.",
    "Mayor Ada Orrel, Weir",
)


def told(docs: list[Doc]) -> list[list[list[int]]]:
    """What is said of the words of some docs."""
    return [doc.to_array(SAID).tolist() for doc in docs]


def parsed(texts: list[str], batch: int) -> list[Doc]:
    """The docs of some texts without blank lines, parsed so many at a time."""
    articles = [build_article(id=f"a{n}", path=f"a{n}.txt", text=text, language="en") for n, text in enumerate(texts)]
    found = parse_articles(articles, AnnotateSettings(batch=batch))
    return [paragraph.doc for own in found for paragraph in own.paragraphs]


@pytest.mark.parametrize("batch", [1, 7, 128])
def test_phrases_are_told_as_the_pipeline_tells_them(batch: int) -> None:
    """Phrases of two words, blanks, entities at the end; however many are parsed at once."""
    docs = parsed(list(PHRASES), batch)
    assert told(docs) == told([load_pipeline()(doc.text) for doc in docs])


def test_reports_are_told_as_the_pipeline_tells_them() -> None:
    """Every word and every entity of the example stories."""
    articles = read([Path("examples/harbour"), Path("examples/spillway")]).articles
    docs = [p.doc for own in parse_articles(articles, DEFAULT.annotate) for p in own.paragraphs]
    assert sum(len(doc.ents) for doc in docs) > 50
    assert told(docs) == told([load_pipeline()(doc.text) for doc in docs])


def test_another_recogniser_does_it_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of another make is called, and finds what it finds."""
    before = told(parsed(list(PHRASES), 128))
    monkeypatch.setattr(entities, "SEEN", 6)
    assert not entities.is_known(load_pipeline().get_pipe("ner"))
    assert told(parsed(list(PHRASES), 128)) == before
