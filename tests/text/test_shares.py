"""How much of one text stands in another."""

from __future__ import annotations

import pytest

from rashomon.model import Passage, Reading
from rashomon.text.shares import find_shares, share_quotations, share_text

SIZES = {"a": 100, "b": 50, "c": 200}


def passage(*readings: tuple[str, int, int], quoted: float = 0.0, speech: bool = False) -> Passage:
    """A passage of some readings."""
    places = tuple(Reading(article=article, start=start, end=end) for article, start, end in readings)
    return Passage(id="p", degree="verbatim", speech=speech, quoted=quoted, readings=places)


@pytest.mark.parametrize(
    ("passages", "shares"),
    [
        ([], {}),
        ([passage(("a", 0, 20), ("b", 0, 25))], {("a", "b"): 0.2, ("b", "a"): 0.5}),
        # what stands in two passages counts once
        (
            [passage(("a", 0, 20), ("b", 0, 20)), passage(("a", 10, 40), ("b", 10, 40))],
            {("a", "b"): 0.4, ("b", "a"): 0.8},
        ),
        # half of it is only quoted
        ([passage(("a", 0, 20), ("b", 0, 20), quoted=0.5)], {("a", "b"): 0.1, ("b", "a"): 0.2}),
        ([passage(("a", 0, 20), ("b", 0, 20), speech=True)], {}),
        # each pair by what it has in common
        (
            [passage(("a", 0, 10), ("b", 0, 10), ("c", 0, 10)), passage(("a", 50, 60), ("c", 50, 60))],
            {
                ("a", "b"): 0.1,
                ("a", "c"): 0.2,
                ("b", "a"): 0.2,
                ("b", "c"): 0.2,
                ("c", "a"): 0.1,
                ("c", "b"): 0.05,
            },
        ),
    ],
)
def test_shares(passages: list[Passage], shares: dict[tuple[str, str], float]) -> None:
    """The share of the one that stands in the other, speech left out."""
    assert share_text(passages, SIZES) == pytest.approx(shares)


def test_sources_and_ties() -> None:
    """Who has most of an article comes first, the later of two who have as much; of ties the strongest."""
    shares = find_shares(
        [passage(("a", 0, 10), ("b", 0, 10), ("c", 0, 10)), passage(("a", 50, 60), ("d", 50, 60))], {**SIZES, "d": 100}
    )
    assert shares.sources("a") == ["d", "c", "b"]
    assert shares.sources("e") == []
    assert shares.of("a", "e") == 0
    assert [tie for tie in shares.ties() if tie[0] == "a"] == [("a", "b", 0.2), ("a", "c", 0.1), ("a", "d", 0.1)]


def test_shares_of_quotations() -> None:
    """The share of what the one quotes that the other quotes too."""
    both = [
        passage(("a", 0, 20), ("b", 0, 20), quoted=0.5),
        passage(("a", 40, 60), ("b", 30, 50), quoted=1.0, speech=True),
    ]
    assert share_quotations(both, SIZES) == pytest.approx({("a", "b"): 0.3, ("b", "a"): 0.6})
