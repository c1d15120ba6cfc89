from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon import codec
from rashomon.annotate import annotate
from rashomon.collate import collate
from rashomon.model import Article, Collation, Reading
from rashomon.read.plain import build_article
from rashomon.report import report

SENTENCES = (
    "Harbour Minister Ilsa Brandvik said the quay would be rebuilt.",
    "“We will rebuild the quay,” Brandvik said. “It will take years.”",
    "The coast guard said 31 people were injured on Tuesday.",
    "More than 200 people fled, according to Mayor Tomas Orrel.",
    "Of the 48 people, 12 were killed, 31 were injured and the remaining 5 escaped.",
    "Greta Haldane is ready to end the strike if the cranes are checked.",
    "“An open mark and no end, he said on Friday.",
    "Trade fell 18 percent in February 2026, & <b>nobody</b> knows why.",
    "",
    "HARBOUR SHUT",
)
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8).map("\n\n".join)


def collated(bodies: list[str]) -> tuple[Collation, list[Article]]:
    """Some texts as articles, collated."""
    articles = [
        build_article(id=f"a{n}", path=f"a{n}.txt", text=t, language="en", published="2026-04-15")
        for n, t in enumerate(bodies)
    ]
    return collate(articles, list(annotate(articles))), articles


def readings(value: object) -> Iterator[Reading]:
    """Every reading anywhere in a collation."""
    if isinstance(value, Reading):
        yield value
    if isinstance(value, msgspec.Struct):
        value = [getattr(value, name) for name in value.__struct_fields__]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from readings(item)


@settings(max_examples=25)
@given(texts)
def test_what_is_found_lies_within_the_text(text: str) -> None:
    """Every span of an annotation is a stretch of its article, no longer than it."""
    article = build_article(id="a", path="a.txt", text=text, language="en")
    found = next(annotate([article]))
    spans = [*found.sentences, *(c for q in found.quotes for c in q.content)]
    spans += [x.span for group in (found.mentions, found.figures, found.times, found.acts) for x in group]
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip()


@settings(max_examples=15)
@given(st.lists(texts, min_size=1, max_size=3))
def test_every_statement_has_readings_within_its_articles(bodies: list[str]) -> None:
    """Nothing in a collation stands without the words it rests on."""
    collation, articles = collated(bodies)
    sizes = {a.id: len(a.text) for a in articles}
    for section in ("quotes", "figures", "points", "differences", "positions", "timeline"):
        for item in getattr(collation, section):
            assert item.readings
    assert all(b.cites for b in collation.briefing)
    for reading in readings(collation):
        assert 0 <= reading.start < reading.end <= sizes[reading.article]


@settings(max_examples=10)
@given(st.lists(texts, min_size=2, max_size=3))
def test_order_does_not_matter(bodies: list[str]) -> None:
    """Articles in another order give the same collation."""
    articles = [build_article(id=f"a{n}", path=f"a{n}.txt", text=t, language="en") for n, t in enumerate(bodies)]
    found = list(annotate(articles))
    assert codec.encode(collate(articles, found)) == codec.encode(collate(articles[::-1], found[::-1]))


@settings(max_examples=10)
@given(st.lists(texts, min_size=1, max_size=2))
def test_the_json_validates_against_its_schema(bodies: list[str]) -> None:
    """What is printed is what docs/schema.json promises."""
    jsonschema = pytest.importorskip("jsonschema")
    collation, articles = collated(bodies)
    jsonschema.validate(msgspec.json.decode(report(collation, articles, "json")), codec.schema())


@settings(max_examples=5)
@given(st.sampled_from(["<script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", "{{ 7 * 7 }} & <b>"]))
def test_the_page_escapes_its_input(words: str) -> None:
    """Markup in a report is shown as text."""
    collation, articles = collated(
        [f"{words} falls on the quay\n\n{SENTENCES[0]}\n\n“{words} and more of it,” Brandvik said."]
    )
    page = report(collation, articles, "html")
    assert words not in page
