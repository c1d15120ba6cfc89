"""What a figure's unit is: a measure (of time, money, a share, a length …) or a thing counted. The units are lexicon/en/units.toml."""

from __future__ import annotations

from functools import lru_cache

from rashomon.lexicon import load_lexicon


@lru_cache(maxsize=1)
def time_units() -> frozenset[str]:
    """Units in which time is measured, ages among them."""
    return frozenset(load_lexicon("units")["kinds"]["time"])


@lru_cache(maxsize=1)
def shares_and_money() -> frozenset[str]:
    """Units whose figures are rounded and common: shares of something, and every currency."""
    words = load_lexicon("units")
    return frozenset(words["kinds"]["share"]) | frozenset(words["kinds"]["money"]) | _currencies()


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    return frozenset(load_lexicon("units")["currency_symbols"].values())


def is_measure(unit: str | None) -> bool:
    """Whether the unit measures ("kilometre per hour", "dollar", "times") and counts no things."""
    return unit is not None and (unit.split(" per ")[0] in _measures())


@lru_cache(maxsize=1)
def _measures() -> frozenset[str]:
    return frozenset(load_lexicon("units")["units"]) | time_units() | shares_and_money() | {"times"}
