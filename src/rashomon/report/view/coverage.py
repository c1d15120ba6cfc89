"""Coverage: every point against every report, and how many each tells, leaves out and has alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from rashomon.model import Coverage as State
from rashomon.model import Point
from rashomon.report.view.cites import MANY, NOTHING, SEVERAL, Cites, ViewContext, cite, say_share
from rashomon.report.view.differences import ranked
from rashomon.report.view.words import begun

# Points on the page; more than these are in the other forms.
MOST_POINTS = 600
# Accounts that have a column.
MOST_COLUMNS = 8


class CoverageCell(Struct, frozen=True):
    """What a report, or an account, has of a point; `difference` is the number of one it stands in."""

    letter: str
    state: State
    cites: Cites
    difference: int | None
    told: str


class PointRow(Struct, frozen=True):
    """A point with a cell for each column; the shares of accounts and of reports that tell it, percent.

    `has` and `lacks` are numbers in hexadecimal: bit n is set where the report with the nth letter tells it, or leaves it out.
    """

    id: str
    label: str
    quoted: bool
    cells: tuple[CoverageCell, ...]
    cites: Cites
    extent: str
    n_reports: int
    order: int
    accounts: float
    reports: float
    has: str
    lacks: str


class PointGroup(Struct, frozen=True):
    """Points that all, most, some or one of the reports tell."""

    title: str
    rows: tuple[PointRow, ...]


class Facet(Struct, frozen=True):
    """How many points a report tells, leaves out of those that two or more others tell, and has alone."""

    letter: str
    name: str
    tells: int
    lacks: int
    alone: int


class CoverageTable(Struct, frozen=True):
    """The table of points; `joined` are columns whose report is one text with that of the next column.

    Of two reports the points stand in three `lists`: both tell them, only the one, only the other.
    """

    form: str
    dek: str
    letters: tuple[str, ...]
    joined: frozenset[int]
    facets: tuple[Facet, ...]
    groups: tuple[PointGroup, ...]
    lists: tuple[PointGroup, ...]
    n_several: int
    n_points: int
    has_unread: bool
    has_near: bool

    def __bool__(self) -> bool:
        """Whether there is anything to compare."""
        return len(self.facets) > 1 and self.n_points > 0


def view_coverage(context: ViewContext) -> CoverageTable:
    """The points of a collation, by how many reports tell them."""
    points = context.collation.points[:MOST_POINTS]
    form = "shares" if context.n_reports > MANY else "accounts" if context.n_reports > SEVERAL else "reports"
    columns = _columns(context, form)
    numbers = _numbers(context)
    rows = [_row(context, n, point, columns, form, numbers) for n, point in enumerate(points)]
    groups: dict[str, list[PointRow]] = defaultdict(list)
    for row in rows:
        groups[_group(row.n_reports, context.n_reports)].append(row)
    titles = [t for t in ("Told by all", "Told by most", "Told by some", "Told by one") if t in groups]
    return CoverageTable(
        form=form,
        dek=_dek(context, len(columns)),
        letters=tuple(context.letters[ids[0]] for ids in columns),
        joined=frozenset(
            n
            for n in range(len(columns) - 1)
            if form == "reports" and context.texts[columns[n][0]] == context.texts[columns[n + 1][0]]
        ),
        facets=_facets(context, points),
        groups=tuple(PointGroup(title, tuple(groups[title])) for title in titles),
        lists=_lists(context, rows) if context.n_reports == 2 else (),
        n_several=sum(row.n_reports > 1 for row in rows),
        n_points=len(rows),
        has_unread=any(state == "unread" for p in points for state in p.coverage.values()),
        has_near=any(state == "near" for p in points for state in p.coverage.values()),
    )


def _dek(context: ViewContext, n_columns: int) -> str:
    """How the points are to be read, in a sentence or two."""
    if context.n_reports == 2:
        return "Every point, by who tells it."
    example = "“3 of 5, 2 texts” means that three reports tell it, two of them in one text."
    if context.n_reports <= SEVERAL:
        return f"Every point against every report. {example}"
    n_accounts = len(context.collation.lineage.accounts)
    if context.n_reports > MANY:
        return f"For every point two bars: how many of the {n_accounts} accounts tell it, over how many of the reports."
    largest = f"the {n_columns} largest of {n_accounts} accounts" if n_accounts > n_columns else "every account"
    return f"Every point against {largest}: “12/14” is how many of its reports tell it."


def _lists(context: ViewContext, rows: list[PointRow]) -> tuple[PointGroup, ...]:
    """The points of two reports: those of both, then those of either alone."""
    one, other = sorted(context.order, key=context.order.__getitem__)
    letters = context.letters
    titles = {"3": "Both tell", "1": f"Only {letters[one]}", "2": f"Only {letters[other]}"}
    return tuple(PointGroup(title, tuple(r for r in rows if r.has == has)) for has, title in titles.items())


def _columns(context: ViewContext, form: str) -> list[list[str]]:
    """The reports of each column, in the order of their letters."""
    ids = sorted(context.order, key=context.order.__getitem__)
    if form == "reports":
        return [[article] for article in ids]
    by_account: dict[int, list[str]] = defaultdict(list)
    for article in ids:
        by_account[context.accounts[article]].append(article)
    return sorted(by_account.values(), key=lambda group: (-len(group), context.order[group[0]]))[:MOST_COLUMNS]


def _group(n_telling: int, n_reports: int) -> str:
    if n_telling == n_reports:
        return "Told by all"
    if n_telling * 2 > n_reports > 2:
        return "Told by most"
    return "Told by some" if n_telling > 1 else "Told by one"


def _numbers(context: ViewContext) -> dict[str, list[tuple[int, set[str]]]]:
    """The differences that name a point among their rows: their numbers, and the reports on their sides."""
    found: dict[str, list[tuple[int, set[str]]]] = defaultdict(list)
    for number, difference in enumerate(ranked(context), start=1):
        for row in difference.rows:
            found[row].append((number, {r.article for r in difference.readings}))
    return found


def point_label(context: ViewContext, point: Point) -> tuple[str, bool]:
    """The point's label, or the shortest of its readings, to be put in quotation marks."""
    if point.label:
        return begun(context.words.cut(point.label)), False
    shortest = min(point.readings, key=lambda r: (r.end - r.start, context.order[r.article], r.start))
    text = context.articles[shortest.article].text[shortest.start : shortest.end]
    return context.words.evidence(" ".join(text.split())), True


def _row(
    context: ViewContext,
    order: int,
    point: Point,
    columns: list[list[str]],
    form: str,
    numbers: dict[str, list[tuple[int, set[str]]]],
) -> PointRow:
    label, quoted = point_label(context, point)
    telling = {r.article for r in point.readings}
    n_accounts = len({context.accounts[a] for a in telling})
    return PointRow(
        id=point.id,
        label=label,
        quoted=quoted,
        cells=() if form == "shares" else tuple(_cell(context, point, ids, numbers[point.id]) for ids in columns),
        cites=cite(context, point.readings),
        extent=say_share(context, point.readings),
        n_reports=len(telling),
        order=order,
        accounts=round(100 * n_accounts / max(1, len(context.collation.lineage.accounts)), 1),
        reports=round(100 * len(telling) / context.n_reports, 1),
        has=_bits(context, telling),
        lacks=_bits(context, _lacking(point, telling)),
    )


def _bits(context: ViewContext, articles: Iterable[str]) -> str:
    return f"{sum(1 << context.order[a] for a in articles):x}"


def _lacking(point: Point, telling: set[str]) -> set[str]:
    """Who leaves a point out that two or more others tell; what was not read to the end leaves nothing out."""
    silent = {a for a, state in point.coverage.items() if state in ("silent", "near")}
    return silent - telling if len(telling) > 1 else set()


def _cell(context: ViewContext, point: Point, ids: list[str], numbers: list[tuple[int, set[str]]]) -> CoverageCell:
    states = [point.coverage.get(a, "silent") for a in ids]
    state: State = next((s for s in _STRONGEST if s in states), "silent")
    own = [r for r in (*point.readings, *point.near) if r.article in ids]
    number = next((n for n, among in numbers if among & set(ids)), None) if state == "contradicts" else None
    n_telling = len({r.article for r in point.readings if r.article in ids})
    told = f"{n_telling}/{len(ids)}" if len(ids) > 1 and n_telling else ""
    return CoverageCell(context.letters[ids[0]], state, cite(context, own) if own else NOTHING, number, told)


_STRONGEST: tuple[State, ...] = ("reports", "contradicts", "near", "unread", "silent")


def _facets(context: ViewContext, points: Iterable[Point]) -> tuple[Facet, ...]:
    """For each report three numbers; what was not read to the end leaves nothing out."""
    cards = sorted(context.collation.articles, key=lambda card: context.order[card.id])
    tells, lacks, alone = (
        dict.fromkeys(context.order, 0),
        dict.fromkeys(context.order, 0),
        dict.fromkeys(context.order, 0),
    )
    for point in points:
        telling = {r.article for r in point.readings}
        lacking = _lacking(point, telling)
        for article in context.order:
            tells[article] += article in telling
            alone[article] += telling == {article}
            lacks[article] += article in lacking
    return tuple(
        Facet(card.letter, card.source or card.id, tells[card.id], lacks[card.id], alone[card.id]) for card in cards
    )
