"""Intervals of numbers: whether two can both be true, and how to write one in a few signs."""

from __future__ import annotations

import math

# A count from so many on may be given rounded without a word that says so, by so much of it at most.
LEAST_ROUNDED, MOST_ROUNDED = 1000, 0.02


def is_compatible(low: float | None, high: float | None, other_low: float | None, other_high: float | None) -> bool:
    """Whether two intervals have a number in common; null is an open end."""
    return (low is None or other_high is None or low <= other_high) and (
        high is None or other_low is None or other_low <= high
    )


def reach(low: float | None, high: float | None, change: str) -> tuple[float | None, float | None]:
    """The interval that a number may lie in: that of a rounded one, half of its last digit that is not zero to either side."""
    if change != "~" or low is None or low != high or not low:
        return low, high
    half = _half_digit(low)
    return low - half, low + half


def is_rounded(value: float, other: float) -> bool:
    """Whether a number is another one with fewer digits, a large one or one with a fraction: 9 million of 9.1 million, 9 of 9.1."""
    short, long = _digits(value), _digits(other)
    is_fine = max(abs(value), abs(other)) >= LEAST_ROUNDED or other != int(other)
    is_near = abs(value - other) <= MOST_ROUNDED * abs(other)
    return is_fine and is_near and len(short) < len(long) and abs(value - other) <= _half_digit(value)


def _digits(value: float) -> str:
    """The digits of a number that are not there for its size alone."""
    return f"{abs(value):.11e}".partition("e")[0].replace(".", "").rstrip("0")


def _half_digit(value: float) -> float:
    """Half of a number's last digit that is not zero."""
    return float(10.0 ** (math.floor(math.log10(abs(value))) - len(_digits(value)) + 1) / 2) if value else 0.0


def say_interval(low: float | None, high: float | None, change: str = "=") -> str:
    """An interval in a few signs: `214`, `≥ 200`, `≤ 50`, `12–15`, `~ 30`."""
    if low is not None and high is not None:
        sign = {"~": "~ ", "up": "up ", "down": "down "}.get(change, "")
        return sign + (say_number(low) if low == high else f"{say_number(low)}–{say_number(high)}")
    if low is not None:
        return f"≥ {say_number(low)}"
    return f"≤ {say_number(high)}" if high is not None else "?"


def say_number(value: float) -> str:
    """A number with separators and without a needless fraction."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.6g}"


# Numbers that prose spells.
SMALL_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def say_amount(low: float | None, high: float | None, change: str = "=") -> str:
    """An interval as prose has it: `214`, `at least 200`, `up to 50`, `12 to 15`, `about 30`, `nine`, `2.5 million`."""
    if low is not None and high is not None:
        sign = {"~": "about ", "up": "a rise of ", "down": "a fall of "}.get(change, "")
        return sign + (in_prose(low) if low == high else f"{in_prose(low)} to {in_prose(high)}")
    if low is not None:
        return f"at least {in_prose(low)}"
    return f"up to {in_prose(high)}" if high is not None else "an unknown number"


def in_prose(value: float) -> str:
    """A number as prose has it: words to nine, thousands with a comma, round millions and billions in words."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size and round(value / size, 3) == value / size:
            return f"{say_number(value / size)} {word}"
    return SMALL_NUMBERS[int(value)] if value in range(len(SMALL_NUMBERS)) else say_number(value)
