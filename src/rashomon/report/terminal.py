"""The view of a collation for a terminal: the sections of the page in 80 columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rashomon.model import Article, Collation
from rashomon.report.console import harmless, printed, section
from rashomon.report.view import SECTIONS, View, check_sections, view_collation
from rashomon.report.view.cites import Cites
from rashomon.report.view.coverage import CoverageCell, PointRow
from rashomon.report.view.differences import DifferenceRow
from rashomon.report.view.figures import Agreed, FigureRow
from rashomon.report.view.masthead import Masthead
from rashomon.report.view.names import WrittenForm
from rashomon.report.view.positions import PositionRow
from rashomon.report.view.remarks import Remark, Speaker
from rashomon.report.view.timeline import EventRow
from rashomon.report.view.words import say_n, split_stop

# So many rows of a section, unless all are asked for.
MOST = 8
# More letters than these are told by number.
MOST_LETTERS = 12
SIGNS = {"contradicts": "≠", "near": "≈"}
# What is said of a section that was asked for and has nothing to show, where its matter may stand in others.
_ELSEWHERE = {
    "differences": "Nothing that a line can tell. Numbers that part and changed wordings: --section figures, --section quotes."
}
Printed = Iterator[RenderableType]


def render_terminal(
    collation: Collation,
    articles: Sequence[Article],
    width: int = 80,
    *,
    color: bool = False,
    names: Sequence[str] = (),
    everything: bool = False,
) -> str:
    """The text of the terminal form, at most `width` columns wide; with `color`, styled by ANSI codes.

    With `names` only those sections, and with `everything` every row of them. Raises `UsageError` for a name that is none.
    """
    check_sections(names)
    return printed(_parts(view_collation(collation, articles), names, everything=everything), width, color=color)


def _parts(view: View, names: Sequence[str], *, everything: bool) -> Printed:
    if not names:
        yield _head(view.masthead)
    for name, _, heading in SECTIONS:
        if names and name not in names:
            continue
        if view.has(name):
            yield from section(heading, _cut(list(_WRITERS[name](view)), name, everything=everything))
        elif names:
            yield from section(heading, [Text(_ELSEWHERE.get(name, "Nothing of this was found."), style="dim")])
    if view.n_reports == 1 and not names:
        yield Text("\nWith one report there is nothing to compare.", style="dim")


def _cut(rows: list[RenderableType], name: str, *, everything: bool) -> list[RenderableType]:
    most = MOST * 3 if name in ("brief", "timeline", "coverage", "shared", "reports") else MOST
    if everything or len(rows) <= most:
        return rows
    told = f"and {len(rows) - most} more: --section {name} --all"
    return [*rows[:most], Text(told, style="dim")]


# ── what all sections are made of ───────────────────────────────────────────────────────────────


def _letters(cites: Cites) -> str:
    n_letters = sum(map(len, cites.groups))
    shown = cites.letters.replace(", ", " ")
    if n_letters > MOST_LETTERS or cites.n_more:
        return f"[{say_n(n_letters + cites.n_more, 'account')}]"
    return f"[{shown}]" if shown else ""


def _cited(text: str, cites: Cites) -> Text:
    """Words with their letters behind them, before a full stop."""
    head, stop = split_stop(text) if cites.groups else (text, "")
    return Text.assemble(harmless(head), " " if cites.groups else "", (_letters(cites), "cyan"), stop)


def _grid(rows: Sequence[tuple[RenderableType | str, ...]], left: int = 2) -> RenderableType:
    """Rows of columns: the last one takes the room that is left."""
    table = Table.grid(padding=(0, 1))
    for n in range(len(rows[0])):
        table.add_column(no_wrap=n < len(rows[0]) - 1, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return Padding(table, (0, 0, 0, left))


def _said(words: str, *, quoted: bool) -> str:
    return harmless(f"“{words}”" if quoted else words)


def _head(masthead: Masthead) -> RenderableType:
    title = f"“{masthead.title}”" if masthead.quoted else masthead.title
    counts = [" ".join(filter(None, (c.bound, f"{c.number:,}", c.noun))) for c in masthead.counts]
    rows: list[tuple[RenderableType | str, ...]] = []
    for box in masthead.accounts:
        for _, cards in box.groups:
            for card in cards:
                about = f"{card.outlet}, {card.day}, {card.n_words:,} words. {card.sharing}"
                told = Text.assemble(harmless(card.title), "\n", (harmless(about), "dim"))
                rows.append((Text(card.letter, style="bold cyan"), told))
    parts: list[RenderableType] = [Text(harmless(title), style="bold"), Text(harmless(masthead.standfirst))]
    if counts:
        parts += [Text(" · ".join(counts), style="dim"), Text()]
    if rows:
        parts.append(_grid(rows, 0))
    if masthead.n_more:
        parts.append(Text(f"and {say_n(masthead.n_more, 'account')} more", style="dim"))
    return Group(*parts)


# ── the sections ────────────────────────────────────────────────────────────────────────────────


def _brief(view: View) -> Printed:
    for group in view.brief:
        if group.title:
            yield Text(group.title, style="bold")
        for line in group.lines:
            parts = [Text(f"{_letters(line.leading)} " if line.leading.groups else "", style="cyan")]
            parts += [_cited(part.text, part.cites) for part in line.parts]
            yield Padding(Text.assemble(*parts, " (worded by a model)" if line.rewritten else ""), (0, 0, 0, 2))
    for told in view.unread:
        yield Text(told, style="dim")


def _differences(view: View) -> Printed:
    found = view.differences
    for title, rows in (("", found.open), ("Smaller", found.smaller), ("Fits together", found.fitting)):
        for n, row in enumerate(rows):
            yield _difference(row, title if n == 0 else "")


def _difference(row: DifferenceRow, title: str) -> RenderableType:
    sides: list[tuple[RenderableType | str, ...]] = []
    for side in row.sides:
        told = Text.assemble((harmless(side.says), "bold"), (f"  {side.extent}" if side.extent else "", "dim"))
        for evidence in side.evidence:
            who = f" {evidence.who}" if evidence.who else ""
            told.append_text(Text.assemble("\n", harmless(f"“{evidence.words}”"), (harmless(who), "dim")))
        sides.append((Text(_letters(side.cites), style="cyan"), told))
    notes = " · ".join(filter(None, (f"Silent: {row.silent}" if row.silent else "", row.note)))
    parts: list[RenderableType] = [Text(f"{title}:", style="bold")] if title else []
    head = (Text(f"{row.number} {row.kind}", style="bold red"), Text(harmless(row.heading), style="bold"))
    parts += [_grid([head], 0), _grid(sides, 4)]
    if notes:
        parts.append(Padding(Text(harmless(notes), style="dim"), (0, 0, 0, 4)))
    return Group(*parts)


def _quotes(view: View) -> Printed:
    for speaker in view.quotes.speakers:
        yield _speaker(speaker)
    for letter, remarks in view.quotes.others:
        for n, alone in enumerate(remarks):
            told = Padding(Text(harmless(f"{alone.speaker}: {_said(alone.words, quoted=alone.quoted)}")), (0, 0, 0, 2))
            yield told if n else Group(Text(f"Only in {letter}", style="bold"), told)


def _speaker(speaker: Speaker) -> RenderableType:
    parts: list[RenderableType] = [
        Text.assemble((harmless(speaker.name), "bold"), (f"  {say_n(speaker.n_remarks, 'remark')}", "dim"))
    ]
    parts += [_remark(remark) for remark in (*speaker.full, *speaker.short)]
    if speaker.alone:
        told = f"{say_n(len(speaker.alone), 'remark')} in one report only ({speaker.spread})"
        parts.append(Padding(Text(told, style="dim"), (0, 0, 0, 2)))
    return Group(*parts)


def _remark(remark: Remark) -> RenderableType:
    manners = " · ".join(f"{manner} {_letters(cites)}" for manner, cites in remark.manners)
    about: list[RenderableType] = [Text(harmless(" · ".join(filter(None, (manners, remark.occasion)))), style="cyan")]
    changed: list[tuple[RenderableType | str, ...]] = []
    for wording in remark.wordings[1:]:
        changes = "; ".join(f"“{words}” {change}" if words else change for words, change in wording.changes)
        told = Text(harmless(wording.words or changes), style="dim")
        changed.append((Text(_letters(wording.cites), style="cyan"), told))
    if changed:
        about.append(_grid(changed, 0))
    words = Text(_said(remark.words, quoted=remark.quoted))
    return Padding(Group(words, Padding(Group(*about), (0, 0, 0, 2))), (0, 0, 0, 2))


def _figures(view: View) -> Printed:
    for row in view.figures.rows:
        yield _figure(row)
    for found in view.figures.sums:
        summed = _cited(f"{found.title}: {found.told}", found.cites)
        yield Text.assemble(summed, " ", (found.verdict, "bold"))
    for agreed in view.figures.agreed:
        yield _cited(f"No difference: {agreed.title}, {agreed.value}", agreed.cites)
    for n, alone in enumerate(view.figures.alone):
        yield _alone(alone, "In one report only:" if n == 0 else "")


def _figure(row: FigureRow) -> RenderableType:
    values: list[tuple[RenderableType | str, ...]] = [
        (
            Text(_letters(v.cites), style="cyan"),
            Text(harmless(v.label), style="bold"),
            Text(harmless(v.who), style="dim"),
        )
        for v in row.values
    ]
    return Group(
        Text.assemble((harmless(row.title), "bold"), (harmless(f"  {row.unit}"), "dim")),
        _grid(values, 4),
        Padding(Text.assemble((row.verdict, "bold"), f" {row.reason}"), (0, 0, 0, 4)),
    )


def _alone(alone: Agreed, title: str) -> RenderableType:
    told = Padding(_cited(f"{alone.title}, {alone.value}", alone.cites), (0, 0, 0, 2))
    return Group(Text(title, style="bold"), told) if title else told


def _timeline(view: View) -> Printed:
    yield from map(_event, view.timeline.rows)
    for n, row in enumerate(view.timeline.folded):
        title = Text("Earlier, later or without a short name:", style="bold")
        yield _event(row) if n or not view.timeline.rows else Group(title, _event(row))


def _event(row: EventRow) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(width=16)
    table.add_column(ratio=1)
    told = _cited(row.what, row.cites)
    if row.wordings:
        told.append_text(Text(f"\n{harmless(row.wordings)}", style="dim"))
    table.add_row(Text(row.when, style="bold"), told)
    return table


def _coverage(view: View) -> Printed:
    yield Text("A told   A≠ told otherwise   A≈ comes near   – silent   ? not read to the end", style="dim")
    for group in view.coverage.groups:
        if group.title == "Told by one" and len(view.coverage.groups) > 1:
            continue
        yield Text(f"{group.title} ({len(group.rows)})", style="bold")
        yield from (_point(row) for row in group.rows)


def _point(row: PointRow) -> RenderableType:
    label = _said(row.label, quoted=row.quoted)
    signs = " ".join(map(_sign, row.cells)) if len(row.cells) <= MOST_LETTERS else row.extent
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(ratio=1)
    table.add_column(no_wrap=True, justify="left", style="cyan")
    table.add_row(Text(label), signs or row.extent)
    return table


def _sign(cell: CoverageCell) -> str:
    if cell.state in ("silent", "unread"):
        return "– " if cell.state == "silent" else "? "
    return f"{cell.told or cell.letter}{SIGNS.get(cell.state, ' ')}"


def _shared(view: View) -> Printed:
    for told in view.shared.sentences:
        yield _cited(f"{told.text}.", told.cites)
    for strip in view.shared.strips:
        yield Text.assemble((strip.letter, "bold cyan"), f"  {strip.told}")


def _positions(view: View) -> Printed:
    yield from map(_position, view.positions.rows)
    for n, row in enumerate(view.positions.folded):
        title = Text("In one report only or in a report’s own words:", style="bold")
        yield _position(row) if n or not view.positions.rows else Group(title, _position(row))


def _position(row: PositionRow) -> RenderableType:
    told = " ".join(filter(None, (row.verb, row.toward, row.content, row.condition)))
    return Padding(Text.assemble((harmless(row.actor), "bold"), " ", _cited(told, row.cites)), (0, 0, 0, 2))


def _names(view: View) -> Printed:
    for row in view.names.rows:
        told = Text.assemble((harmless(row.name), "bold"))
        for written in row.forms:
            told.append_text(_written("", written))
        for written in row.descriptions:
            told.append_text(_written("described as ", written))
        yield told


def _written(before: str, form: WrittenForm) -> Text:
    return Text.assemble(f"\n  {before}", harmless(form.text), " ", (_letters(form.cites), "cyan"))


def _reports(view: View) -> Printed:
    for report in view.reports:
        counts = (
            say_n(report.n_words, "word"),
            say_n(report.n_remarks, "remark"),
            say_n(report.n_figures, "figure"),
            say_n(report.n_points, "point"),
        )
        told = Text.assemble(harmless(report.title), (harmless(f"\n{report.outlet}: {', '.join(counts)}"), "dim"))
        yield _grid([(Text(report.letter, style="bold cyan"), told)], 0)


def _corrections(view: View) -> Printed:
    yield from (Text(harmless(told)) for told in view.aside.corrections)


def _skipped(view: View) -> Printed:
    yield from (Text(harmless(f"{path}: {reason}")) for path, reason in view.aside.skipped)


_WRITERS: dict[str, Callable[[View], Printed]] = {
    "brief": _brief,
    "differences": _differences,
    "quotes": _quotes,
    "figures": _figures,
    "timeline": _timeline,
    "coverage": _coverage,
    "shared": _shared,
    "positions": _positions,
    "names": _names,
    "reports": _reports,
    "corrections": _corrections,
    "skipped": _skipped,
}
