"""The collation as one self-contained page: no request leaves it, every cell leads to the words it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from rashomon.model import (
    AlignedFigure,
    Article,
    Cell,
    Collation,
    Passage,
    Point,
    QuoteReading,
    Reading,
    Reason,
    Span,
)
from rashomon.report.bars import draw_bars
from rashomon.report.plots import plot_figure, plot_timeline
from rashomon.report.views import (
    BASES,
    RELATIONS,
    SIGNS,
    Label,
    first_words,
    label_articles,
    plain_forms,
    say_correction,
    say_counts,
    say_n,
    say_origin,
    vias_of,
    wide_quotes,
    words_at,
)
from rashomon.report.wording import View, cut_at, rare_by_manner, rare_words
from rashomon.settings import ReportSettings
from rashomon.text.align import align_words
from rashomon.text.intervals import say_interval
from rashomon.text.shares import share_text
from rashomon.text.words import find_words
from rashomon.version import VERSION

FOLDER = Path(__file__).parent / "page"
MOST_SHARED, MOST_PLOTS, MOST_SINGLE = 8, 8, 200
# Passages in more readings, and passages after so many, are shown without their words compared.
MOST_ALIGNED, MOST_PASSAGES = 12, 100
# Reasons told of one family.
MOST_REASONS = 12
# With --share: how much of a report's words its snippets may add up to.
SHARED_PART = 0.25
# How far apart, in characters, two snippets of one report stand.
APART = 80


def render_html(collation: Collation, articles: Sequence[Article], *, share: bool, settings: ReportSettings) -> str:
    """The page. With `share` no more than `snippet_words` words of an article stand together anywhere on it."""
    page = Page(collation, {a.id: a for a in articles}, settings.snippet_words if share else None)
    return str(_template().render(page.view()))


@lru_cache(maxsize=1)
def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["kept"] = _kept
    return environment.get_template("page.html.j2")


def _kept(words: str) -> Markup:
    """Words escaped so that a browser counts as many characters as they have.

    It reads a bare carriage return as part of a line feed, and drops U+0000 (HTML, 13.2.6.4.7), which is shown as what cannot
    be shown.
    """
    kept = str(escape(words)).replace("\r", "&#13;").replace("\0", "\ufffd")
    return Markup(kept)  # noqa: S704 - escaped the line before


class Page:
    """The view data of one page."""

    def __init__(self, collation: Collation, articles: dict[str, Article], snippet: int | None) -> None:
        self._collation = collation
        self._articles = articles
        self._snippet = snippet
        self._labels: dict[str, Label] = label_articles(collation.articles)
        self._cited: dict[str, set[Span]] = defaultdict(set)

    def view(self) -> View:
        """Everything the template shows; texts come last, when it is known what was cited."""
        sections: View = {
            "briefing": [
                {"text": self._text(b.text), "readings": self._readings(b.cites)} for b in self._collation.briefing
            ],
            "shared": self._shared(),
            "differences": self._differences(),
            "quotes": self._quotes(),
            **self._figures(),
            **self._timeline(),
            **self._points(),
            **self._lineage(),
            "names": self._names(),
            "positions": self._positions(),
            "corrections": [say_correction(c) for c in self._collation.corrections],
            "skipped": self._collation.skipped,
        }
        titles = {
            "briefing": "Briefing",
            "shared": "What most share",
            "differences": "Where they differ",
            "quotes": "Quotes",
            "figures": "Figures",
            "timeline": "Timeline",
            "matrix": "Points",
            "heat": "Shared text",
            "names": "Names",
            "positions": "Positions",
            "corrections": "Corrected",
            "skipped": "Set aside",
        }
        anchors = {"matrix": "points", "heat": "lineage"}
        shown = [{"id": anchors.get(key, key), "title": title} for key, title in titles.items() if sections[key]]
        return {
            **self._head(),
            **sections,
            "sections": [*shown, {"id": "reports", "title": "The reports"}],
            "texts": [self._report(a) for a in self._collation.articles],
            "version": VERSION,
            "style": Markup((FOLDER / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
            "script": Markup((FOLDER / "page.js").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        }

    def _head(self) -> View:
        collation = self._collation
        story = collation.story
        days = [story.first] if story.first == story.last else [story.first, story.last]
        return {
            "title": self._text(story.title or "Untitled story"),
            "counts": say_counts(collation.articles, collation.lineage),
            "dates": " to ".join(d for d in days if d),
            "reports": [
                {
                    "letter": self._labels[a.id].letter,
                    "title": self._text(a.title or self._labels[a.id].name),
                    "meta": self._meta(a.id),
                }
                for a in collation.articles
            ],
            "n_reports": len(collation.articles),
        }

    def _meta(self, article: str) -> str:
        own = self._articles[article]
        basis = own.published_basis.kind if own.published_basis else "metadata"
        dated = own.published and own.published[:10] + BASES[basis]
        completeness = "" if own.completeness == "full" else own.completeness
        changed = f"changed after publication, version {own.n_versions}" if own.n_versions > 1 else ""
        credited = ", ".join(f"credits {c.agency}" for c in own.credits)
        return " · ".join(
            part for part in (self._labels[article].name, own.byline, dated, credited, completeness, changed) if part
        )

    # ── small things ────────────────────────────────────────────────────────────────────────────

    def _reading(self, reading: Reading) -> View:
        self._cited[reading.article].add(reading.span)
        label = self._labels[reading.article]
        return {"letter": label.letter, "name": label.name, "start": reading.start, "end": reading.end}

    def _readings(self, readings: Iterable[Reading]) -> list[View]:
        return [self._reading(r) for r in readings]

    def _text(self, words: str) -> str:
        """Words of a report, cut to a snippet where only snippets may be shown."""
        return words if self._snippet is None else first_words(words, self._snippet)

    def _words(self, article: str, span: Span | Reading) -> str:
        return self._text(words_at(self._articles, article, span))

    # ── sections ────────────────────────────────────────────────────────────────────────────────

    def _shared(self) -> list[View]:
        n = len(self._collation.articles)
        wide = [p for p in self._collation.points if n > 1 and _n_articles(p) > n / 2]
        return [
            {"n": _n_articles(p), "text": self._text(p.text), "readings": self._readings(p.readings)}
            for p in wide[:MOST_SHARED]
        ]

    def _differences(self) -> list[View]:
        views = []
        for difference in self._collation.differences:
            if difference.kind == "wording":
                continue
            rows: dict[str, list[View]] = {}
            for reading in difference.readings:
                rows.setdefault(self._text(reading.says), []).append(self._reading(reading))
            views.append(
                {
                    "id": difference.id,
                    "kind": difference.kind,
                    "text": self._text(difference.text),
                    "rows": [{"says": says, "readings": readings} for says, readings in rows.items()],
                }
            )
        return views

    def _quotes(self) -> list[View]:
        views = []
        for quote in wide_quotes(self._collation.quotes):
            rare = rare_by_manner(quote)
            rows = []
            for n, reading in enumerate(quote.readings):
                place = Reading(article=reading.article, start=reading.spans[0].start, end=reading.spans[-1].end)
                rows.append(
                    {
                        "reading": self._reading(place),
                        "words": self._marked(reading, rare[n]),
                        "manner": reading.manner,
                        "marks": reading.manner == "direct",
                    }
                )
            views.append(
                {"id": quote.id, "speaker": quote.speaker or "Speaker not certain", "via": vias_of(quote), "rows": rows}
            )
        return views

    def _marked(self, reading: QuoteReading, rare: set[int]) -> list[View]:
        text = self._articles[reading.article].text
        pieces: list[View] = []
        for n, span in enumerate(reading.spans):
            if n:
                pieces.append({"text": " … ", "variant": False})
            pieces += cut_at(text, span, rare)
        return self._cut(pieces)

    def _cut(self, pieces: list[View]) -> list[View]:
        if self._snippet is None:
            return pieces
        kept: list[View] = []
        n = 0
        for piece in pieces:
            n += len(piece["text"].split())
            if n > self._snippet:
                return [*kept, {"text": " …", "variant": False}]
            kept.append(piece)
        return kept

    def _figures(self) -> View:
        several = [f for f in self._collation.figures if _n_articles(f) > 1]
        single = [f for f in self._collation.figures if _n_articles(f) == 1]
        views = [
            {
                **self._figure(f),
                "plot": self._plot(f) if n < MOST_PLOTS and f.relation != "agree" else None,
            }
            for n, f in enumerate(several)
        ]
        sums = []
        for found in self._collation.sums:
            parts = " + ".join(say_interval(v, v) for v in found.part_values)
            sign, verdict = ("=", "adds up") if found.holds else ("≠", "does not add up")
            place = Reading(article=found.article, start=found.total.start, end=found.total.end)
            sums.append(
                {
                    "text": f"{parts} {sign} {say_interval(found.total_value, found.total_value)}",
                    "verdict": verdict,
                    "reading": self._reading(place),
                }
            )
        return {"figures": views, "other_figures": [self._figure(f) for f in single[:MOST_SINGLE]], "sums": sums}

    def _plot(self, figure: AlignedFigure) -> Markup:
        return Markup(plot_figure(figure, self._labels))  # noqa: S704 - drawn here, its attributes escaped

    def _figure(self, figure: AlignedFigure) -> View:
        rows = [
            {
                "reading": self._reading(r),
                "amount": say_interval(r.low, r.high, r.change),
                "words": self._words(r.article, r),
                "who": r.attributed_to,
            }
            for r in figure.readings
        ]
        return {
            "id": figure.id,
            "about": self._text(figure.about or figure.unit or ""),
            "unit": figure.unit,
            "relation": RELATIONS[figure.relation],
            "rows": rows,
        }

    def _timeline(self) -> View:
        events = self._collation.timeline
        views = [
            {
                "id": e.id,
                "days": e.first if e.first == e.last else f"{e.first} to {e.last}",
                "text": self._text(e.text),
                "readings": self._readings(e.readings),
            }
            for e in events
        ]
        plot = plot_timeline(events, self._labels) if events else ""
        return {"timeline": views, "timeline_plot": Markup(plot)}  # noqa: S704 - drawn here, attributes escaped

    def _points(self) -> View:
        several = [p for p in self._collation.points if _n_articles(p) > 1]
        single = [p for p in self._collation.points if _n_articles(p) == 1]
        return {
            "matrix": [{"id": p.id, "text": self._text(p.text), "cells": self._cells(p)} for p in several],
            "more_points": [{"text": self._text(p.text), "readings": self._readings(p.readings)} for p in single],
            "signs": [(sign, word) for word, sign in SIGNS.items()],
        }

    def _cells(self, point: Point) -> list[View]:
        first = {r.article: r for r in reversed((*point.readings, *point.near))}
        return [
            {
                "state": state,
                "sign": SIGNS[state],
                "reading": self._reading(first[article]) if article in first else None,
            }
            for article, state in point.coverage.items()
        ]

    def _lineage(self) -> View:
        lineage = self._collation.lineage
        ids = [a.id for a in self._collation.articles]
        shares = share_text(
            lineage.passages,
            {a.id: a.n_chars - sum(f.end - f.start for f in a.furniture) for a in self._collation.articles},
        )
        heat = [
            {
                "letter": self._labels[a].letter,
                "cells": [{"share": None if a == b else min(1.0, round(shares.get((a, b), 0.0), 3))} for b in ids],
            }
            for a in ids
        ]
        n = len(ids)
        words = f"{say_n(n, 'report')}, at most {say_n(lineage.independent, 'independent account')}: where no shared text was found there may still be a common source."
        return {
            "heat": heat if n > 1 else [],
            "bars": draw_bars(self._collation.articles, lineage, self._labels),
            "lineage_words": words,
            "families": [
                {
                    "letters": ", ".join(self._labels[a].letter for a in f.articles),
                    "reasons": "; ".join(self._because(r) for r in f.reasons[:MOST_REASONS]),
                    "origin": say_origin(f.origin, self._labels),
                }
                for f in lineage.families
            ],
            "derivations": [
                {
                    "text": self._derivation(d.article, d.source, d.ground, d.share),
                    "readings": self._readings(d.readings[:6]),
                }
                for d in lineage.derivations
            ],
            "passages": [
                {"id": p.id, "degree": p.degree, "speech": p.speech, "rows": self._passage(p)}
                for p in lineage.passages[:MOST_PASSAGES]
            ],
        }

    def _derivation(self, article: str, source: str, ground: str, share: float | None) -> str:
        letter = self._labels[article].letter
        if share is None:
            return f"{letter} credits {source}."
        other = self._labels[source].letter
        order = "which was published earlier" if ground == "earlier" else "which of the two came first is not known"
        return f"{share:.0%} of {letter} stands in {other} too; {order}."

    def _because(self, reason: Reason) -> str:
        left, right = (self._labels[a].letter for a in reason.articles)
        return f"{left} and {right}: {reason.text}"

    def _passage(self, passage: Passage) -> list[View]:
        if passage.degree == "verbatim" or len(passage.readings) > MOST_ALIGNED:
            return [
                {"reading": self._reading(r), "words": [{"text": self._words(r.article, r), "variant": False}]}
                for r in passage.readings
            ]
        wordings = [find_words(self._articles[r.article].text, r.start, r.end) for r in passage.readings]
        columns = align_words(wordings)
        rare = rare_words(
            tuple(tuple(None if w is None else Cell(text=w.text, start=w.start, end=w.end) for w in c) for c in columns)
        )
        return [
            {
                "reading": self._reading(r),
                "words": self._cut(cut_at(self._articles[r.article].text, r.span, rare[n] if rare else set())),
            }
            for n, r in enumerate(passage.readings)
        ]

    def _names(self) -> list[View]:
        telling = [
            n
            for n in self._collation.names
            if len(plain_forms(n)) > 1 or len(n.descriptions) > 0 or len({a for f in n.forms for a in f.counts}) > 1
        ]
        return [
            {
                "id": n.id,
                "name": n.name,
                "kind": n.kind,
                "forms": [
                    {"text": f.text, "n": sum(f.counts.values()), "readings": self._readings(f.readings)}
                    for f in plain_forms(n)
                ],
                "descriptions": [
                    {"text": self._text(d.text), "readings": self._readings(d.readings[:6])} for d in n.descriptions
                ],
            }
            for n in telling
        ]

    def _positions(self) -> list[View]:
        return [
            {
                "id": p.id,
                "actor": p.actor,
                "act": p.act,
                "content": self._text(p.content),
                "toward": p.toward,
                "condition": self._text(p.condition) if p.condition else None,
                "readings": self._readings(p.readings),
            }
            for p in self._collation.positions
        ]

    # ── the reports themselves ──────────────────────────────────────────────────────────────────

    def _report(self, card: Any) -> View:
        label = self._labels[card.id]
        own = self._articles[card.id]
        view: View = {
            "letter": label.letter,
            "name": self._text(own.title or label.name),
            "meta": self._meta(card.id),
            "language": own.language or "en",
        }
        if self._snippet is None:
            return {**view, "snippets": None, "pieces": self._highlighted(card.id)}
        return {**view, "pieces": [], "snippets": self._snippets(card.id)}

    def _highlighted(self, article: str) -> list[View]:
        """The text in pieces: furniture, figures, times and quotes marked, the narrower mark winning."""
        text = self._articles[article].text
        kinds: list[str] = [""] * len(text)
        layers: list[tuple[str, Iterable[Span]]] = [
            ("quote", (s for q in self._collation.quotes for r in q.readings if r.article == article for s in r.spans)),
            ("time", (t.span for t in self._collation.times if t.article == article)),
            ("figure", (r.span for f in self._collation.figures for r in f.readings if r.article == article)),
            ("furniture", self._articles[article].furniture),
        ]
        for kind, spans in layers:
            for span in spans:
                kinds[span.start : span.end] = [kind] * (span.end - span.start)
        pieces: list[View] = []
        start = 0
        for at in range(1, len(text) + 1):
            if at == len(text) or kinds[at] != kinds[start]:
                pieces.append({"kind": kinds[start], "text": text[start:at]})
                start = at
        return pieces

    def _snippets(self, article: str) -> list[View]:
        """Cited places in order, each cut to a snippet, until they add up to `SHARED_PART` of the report.

        A place next to one already shown is passed over, so that snippets cannot be strung together.
        """
        text = self._articles[article].text
        budget = SHARED_PART * len(text.split())
        shown: list[Span] = []
        for span in sorted(self._cited[article], key=lambda s: (s.start, -s.end)):
            words = min(len(text[span.start : span.end].split()), self._snippet or 0)
            if words <= budget and (not shown or span.start > shown[-1].end + APART):
                shown.append(span)
                budget -= words
        return [
            {"start": s.start, "end": s.end, "text": self._text(" ".join(text[s.start : s.end].split()))} for s in shown
        ]


def _n_articles(item: Point | AlignedFigure) -> int:
    return len({r.article for r in item.readings})
