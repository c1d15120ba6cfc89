"""What is shown of a collation, and which places it cites."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from rashomon.model import Account, Article, Collation, Family, FigureValue, Intake, Origin
from rashomon.read.plain import build_article
from rashomon.report.view import View, view_collation
from rashomon.report.view.cites import Cites, cite, open_context
from rashomon.report.view.days import say_short
from rashomon.report.view.figures import Axis
from rashomon.report.view.words import Words, first_words, split_stop, unquoted
from rashomon.run import collate_articles
from rashomon.text.words import fold_text

Example = tuple[Collation, tuple[Article, ...]]


@pytest.fixture(scope="module")
def view(example: Example) -> View:
    """The view of the example story."""
    return view_collation(*example)


def cites_in(value: Any) -> Iterator[Cites]:
    """All letters that stand anywhere in some view data."""
    if isinstance(value, Cites):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from cites_in(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from cites_in(one)


def test_letters_stand_once_and_in_order(view: View) -> None:
    """A statement has each letter once, in the order of the letters, those of one text in one group."""
    found = list(cites_in(view))
    assert found
    for cites in found:
        letters = [mark.letter for group in cites.groups for mark in group]
        assert letters == sorted(set(letters))
        assert all("".join(m.letter for m in group) == "BC" for group in cites.groups if len(group) > 1)


def test_places_lead_to_their_paragraph(view: View) -> None:
    """The number of a place's paragraph is that of the paragraph it begins in."""
    texts = {report.letter: report for report in view.reports}
    for cites in cites_in(view):
        for group in cites.groups:
            for mark in group:
                for spot in mark.spots:
                    paragraph = texts[mark.letter].paragraphs[spot.paragraph - 1]
                    assert paragraph.start <= spot.start < paragraph.start + len(paragraph.text)


def test_the_title_is_the_last_place(example: Example) -> None:
    """A report's title is not the first place that is shown, where it has another."""
    collation, articles = example
    context = open_context(collation, articles, None)
    n_titled = 0
    for point in collation.points:
        for group in cite(context, point.readings).groups:
            for mark in group:
                title = next(a for a in articles if context.letters[a.id] == mark.letter).title_span
                if title and len(mark.spots) > 1 and any(s.start < title.end for s in mark.spots):
                    n_titled += 1
                    assert mark.spots[0].start >= title.end
    assert n_titled


def test_numbers_of_the_coverage_count_its_rows(view: View) -> None:
    """What a report tells, leaves out and has alone is what its bits in the rows say; who is unread leaves nothing out."""
    rows = [row for group in view.coverage.groups for row in group.rows]
    for n, facet in enumerate(view.coverage.facets):
        has = [row for row in rows if int(row.has, 16) >> n & 1]
        assert facet.tells == len(has)
        assert facet.alone == sum(row.n_reports == 1 for row in has)
        assert facet.lacks == sum(int(row.lacks, 16) >> n & 1 for row in rows)
        assert not any(int(row.has, 16) & int(row.lacks, 16) for row in rows)


def test_differences_are_numbered_as_they_stand(view: View) -> None:
    """Numbers run on over open, smaller and fitting ones, and a paragraph's margin names only those that part."""
    found = view.differences
    rows = (*found.open, *found.smaller, *found.fitting)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    named = {n for report in view.reports for p in report.paragraphs for n in p.differences}
    assert named
    assert named <= {row.number for row in (*found.open, *found.smaller)}


def test_every_letter_of_a_side_has_evidence_or_stands_likewise(view: View) -> None:
    """No letter of a side is lost, and evidence is at most twenty words."""
    for row in (*view.differences.open, *view.differences.smaller):
        for side in row.sides:
            shown = {m.letter for e in side.evidence for g in e.cites.groups for m in g}
            shown |= {m.letter for g in side.likewise.groups for m in g}
            assert shown == {m.letter for g in side.cites.groups for m in g}
            assert all(len(e.words.removesuffix(" …").split()) <= 20 for e in side.evidence)


def test_the_sentence_on_the_whole_names_topics_that_can_follow(example: Example) -> None:
    """A question stands behind "they part on", in small letters; a topic that is a clause of its own does not."""
    collation, articles = example
    first, second, *_ = (d for d in collation.differences if not d.fits and d.kind != "wording")
    told = (replace(first, topic="How many ferries sank"), replace(second, topic="Ada Weir came to the quay"))
    view = view_collation(replace(collation, differences=told), articles)
    assert view.masthead.standfirst.endswith(". They part on how many ferries sank.")


def test_a_wording_tells_what_it_changes(view: View) -> None:
    """The first row of a remark's wordings is the base, and each further one says what it changes of it."""
    tables = [r.wordings for s in view.quotes.speakers for r in s.full if r.wordings]
    assert tables
    for base, *others in tables:
        assert not base.changes
        assert all(wording.changes for wording in others)


def test_a_wording_is_told_whole_where_that_is_shorter(view: View) -> None:
    """What a wording changes is told in no more words than it has itself; a far longer base would make a list of losses."""
    wordings = [w for s in view.quotes.speakers for r in s.full for w in r.wordings[1:]]
    assert any(w.words for w in wordings)
    assert any(not w.words for w in wordings)
    for wording in wordings:
        n_told = sum(len(f"{words} {change}".split()) for words, change in wording.changes)
        assert not wording.words or len(wording.words.split()) < n_told


def taken(articles: list[Article]) -> Intake:
    """An intake of some articles."""
    return Intake(articles=tuple(articles), rejects=())


def renumbered(example: Example, copies: int) -> Example:
    """The example with every report several times over: copies of one report are one account."""
    texts = [article.text for article in example[1]]
    articles = tuple(
        build_article(id=f"r{n:03}{k}", path=f"{n}{k}.txt", text=text, language="en")
        for n, text in enumerate(texts)
        for k in range(copies)
    )
    first = [article for article in articles if article.id.endswith("0")]
    collation, _ = collate_articles(taken(first))
    cards = []
    for card in collation.articles:
        number = "ABCDE".index(card.letter)
        cards += [
            replace(card, id=f"{card.id[:-1]}{k}", letter="ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number * copies + k])
            for k in range(copies)
        ]
    groups = tuple(tuple(f"{a.id[:-1]}{k}" for k in range(copies)) for a in first)
    families = tuple(
        Family(articles=group, origin=Origin(kind="unknown", name=None, text=""), reasons=()) for group in groups
    )
    accounts = tuple(Account(articles=group, grade="one text") for group in groups)
    points = tuple(
        replace(
            point,
            readings=tuple(replace(r, article=f"{r.article[:-1]}{k}") for r in point.readings for k in range(copies)),
            near=(),
            coverage={f"{article[:-1]}{k}": state for article, state in point.coverage.items() for k in range(copies)},
        )
        for point in collation.points
    )
    lineage = replace(collation.lineage, families=families, accounts=accounts, independent=len(groups))
    return replace(collation, articles=tuple(cards), lineage=lineage, points=points), articles


def test_many_reports_are_told_by_account(example: Example) -> None:
    """Of more than twelve reports a letter stands for its account, and the coverage has a column an account."""
    collation, articles = renumbered(example, 4)
    view = view_collation(collation, articles)
    assert view.coverage.form == "accounts"
    assert len(view.coverage.letters) == 5
    row = next(row for group in view.coverage.groups for row in group.rows if row.n_reports == 20)
    assert [(g[0].letter, g[0].n_reports) for g in row.cites.groups] == [(letter, 4) for letter in "AEIMQ"]
    assert all(cell.told == "4/4" for cell in row.cells)
    assert row.extent == "20 of 20, 5 texts"


@pytest.mark.parametrize("n", [1, 2])
def test_few_reports_are_not_compared_by_a_table(example: Example, n: int) -> None:
    """One report has no section that compares, two have three lists."""
    chosen = list(example[1])[:n]
    view = view_collation(*collate_articles(taken(chosen)))
    names = {name for name, _, _ in view.sections}
    assert ("coverage" in names) == (n == 2)
    assert not names & {"differences", "shared"} or n == 2
    if n == 2:
        assert [g.title for g in view.coverage.lists] == ["Both tell", "Only A", "Only B"]
        assert sum(len(g.rows) for g in view.coverage.lists) == view.coverage.n_points
    else:
        assert all(not group.title for group in view.brief)


def test_no_report_is_no_error() -> None:
    """Of nothing there is a page that says so."""
    view = view_collation(*collate_articles(taken([])))
    assert view.masthead.title == "No report could be read"
    assert view.sections == ()


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2026-02-18", "2026-02-18", "18 Feb"),
        ("2026-02-18", "2026-02-20", "18 to 20 Feb"),
        ("2026-02-18", "2026-03-02", "18 Feb to 2 Mar"),
        ("2025-05-01", "2025-05-31", "May 2025"),
        ("2026-03-01", "2026-03-31", "March"),
        ("2019-01-01", "2019-12-31", "2019"),
    ],
)
def test_days_are_told_shortly(first: str, last: str, told: str) -> None:
    """Months have three letters beside a day, years only where they are not the story's."""
    assert say_short(first, last, 2026) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("“We will go,”", "We will go"),
        ('"We will go', "We will go"),
        ("“We need “real” help”", "We need ‘real’ help"),
        ('"We told them," said Strand.', "‘We told them,’ said Strand."),
        ("called it “dead”", "called it ‘dead’"),
        ("plain", "plain"),
    ],
)
def test_quoted_words_bring_no_marks_of_their_own(words: str, told: str) -> None:
    """Marks around the words go, marks inside become single ones."""
    assert unquoted(words) == told


def test_cut_words_are_kept() -> None:
    """What is cut to a snippet is remembered; in a line with others words get their part of it."""
    words = Words({}, 4)
    assert words.cut("one two three four five") == first_words("one two three four five", 4)
    assert words.cut_part("one two three", 2) == "one two …"
    assert words.cuts == {"one two three four five", "one two three"}


@pytest.mark.parametrize(
    ("numbers", "is_open", "ticks", "is_log"),
    [
        ([12, 14], False, ["12", "13", "14"], False),
        ([5, 6], False, ["0", "2", "4", "6"], False),
        ([3, 900_000], False, None, True),
        ([0, 0], False, ["0", "1"], False),
        ([-5, 5], False, None, False),
        ([1e30, 2e30], True, None, False),
    ],
)
def test_an_axis_has_two_to_five_round_numbers(
    numbers: list[float], is_open: bool, ticks: list[str] | None, is_log: bool
) -> None:
    """From zero where numbers are small, in powers of ten where they are far apart; every number stands on it."""
    axis = Axis(numbers, is_open=is_open)
    found = axis.ticks()
    assert axis.is_log == is_log
    assert 2 <= len(found) <= 5
    assert all(0 <= axis.place(number) <= 100 for number in numbers)
    if ticks:
        assert [tick.label for tick in found] == ticks


def test_a_value_has_the_reports_own_expression(example: Example, view: View) -> None:
    """An exact number is written in figures, a bound as the report has it; each value of a figure stands once."""
    values = {figure.id: figure.values for figure in example[0].figures}
    for row in view.figures.rows:
        assert len(row.values) == len(values[row.id])
        for shown, value in zip(row.values, values[row.id], strict=True):
            assert isinstance(value, FigureValue)
            assert (shown.form == "from") == (value.high is None)


def test_reports_of_one_text_on_a_side_are_named(view: View) -> None:
    """Under a difference stands which letters of a side are one text."""
    assert any("B and C are one text." in row.note for row in view.differences.open)


def test_a_side_headed_by_a_quotation_does_not_repeat_it(view: View) -> None:
    """What stands in the head of a side is no evidence under it."""
    rows = (*view.differences.open, *view.differences.smaller)
    quoted = [side for row in rows for side in row.sides if side.says.startswith("“")]
    assert quoted
    for side in quoted:
        assert not any(fold_text(e.words) in fold_text(side.says) for e in side.evidence)


def test_forms_that_differ_in_capitals_are_one(example: Example) -> None:
    """A description written with another apostrophe or capital is the same description."""
    collation, articles = example
    name = next(n for n in collation.names if n.descriptions)
    first = name.descriptions[0]
    other = replace(first, text=first.text.upper())
    changed = replace(collation, names=(replace(name, descriptions=(first, other, *name.descriptions[1:])),))
    [row] = view_collation(changed, articles).names.rows
    assert [d.text for d in row.descriptions] == [d.text for d in name.descriptions]


@pytest.mark.parametrize(
    ("content", "condition", "told"),
    [
        ("to return to work once the cranes were inspected", "once all the cranes were inspected", ""),
        ("to return to work", "once the cranes were inspected", "once the cranes were inspected"),
    ],
)
def test_a_condition_is_told_once(example: Example, content: str, condition: str, told: str) -> None:
    """A condition that the content tells is not told again."""
    collation, articles = example
    position = replace(collation.positions[0], content=content, condition=condition)
    found = view_collation(replace(collation, positions=(position,)), articles).positions
    assert [row.condition for row in (*found.rows, *found.folded)] == [told]


@pytest.mark.parametrize(
    ("words", "head", "stop"),
    [
        ("The quay is shut.", "The quay is shut", "."),
        ("The quay is shut", "The quay is shut", ""),
        ("It fell at 2 p.m.", "It fell at 2 p.m.", ""),
        ("It fell at 2 p.m..", "It fell at 2 p.m.", "."),
        (", according to the guard,", ", according to the guard", ","),
    ],
)
def test_a_mark_at_the_end_stands_behind_letters(words: str, head: str, stop: str) -> None:
    """The mark that ends words is parted from them, that of an abbreviation is not."""
    assert split_stop(words) == (head, stop)


def test_evidence_is_not_cut_at_an_abbreviation() -> None:
    """Few words are shown with what stands around them in their sentence, which "St." does not end."""
    lines = [f"The ferry sank off St. Orm, and {n} people were killed. Divers found nobody." for n in (12, 14)]
    articles = [
        build_article(id=f"r{n}", path=f"r{n}", text=text, published="2026-04-15", language="en")
        for n, text in enumerate(lines)
    ]
    view = view_collation(*collate_articles(taken(articles)))
    words = [
        e.words for row in (*view.differences.open, *view.differences.smaller) for s in row.sides for e in s.evidence
    ]
    assert words
    assert all(told.startswith("The ferry sank off St. Orm") for told in words)


def test_reports_with_little_in_common_draw_on_one_text(example: Example) -> None:
    """Reports of a family are one text only where most of one stands in another."""
    collation, articles = example
    [line] = [s.text for s in view_collation(collation, articles).shared.sentences if "one text" in s.text]
    assert line.startswith("B and C are one text: 84%")
    both = {"gazette", "herald"}
    kept = [p for p in collation.lineage.passages if {r.article for r in p.readings} >= both and not p.speech][:1]
    thin = replace(collation, lineage=replace(collation.lineage, passages=tuple(kept)))
    [line] = [s.text for s in view_collation(thin, articles).shared.sentences if "one text" in s.text]
    assert line.startswith("B and C draw on one text: ")
