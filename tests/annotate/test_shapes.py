"""Words that stand without a verb that reports them: headlines, posts, turns, signatures; and times at an end."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.read.plain import build_article

HEAD = "Harbour Minister Ilsa Brandvik came to the quay on Tuesday."
SAID_AFTER = "Nobody should stand on it this week."


@pytest.mark.parametrize(
    ("text", "content", "manner"),
    [
        (f"Brandvik: “The quay is safe for everyone”\n\n{HEAD}", "The quay is safe for everyone", "direct"),
        (f"Brandvik ‘ready to go’ for harbour talks\n\n{HEAD}", "‘ready to go’ for harbour talks", "mixed"),
        (f"Brandvik Sees ‘Progress Made’ in Talks\n\n{HEAD}", "‘Progress Made’ in Talks", "mixed"),
        (f"Brandvik open to talks with the union\n\n{HEAD}", "open to talks with the union", "indirect"),
        (
            f"{HEAD}\n\nThe quay is closed for a week. https://post.example/1\n\n— Ilsa Brandvik (@brandvik)",
            "The quay is closed for a week.",
            "direct",
        ),
        (
            f"{HEAD}\n\nThe quay is closed for a week. — Minister Ilsa Brandvik (@brandvik) May 2",
            "The quay is closed for a week.",
            "direct",
        ),
        (f"{HEAD}\n\n“{SAID_AFTER}”\n\nIlsa Brandvik, minister of harbours", SAID_AFTER, "direct"),
        (f"{HEAD}\n\n“The quay will open again soon.” — Ilsa Brandvik", "The quay will open again soon.", "direct"),
        (f"{HEAD}\n\nBrandvik was blunt. “{SAID_AFTER}”", SAID_AFTER, "direct"),
        (f"{HEAD}\n\nBrandvik told the reporters at the quay:\n\n“{SAID_AFTER}”", SAID_AFTER, "direct"),
    ],
)
def test_words_without_a_cue_are_somebodys(text: str, content: str, manner: str) -> None:
    """A headline's colon or mark, a post's handle, a signature, and who was announced before."""
    [found] = annotate([build_article(id="a", path="a", text=text, language="en")])
    [quote] = found.quotes
    assert [text[s.start : s.end] for s in quote.content] == [content]
    assert (quote.manner, quote.speaker_name) == (manner, "Ilsa Brandvik")


def test_a_post_is_set_off_once_more() -> None:
    """A paragraph that repeats what was quoted is its speaker's; a few words may be anybody's."""
    words = "Nobody should stand on the old quay this week, or near it."
    text = f"{HEAD}\n\n“{words} Stay safe,” Brandvik wrote.\n\n{words}\n\nStay safe"
    [found] = annotate([build_article(id="a", path="a", text=text, language="en")])
    assert [(q.manner, q.speaker_name) for q in found.quotes] == [("direct", "Ilsa Brandvik")] * 2
    assert text[found.quotes[1].content[0].start : found.quotes[1].content[0].end] == words


def test_the_turns_of_an_interview() -> None:
    """Each is all said by whose name stands before it, once there are two."""
    text = "BRANDVIK: The quay is safe.\n\nWEIR: Who said so?\n\nBRANDVIK: I did."
    [found] = annotate([build_article(id="a", path="a", text=text, language="en")])
    assert [q.speaker_name for q in found.quotes] == ["BRANDVIK", "WEIR", "BRANDVIK"]
    assert [text[q.content[0].start : q.content[-1].end] for q in found.quotes] == [
        "The quay is safe", "Who said so?", "I did",
    ]  # fmt: skip


def test_one_name_with_a_colon_is_no_interview() -> None:
    """A label in capitals says nothing."""
    [found] = annotate([build_article(id="a", path="a", text=f"{HEAD}\n\nNOTE: The quay is shut.", language="en")])
    assert found.quotes == ()


@pytest.mark.parametrize(
    ("text", "words", "value", "last", "undated"),
    [
        ("It will close by year's end.", "year's end", "2025", "2025-12-31", None),
        ("It will close at the end of the month.", "the end of the month", "2025-02", "2025-02-28", None),
        ("It will close by the end of the decade.", "the end of the decade", "202", "2029-12-31", None),
        ("It will close at the end of the century.", "the end of the century", "20", None, None),
        ("It shut in the first half of 2024.", "the first half of 2024", "2024-H1", "2024-06-30", "2024-H1"),
        ("It was shut in 1950-53.", "1950-53", "1950/1953", "1953-12-31", "1950/1953"),
        ("It was shut between February and May.", "between February and May", "2024-02/2024-05", "2024-05-31", "XXXX-02"),
        ("They may meet in May or early June.", "May or early June", "2025-05/2025-06", "2025-06-10", "XXXX-05"),
        ("It was open in the past week.", "the past week", "P1W", "2025-02-19", "P1W"),
        ("It was the best week of the year.", "the year", "2025", "2025-12-31", None),
    ],
)  # fmt: skip
def test_times_at_an_end(text: str, words: str, value: str, last: str | None, undated: str | None) -> None:
    """Ends, halves and stretches of months and years, told on 19 February 2025 and on no day."""
    dated, bare = annotate(
        build_article(id=i, path=i, text=text, language="en", published=day)
        for i, day in (("a", "2025-02-19"), ("b", None))
    )
    [time] = dated.times
    assert (text[time.start : time.end], time.value, time.last) == (words, value, last)
    assert [t.value for t in bare.times][:1] == ([undated] if undated else [])
