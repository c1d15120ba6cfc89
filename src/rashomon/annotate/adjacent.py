"""What a figure takes from the one written beside it: a unit said once, a bound said again, the other end of a move."""

from __future__ import annotations

import re

import msgspec

from rashomon.model import Figure

_GOES_ON = re.compile(r"^(?:\s{1,20}[^\s,.;:]+){0,12}\s{1,20}(?:to|with|from|than|versus)\s{1,20}$")
_FROM = re.compile(r"\bfrom\s{1,20}$", re.IGNORECASE)
_ON_TO = re.compile(r"(?:\s{1,20}[^\s,.;:]+){0,4}\s{1,20}to\s{1,20}")
_SHARES = re.compile(r"-?\s{0,20}(?:,\s{0,20}(?:(?:or|and|to)\s{0,20})?|(?:or|and|to)\s{0,20})")


def like_the_last(text: str, figure: Figure, last: Figure | None) -> Figure:
    """A figure that says the one before it again, or goes on from it: "100 km (60 miles)", "20 mpg … to 24"."""
    if last is None or last.end > figure.start:
        return figure
    between = text[last.end : figure.start]
    if between.strip() in ("(", "/") and figure.change == "=" and last.change in ("<", ">"):
        bounds = {"<": (None, figure.value), ">": (figure.value, None)}
        low, high = bounds[last.change]
        return msgspec.structs.replace(figure, change=last.change, low=low, high=high)
    if between.strip() == "(" and figure.change == "=" and last.change in ("up", "down") and figure.unit != last.unit:
        return msgspec.structs.replace(figure, change=last.change)
    if figure.unit is None and last.unit not in (None, "percentage") and _GOES_ON.search(between):
        return msgspec.structs.replace(figure, unit=last.unit)
    return figure


def like_the_next(text: str, found: list[Figure]) -> list[Figure]:
    """A number that shares the unit written after the next: "a 7- or 8-inch screen"."""
    shared = False
    for n in range(len(found) - 2, -1, -1):
        figure, after = found[n], found[n + 1]
        between = text[figure.end : after.start]
        # a comma alone shares a unit only where more of the list follows: "at 16,644, 16 percent above"
        if not _SHARES.fullmatch(between) or after.unit is None or (between.strip(" -") == "," and not shared):
            shared = False
            continue
        shared = figure.unit is None or "-" in text[figure.end - 1 : figure.end + 1]
        if shared:
            found[n] = msgspec.structs.replace(figure, unit=after.unit)
    return found


def join_moves(text: str, found: list[Figure]) -> list[Figure]:
    """A quantity that grows is one figure with both its ends: "from 20 mpg in 2008 to 29 mpg"."""
    joined: list[Figure] = []
    for figure in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.unit == figure.unit
            and last.value < figure.value
            and last.low in (last.high, None)
            and figure.low == figure.high
            and _FROM.search(text, max(0, last.start - 8), last.start)
            and _ON_TO.fullmatch(text, last.end, figure.start)
        ):
            joined[-1] = msgspec.structs.replace(
                last, end=figure.end, low=last.value, high=figure.value, change=figure.change
            )
        else:
            joined.append(figure)
    return joined
