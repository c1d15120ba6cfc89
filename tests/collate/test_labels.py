"""What an aligned figure counts, in a report's words."""

import pytest

from rashomon.collate.labels import best_label, label_of
from rashomon.model import Span


@pytest.mark.parametrize(
    ("text", "figure", "unit", "label"),
    [
        ("Police said 40 men of the crew had left.", "40", "man", "men of the crew had left"),
        ("It killed 40 men.", "40", "man", "killed … men"),
        ("It lasted three days.", "three days", "day", "lasted … days"),
        ("They sank 12, the navy said.", "12", None, "sank"),
        ("The 300 U.S. guards stationed here, it said, left.", "300", "U.S. guard", "U.S. guards stationed"),
        ("On May 3 that ship lost 12 sailors overnight.", "12", "sailor", "ship lost … sailors overnight"),
        ("12.", "12", None, ""),
    ],
)
def test_a_label_is_the_clause_around_the_number(text: str, figure: str, unit: str | None, label: str) -> None:
    """Words after the number; those before it too where few come after."""
    at = text.index(figure)
    assert label_of(text, Span(0, len(text)), Span(at, at + len(figure)), unit) == label


def test_the_best_label_is_whole_and_fits() -> None:
    """A label in one piece is better than one with a gap."""
    assert best_label(["", "killed … men", "men", "men of the crew had left the burning ship"]) == (
        "men of the crew had left the burning ship"
    )
    assert best_label(["", ""]) == ""
