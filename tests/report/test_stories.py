"""Lists for a terminal: what each row says, what is said when there is none, and what a terminal must not obey."""

from __future__ import annotations

from rashomon.model import (
    Article,
    Grouping,
    Hit,
    Link,
    NumberedCorrection,
    Replacement,
    Story,
    StoryRow,
    VersionChange,
)
from rashomon.report import stories

ROW = StoryRow("s1", "Harbour shut", "2026-04-14", "2026-04-15T09:00:00", 5, 4, 3, 2)
BARE = StoryRow("s2", None, None, None, 2, 1, None)
ARTICLES = [
    Article(id="a1", path="a.txt", sha256="", text="The quay.", source="Courier", title="Shut", published="2026-04-14"),
    Article(id="a2", path="b.txt", sha256="", text="The crane fell onto the quay. " * 9),
]
LINK = Link(left="a1", right="a2", score=0.912, reasons=("same names: Tessmar", "same \x1b[31mnumbers: 12"))
STORY = Story(id="s1", article_ids=("a1", "a2"), links=(LINK,))
CHANGE = VersionChange(
    before="v1",
    after="v2",
    published="2026-04-15",
    words=(Replacement(before="12", after="13"), Replacement(before=None, after="again")),
    quotes=(Replacement(before="Weir: No", after=None),),
    figures=(),
)


def test_stories() -> None:
    """Id, last day, reports, sources, superseded versions and differences where there are any counted, title."""
    first, second = stories.render_stories([ROW, BARE], 120).splitlines()
    assert first == "s1  2026-04-15  5 reports of 4 sources, 2 superseded, 3 differences: Harbour shut"
    assert second == "s2  ?  2 reports of 1 sources: untitled"
    assert stories.render_stories([]).startswith("no stories yet")
    assert stories.story_lines([ROW, BARE]) == (
        "s1\t2026-04-15T09:00:00\t5\t2\t4\t3\tHarbour shut\ns2\t\t2\t0\t1\t\t\n"
    )


def test_hits() -> None:
    """The story, the day, who reports, and the quote that fits; the article's id where its source is unknown."""
    hits = [
        Hit("a1", "s1", "Courier", "2026-04-14", "Shut", "No one slept"),
        Hit("a2", None, None, None, None, None, superseded=True),
    ]
    first, second = stories.render_hits(hits).splitlines()
    assert first == "s1             2026-04-14  Courier: Shut — “No one slept”"
    assert second == "-              ?  a2: untitled (superseded)"
    assert stories.render_hits([]) == "nothing found\n"
    assert stories.hit_lines(hits) == "s1\t2026-04-14\ta1\t\tCourier\tShut\tNo one slept\n\t\ta2\tsuperseded\t\t\t\n"


def test_changes() -> None:
    """Words, quotes and figures under their titles, what went with - and what came with +."""
    told = stories.render_changes([CHANGE])
    assert "version 2  2026-04-15" in told
    assert "words" in told
    assert "figures" not in told
    assert [line[0] for line in told.splitlines() if line[:1] in "+-" and line] == ["-", "+", "+", "-"]
    assert stories.render_changes([]).startswith("one version only")
    assert stories.change_lines([CHANGE]) == (
        "2\twords\t-\t12\n2\twords\t+\t13\n2\twords\t+\tagain\n2\tquotes\t-\tWeir: No\n"
    )


def test_a_story_with_its_links() -> None:
    """Its reports and, for each tie, how likely it is and why; codes for a terminal are blanks."""
    told = stories.render_story(STORY, ARTICLES, 200)
    assert told.splitlines()[0] == "s1  2 reports"
    assert "2026-04-14 a1  Courier: Shut" in told
    assert "? a2  a2: The crane fell" in told
    assert "a1 – a2 (0.91): same names: Tessmar; same  [31mnumbers: 12" in told
    assert "\x1b" not in told
    assert "\x1b" in stories.render_story(STORY, ARTICLES, 200, color=True)


def test_a_grouping() -> None:
    """Stories of several reports are told, those of one are counted."""
    alone = Story(id="s2", article_ids=("a3",), links=())
    told = stories.render_grouping(Grouping(stories=(STORY, alone), skipped=()), ARTICLES)
    assert "s1  2 reports" in told
    assert "s2" not in told
    assert told.endswith("1 stories of several reports, 1 of one\n")


def test_corrections() -> None:
    """Number, what was done, to which articles."""
    rows = [
        NumberedCorrection(number=1, kind="split", articles=("a1",)),
        NumberedCorrection(number=4, kind="pin", articles=("a1", "a2")),
    ]
    assert stories.render_corrections(rows).splitlines() == ["1  split a1", "4  pin a1 a2"]
    assert stories.render_corrections([]) == "no corrections\n"
    assert stories.correction_lines(rows) == "1\tsplit\ta1\t\n4\tpin\ta1 a2\t\n"
