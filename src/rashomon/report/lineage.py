"""The lineage of some reports by itself, for a terminal: who shares text with whom and why, and the longest passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rashomon.model import Article, LineageReport, Origin, Reading
from rashomon.report.console import harmless, item, printed, section
from rashomon.report.view.words import in_marks, say_n, shorten

MOST = 8
LONGEST = 160


def render_lineage(report: LineageReport, articles: Sequence[Article], width: int = 80, *, color: bool = False) -> str:
    """The reports, the families with their reasons, whom they credit, and the longest passages."""
    return printed(_parts(report, {a.id: a for a in articles}), width, color=color)


def _parts(report: LineageReport, articles: dict[str, Article]) -> Iterator[RenderableType]:
    letters = {card.id: card.letter for card in report.articles}
    accounts = say_n(report.lineage.independent, "independent account")
    yield Text(f"{say_n(len(report.articles), 'report')}, at most {accounts}", style="bold")
    yield Text()
    yield _reports(report)
    yield from section("Who shares text", list(_families(report, letters, articles)))
    yield from section("Passages", list(_passages(report, letters, articles)))
    yield from section("Set aside", [Text(harmless(f"{r.path}: {r.reason}")) for r in report.skipped])


def _reports(report: LineageReport) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(ratio=1)
    for card in sorted(report.articles, key=lambda card: (len(card.letter), card.letter)):
        dated = f", {card.published[:10]}" if card.published else ""
        told = (f"  {harmless(card.source or card.id)}{dated}", "dim")
        table.add_row(card.letter, Text.assemble(harmless(card.title or "(no title)"), told))
    return table


def _families(report: LineageReport, letters: dict[str, str], articles: dict[str, Article]) -> Iterator[RenderableType]:
    for family in report.lineage.families:
        reasons = [f"{letters[r.articles[0]]} and {letters[r.articles[1]]}: {r.text}" for r in family.reasons[:3]]
        told = "; ".join(["share text", *reasons, _origin(family.origin, letters)])
        yield item(", ".join(letters[a] for a in family.articles), told)
    for account in report.lineage.accounts:
        reasons = [f"{letters[r.articles[0]]} and {letters[r.articles[1]]}: {r.text}" for r in account.reasons[:3]]
        if reasons:
            yield item(", ".join(letters[a] for a in account.articles), "; ".join(["same quotations", *reasons]))
    for derivation in report.lineage.derivations:
        if derivation.ground == "credited":
            words = in_marks(_words(articles, derivation.readings[0]))
            yield item(letters[derivation.article], f"credits {derivation.source}: {words}")


def _origin(origin: Origin, letters: dict[str, str]) -> str:
    """Where a family's text may come from, with the letter of an article in the place of its id."""
    if origin.kind == "article" and origin.name is not None:
        return f"{letters[origin.name]}: {origin.text}"
    return origin.text


def _passages(report: LineageReport, letters: dict[str, str], articles: dict[str, Article]) -> Iterator[RenderableType]:
    """The longest passages, each in the words of its first report."""
    longest = sorted(report.lineage.passages, key=lambda p: (p.readings[0].start - p.readings[0].end, p.id))
    for passage in longest[:MOST]:
        kind = f"{passage.degree}, words of one speech" if passage.speech else passage.degree
        held = ", ".join(letters[a] for a in dict.fromkeys(r.article for r in passage.readings))
        yield item(held, f"{kind}: {in_marks(shorten(_words(articles, passage.readings[0]), LONGEST))}")
    if len(longest) > MOST:
        yield Text(f"and {len(longest) - MOST} more; --format json has them all", style="dim")


def _words(articles: dict[str, Article], reading: Reading) -> str:
    return " ".join(articles[reading.article].text[reading.start : reading.end].split())
