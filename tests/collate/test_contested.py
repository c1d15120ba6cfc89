"""Labels without the numbers in which reports differ."""

from __future__ import annotations

import pytest

from rashomon.collate.contested import without_numbers
from rashomon.collate.material import Material
from rashomon.model import Reading
from rashomon.read.plain import build_article


def told_without(words: str, *numbers: str) -> str | None:
    """A label that is all of a report, without some numbers in it."""
    article = build_article(id="a", path="a", text=words, published="2025-10-14", language="en")
    places = [words.index(number) for number in numbers]
    readings = [Reading(article="a", start=at, end=at + len(n)) for at, n in zip(places, numbers, strict=True)]
    return without_numbers(Material([article], []), words, readings)


@pytest.mark.parametrize(
    ("words", "numbers", "left"),
    [
        ("At least five people were killed in the port", ["At least five"], "People were killed in the port"),
        ("A crane killed five dockers and hurt 20 women", ["five", "20"], "A crane killed dockers and hurt women"),
        ("Five night workers died in the port", ["Five"], "Night workers died in the port"),
        ("The port was closed", [], "The port was closed"),
    ],
)
def test_of_several_things_it_can_be_told_without_how_many_they_were(words: str, numbers: list[str], left: str) -> None:
    """Whatever the number is of is still named."""
    assert told_without(words, *numbers) == left


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Five of the dockers were killed", "Five"),
        ("The five dockers were killed", "five"),
        ("One docker was killed", "One"),
        ("A 23-year-old docker was killed", "23"),
        ("The crane fell five minutes later", "five"),
        ("The two ships came within 100 feet of each other", "100"),
        ("The board voted 5 to 2 to close the port", "5"),
        ("The mayor called the two dockers", "two"),
    ],
)
def test_where_more_hangs_on_a_number_there_is_no_such_label(words: str, number: str) -> None:
    """It is bound to the words around it, is of one thing, or measures something."""
    assert told_without(words, number) is None
