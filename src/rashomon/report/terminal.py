"""The collation for a terminal: who reports, what all share, where they differ, quotes, figures. Fits 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rashomon.model import Article, ArticleCard, Collation, Difference, Explanation, Likeness, Lineage, LineageReport
from rashomon.report.console import harmless, item, printed, section
from rashomon.report.views import (
    RELATIONS,
    SIGNS,
    Label,
    holders,
    in_marks,
    label_articles,
    say_correction,
    say_counts,
    say_origin,
    shorten,
    spoken,
    vias_of,
    wide_quotes,
    words_at,
)
from rashomon.text.intervals import say_interval

MOST = 8
LONGEST = 160


def render_terminal(collation: Collation, articles: Sequence[Article], width: int = 80, *, color: bool = False) -> str:
    """The text of the terminal form, at most `width` columns wide; with `color`, styled by ANSI codes."""
    return printed(_parts(collation, {a.id: a for a in articles}), width, color=color)


def render_lineage(report: LineageReport, articles: Sequence[Article], width: int = 80, *, color: bool = False) -> str:
    """The lineage alone: the reports, who shares text with whom and why, and the longest passages."""
    return printed(_lineage_parts(report, {a.id: a for a in articles}), width, color=color)


def render_explanation(
    explanation: Explanation,
    collation: Collation,
    articles: Sequence[Article],
    width: int = 80,
    *,
    color: bool = False,
) -> str:
    """Why a row was made: reasons, readings with their words, and the likeness of each two readings."""
    by_id = {a.id: a for a in articles}
    labels = label_articles(collation.articles)
    reasons: list[RenderableType] = [Text(harmless(reason)) for reason in explanation.reasons]
    readings = [
        item(f"{n} {labels[r.article].letter}", shorten(words_at(by_id, r.article, r), LONGEST))
        for n, r in enumerate(explanation.readings)
    ]
    alike = [
        item(
            f"{pair.left}–{pair.right}",
            f"telling words {pair.dice:.2f} of both, {pair.containment:.2f} of the shorter; vectors {pair.cosine:.2f}; "
            f"in common: {', '.join(pair.common) or 'none'}{_odds(pair)}",
        )
        for pair in explanation.likenesses
    ]
    parts = [
        Text(f"{explanation.id} of {explanation.section}", style="bold"),
        *section("Why", reasons),
        *section("Readings", readings),
        *section("How alike", alike),
    ]
    return printed(parts, width, color=color)


def _odds(pair: Likeness) -> str:
    """The probability that lined two readings up, with the features that speak most for and against it."""
    if pair.probability is None:
        return ""
    strongest = sorted(pair.parts.items(), key=lambda part: (-abs(part[1]), part[0]))[:4]
    told = ", ".join(f"{name.replace('_', ' ')} {value:+.1f}" for name, value in strongest)
    return f"; probability {pair.probability:.2f} ({told})"


def _parts(collation: Collation, articles: dict[str, Article]) -> Iterator[RenderableType]:
    labels = label_articles(collation.articles)
    yield _head(collation.story.title, collation.articles, collation.lineage, labels)
    yield from section("What most reports share", list(_shared(collation, labels)))
    yield from section("Where they differ", list(_differences(collation, labels)))
    yield from section("Quotes and their wordings", list(_quotes(collation, articles, labels)))
    yield from section("Figures", list(_figures(collation, articles, labels)))
    yield from section("Sums", list(_sums(collation, labels)))
    yield from section("Shared text", list(_lineage(collation.lineage, articles, labels)))
    yield from section("Corrected by a reader", [Text(harmless(say_correction(c))) for c in collation.corrections])
    yield from section("Set aside", [Text(f"{r.path}: {r.reason}") for r in collation.skipped])


def _lineage_parts(report: LineageReport, articles: dict[str, Article]) -> Iterator[RenderableType]:
    labels = label_articles(report.articles)
    yield _head(None, report.articles, report.lineage, labels)
    yield from section("Who shares text", list(_lineage(report.lineage, articles, labels)))
    yield from section("Passages", list(_passages(report.lineage, articles, labels)))
    yield from section("Set aside", [Text(f"{r.path}: {r.reason}") for r in report.skipped])


def _head(
    title: str | None, articles: Sequence[ArticleCard], lineage: Lineage, labels: dict[str, Label]
) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(ratio=1)
    for article in articles:
        label = labels[article.id]
        dated = f", {article.published[:10]}" if article.published else ""
        table.add_row(
            label.letter, Text.assemble(harmless(article.title or "(no title)"), (f"  {label.name}{dated}", "dim"))
        )
    heading = [Text(harmless(title), style="bold")] if title else []
    return Group(*heading, Text(say_counts(articles, lineage)), Text(), table)


def _shared(collation: Collation, labels: dict[str, Label]) -> Iterator[RenderableType]:
    n = len(collation.articles)
    for point in [p for p in collation.points if len({r.article for r in p.readings}) > max(1, n / 2)][:MOST]:
        signs = (
            " ".join(f"{labels[a].letter}{SIGNS[c]}" for a, c in point.coverage.items())
            if n <= 12
            else holders(point.readings, labels)
        )
        yield item(signs, shorten(point.text, LONGEST))
    if n > 1:
        yield Text("● reports   ≠ contradicts   ◌ near   – silent   ? unread", style="dim")


def _differences(collation: Collation, labels: dict[str, Label]) -> Iterator[RenderableType]:
    for difference in [d for d in collation.differences if d.kind != "wording"][:MOST]:
        yield item(difference.kind, shorten(difference.text, LONGEST))
        yield Padding(_readings(difference, labels), (0, 0, 0, 4))


def _readings(difference: Difference, labels: dict[str, Label]) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, style="bold")
    table.add_column()
    by_words: dict[str, list[str]] = {}
    for reading in difference.readings:
        by_words.setdefault(shorten(reading.says, LONGEST // 2), []).append(labels[reading.article].letter)
    for words, letters in by_words.items():
        table.add_row(",".join(dict.fromkeys(letters)), Text(harmless(words)))
    return table


def _quotes(collation: Collation, articles: dict[str, Article], labels: dict[str, Label]) -> Iterator[RenderableType]:
    for quote in wide_quotes(collation.quotes)[:MOST]:
        via = f", via {vias_of(quote)}" if vias_of(quote) else ""
        yield Text.assemble((quote.speaker or "Speaker not certain", "bold"), (via, "dim"))
        table = Table.grid(padding=(0, 1))
        table.add_column(no_wrap=True, style="bold")
        table.add_column()
        for reading in quote.readings:
            words = harmless(shorten(spoken(articles, reading), LONGEST))
            shown = in_marks(words) if reading.manner == "direct" else words
            table.add_row(
                labels[reading.article].letter,
                Text.assemble(shown, ("" if reading.manner == "direct" else f"  ({reading.manner})", "dim")),
            )
        yield Padding(table, (0, 0, 0, 2))


def _figures(collation: Collation, articles: dict[str, Article], labels: dict[str, Label]) -> Iterator[RenderableType]:
    several = [f for f in collation.figures if f.relation != "single"] or list(collation.figures)
    for figure in several[:MOST]:
        unit = f" [{figure.unit}]" if figure.unit else ""
        yield item(RELATIONS[figure.relation], shorten(figure.about or figure.unit or "", LONGEST) + unit)
        table = Table.grid(padding=(0, 1))
        table.add_column(no_wrap=True, style="bold")
        table.add_column(no_wrap=True)
        table.add_column()
        for r in figure.readings:
            who = f"according to {r.attributed_to}" if r.attributed_to else ""
            amount = say_interval(r.low, r.high, r.change)
            table.add_row(
                labels[r.article].letter,
                amount,
                Text(f"“{words_at(articles, r.article, r)}” {who}".rstrip(), style="dim"),
            )
        yield Padding(table, (0, 0, 0, 4))


def _sums(collation: Collation, labels: dict[str, Label]) -> Iterator[RenderableType]:
    for found in collation.sums:
        parts = " + ".join(say_interval(v, v) for v in found.part_values)
        sign, verdict = ("=", "adds up") if found.holds else ("≠", "does not add up")
        yield item(
            labels[found.article].letter,
            f"{parts} {sign} {say_interval(found.total_value, found.total_value)}: {verdict}",
        )


def _lineage(lineage: Lineage, articles: dict[str, Article], labels: dict[str, Label]) -> Iterator[RenderableType]:
    for family in lineage.families:
        letters = ", ".join(labels[a].letter for a in family.articles)
        reasons = "; ".join(
            f"{labels[r.articles[0]].letter} and {labels[r.articles[1]].letter}: {r.text}" for r in family.reasons[:3]
        )
        yield item(letters, f"share text; {reasons}; {say_origin(family.origin, labels)}")
    for d in lineage.derivations:
        if d.ground == "credited":
            yield item(
                labels[d.article].letter,
                f"credits {d.source}: {in_marks(words_at(articles, d.article, d.readings[0]))}",
            )


def _passages(lineage: Lineage, articles: dict[str, Article], labels: dict[str, Label]) -> Iterator[RenderableType]:
    """The longest passages, each in the words of its first report."""
    longest = sorted(lineage.passages, key=lambda p: (p.readings[0].start - p.readings[0].end, p.id))
    for passage in longest[:MOST]:
        kind = f"{passage.degree}, words of one speech" if passage.speech else passage.degree
        words = words_at(articles, passage.readings[0].article, passage.readings[0])
        yield item(holders(passage.readings, labels), f"{kind}: {in_marks(shorten(words, LONGEST))}")
    if len(longest) > MOST:
        yield Text(f"and {len(longest) - MOST} more; --format json has them all", style="dim")
