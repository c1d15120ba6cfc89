"""Collations as linked data: W3C Web Annotations and schema.org."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rashomon.model import Article, Collation
from rashomon.report.view.words import Words

# How many characters around a place a selector gives, to find it again in a changed text.
AROUND = 32


def web_annotations(collation: Collation, articles: Sequence[Article], words: Words) -> Iterator[dict[str, Any]]:
    """One annotation a reading of a quote, figure, point, difference or position (Web Annotation Data Model, 2017).

    The target is the article by URL, else by the hash of its text; the selectors are positions in its text and the words.
    """
    by_id = {a.id: a for a in articles}
    for row, article, start, end, said in _places(collation):
        before, after = words.around(article, start, end, AROUND)
        yield {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": f"urn:rashomon:{collation.story.id}:{row}:{article}:{start}",
            "type": "Annotation",
            "motivation": "describing",
            "body": {"type": "TextualBody", "value": words.cut(said), "format": "text/plain"},
            "target": {
                "source": _iri(by_id[article]),
                "selector": [
                    {"type": "TextPositionSelector", "start": start, "end": end},
                    {
                        "type": "TextQuoteSelector",
                        "exact": words.at(article, start, end),
                        "prefix": before,
                        "suffix": after,
                    },
                ],
            },
        }


def _places(collation: Collation) -> Iterator[tuple[str, str, int, int, str]]:
    for quote in collation.quotes:
        for r in quote.readings:
            yield quote.id, r.article, r.span.start, r.span.end, f"{quote.speaker or 'someone'}, {r.manner}"
    for figure in collation.figures:
        for f in figure.readings:
            yield figure.id, f.article, f.start, f.end, f"{figure.about or figure.unit or 'figure'}: {figure.relation}"
    for point in collation.points:
        for p in point.readings:
            yield point.id, p.article, p.start, p.end, "reported"
    for difference in collation.differences:
        for d in difference.readings:
            yield difference.id, d.article, d.start, d.end, f"{difference.kind} differs"
    for position in collation.positions:
        for p in position.readings:
            yield position.id, p.article, p.start, p.end, f"{position.actor}: {position.act}"


def _iri(article: Article) -> str:
    return article.url or f"urn:sha256:{article.sha256}"


def schema_org(collation: Collation, articles: Sequence[Article], words: Words) -> dict[str, Any]:
    """A graph of schema.org: NewsArticle, Quotation and Claim. A claim says where it appears and has no rating."""
    by_id = {a.id: a for a in articles}
    graph: list[dict[str, Any]] = [
        {
            "@id": _iri(article),
            "@type": "NewsArticle",
            "headline": words.cut_some(article.title),
            "datePublished": article.published,
            "dateModified": article.modified,
            "inLanguage": article.language,
            "publisher": {"@type": "Organization", "name": article.source} if article.source else None,
            "author": {"@type": "Person", "name": words.cut(article.byline)} if article.byline else None,
            "sha256": article.sha256,
        }
        for article in articles
    ]
    for quote in collation.quotes:
        graph += [
            {
                "@id": f"urn:rashomon:{collation.story.id}:{quote.id}:{n}",
                "@type": "Quotation",
                "text": words.spoken(r.article, r.spans),
                "spokenByCharacter": {"@type": "Thing", "name": words.cut(quote.speaker)} if quote.speaker else None,
                "isPartOf": {"@id": _iri(by_id[r.article])},
            }
            for n, r in enumerate(quote.readings, start=1)
        ]
    graph += [
        {
            "@id": f"urn:rashomon:{collation.story.id}:{point.id}",
            "@type": "Claim",
            "text": words.at(point.readings[0].article, point.readings[0].start, point.readings[0].end),
            "appearance": [{"@id": _iri(by_id[a])} for a in dict.fromkeys(r.article for r in point.readings)],
        }
        for point in collation.points
    ]
    kept = [{name: value for name, value in node.items() if value is not None} for node in graph]
    return {"@context": "https://schema.org", "@graph": kept}
