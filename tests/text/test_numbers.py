from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.text.numbers import find_numbers

CASES = [
    ("more than 200 drones", "more than 200", 200, None, ">"),
    ("at least one person", "at least one", 1, None, ">"),
    ("up to 50 people", "up to 50", None, 50, "<"),
    ("about 30 houses", "about 30", 30, 30, "~"),
    ("an estimated 1.2 million people", "an estimated 1.2 million", 1_200_000, 1_200_000, "~"),
    ("the remaining 10", "the remaining 10", 10, 10, "="),
    ("Twenty boats", "Twenty", 20, 20, "="),
    ("two hundred and fifty thousand crowns", "two hundred and fifty thousand", 250_000, 250_000, "="),
    ("a dozen eggs", "a dozen", 12, 12, "="),
    ("12.8–13.0 degrees", "12.8–13.0", 12.8, 13.0, "="),
    ("50 to 60 people", "50 to 60", 50, 60, "="),
    ("between five and six ships", "five and six", 5, 6, "="),
    ("$5.5bn of debt", "$5.5bn", 5.5e9, 5.5e9, "="),
    ("A$3.2m in fines", "A$3.2m", 3.2e6, 3.2e6, "="),
    ("4.2m talers", "4.2m", 4.2e6, 4.2e6, "="),
    ("€6m below target", "€6m", 6e6, 6e6, "="),
    ("some 620m underground", "some 620", 620.0, 620.0, "~"),
    ("tens of thousands marched", "tens of thousands", 20_000, None, ">"),
    ("hundreds of billions of dollars", "hundreds of billions", 2e11, None, ">"),
    ("a MULTI-BILLION-CROWN plan", "MULTI-BILLION", 2e9, None, ">"),
    ("between $US160 million and $US171 million", "$US160 million and $US171 million", 1.6e8, 1.71e8, "="),
    ("USD10m in fines", "USD10m", 1e7, 1e7, "="),
    ("minus 12 degrees", "minus 12", -12, -12, "="),
    ("four to five thousand people", "four to five thousand", 4000, 5000, "="),
    ("1/2 pound of flour", "1/2", 0.5, 0.5, "="),
    ("1.5×10^3 kilograms", "1.5×10^3", 1500, 1500, "="),
    ("5x10^999 drops", "5", 5, 5, "="),
    ("five per cent to 20 per cent", "five per cent to 20", 5, 20, "="),
    ("0.7 percent to 6,327.80", "0.7", 0.7, 0.7, "="),
    ("~25 minutes", "~25", 25, 25, "~"),
    ("30 or so guests", "30 or so", 30, 30, "~"),
    ("1,234,567 votes", "1,234,567", 1_234_567, 1_234_567, "="),
    ("nearly 500 guests", "nearly 500", None, 500, "~"),
    ("rose by 43.6 billion to 419.2 billion", "43.6 billion", 43.6e9, 43.6e9, "="),
    ("fell by 1 to 1.5 degrees", "1 to 1.5", 1, 1.5, "="),
    ("going from 0-to-60 there", "0-to-60", 0, 60, "="),
    ("two and a half million", "two and a half million", 2.5e6, 2.5e6, "="),
    ("half a million", "half a million", 5e5, 5e5, "="),
    ("S $1mil", "S $1mil", 1e6, 1e6, "="),
    ("plus or minus 3.4 points", "3.4", 3.4, 3.4, "="),
    ("two in 2019", "two", 2, 2, "="),
]


@pytest.mark.parametrize(("text", "words", "low", "high", "bound"), CASES)
def test_numbers_are_read_with_their_bounds(
    text: str, words: str, low: float | None, high: float | None, bound: str
) -> None:
    """A number is an interval: an open end is null."""
    number = find_numbers(text)[0]
    assert (text[number.start : number.end], number.low, number.high, number.bound) == (words, low, high, bound)


def test_a_range_keeps_two_currencies_apart() -> None:
    """Seven percent and two billion dollars are two numbers, though "to" stands between them."""
    assert [n.value for n in find_numbers("fell 7% to $2.3 billion")] == [7, 2.3e9]


@given(st.text(alphabet="0123456789,.- %$€tohundremilbn ", max_size=40))
def test_no_string_of_digits_breaks_the_reader(text: str) -> None:
    """Whatever the digits, spans lie within the text and low is at most high."""
    for number in find_numbers(text):
        assert 0 <= number.start < number.end <= len(text)
        assert number.low is None or number.high is None or number.low <= number.high


def test_so_many_out_of_so_many_is_one_share() -> None:
    """One out of three is a third; six in 10 days is six."""
    assert [(n.kind, round(n.value, 2)) for n in find_numbers("one out of three")] == [("share", 0.33)]
    assert [n.value for n in find_numbers("six in 10 days")] == [6, 10]
