"""Words that several articles quote: what stands between quotation marks in two of them.

Reports of one speech share its words and nothing else, often a few of them only ("boundless patience"). So quotations are
compared with quotations alone, sentence by sentence, and shared words count by how rare they are in the story.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rashomon.collate.material import Material
from rashomon.collate.telling import Telling, WeighedWords, read_wording
from rashomon.model import Article, Reading, Span
from rashomon.text.marks import find_quoted
from rashomon.text.paragraphs import find_paragraphs

# What shared words must weigh to be one remark's; fewer are enough where they are all that both reports quote.
LEAST_SHARED, LEAST_WHOLE = 8.0, 6.0
LEAST_WORDS = 2


@dataclass(frozen=True)
class Marked:
    """What stands between quotation marks in some articles, without the marks, by the article's id."""

    spans: Mapping[str, tuple[Span, ...]]

    def share(self, reading: Reading) -> float:
        """How much of a stretch is quoted, 0 to 1."""
        inside = sum(s.end - s.start for s in self._within(reading))
        return inside / max(1, reading.end - reading.start)

    def only(self, reading: Reading) -> Reading:
        """A stretch without what stands before its first quoted words and after its last."""
        within = list(self._within(reading))
        return Reading(article=reading.article, start=within[0].start, end=within[-1].end) if within else reading

    def _within(self, reading: Reading) -> Iterator[Span]:
        for span in self.spans[reading.article]:
            if span.start < reading.end and reading.start < span.end:
                yield Span(max(span.start, reading.start), min(span.end, reading.end))


def read_marks(articles: Sequence[Article]) -> Marked:
    """What each article has between quotation marks."""
    return Marked(
        {
            a.id: tuple(q.inner for paragraph in find_paragraphs(a.text) for q in find_quoted(a.text, paragraph))
            for a in articles
        }
    )


def find_quotations(material: Material, marked: Marked) -> list[WeighedWords]:
    """The quoted words of all articles, cut where their sentences end."""
    found = []
    for article in material.articles:
        for sentence in material.found[article.id].sentences:
            for span in marked.spans[article.id]:
                start, end = max(span.start, sentence.start), min(span.end, sentence.end)
                if start < end:
                    found.append(read_wording(material, article.id, start, end))
    return [wording for wording in found if len(wording.words) >= LEAST_WORDS]


def shared_quotations(telling: Telling, quotations: Sequence[WeighedWords]) -> list[tuple[Reading, Reading]]:
    """The words that quotations of two articles have in common, pair by pair."""
    found = []
    for a, b in telling.candidates(quotations, LEAST_WHOLE):
        found += [
            (c.left, c.right)
            for c in telling.common(quotations[a], quotations[b], LEAST_WHOLE)
            if c.n_words >= LEAST_WORDS and (c.weight >= LEAST_SHARED or c.is_whole)
        ]
    return found
