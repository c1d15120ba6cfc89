"""The parts of grouping keep what they promise."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rashomon.group import MOST_SHARING, keys_of, pack, profiles, shipped, unpack, unpack_rarity
from rashomon.group.pairs import FEATURES
from rashomon.group.trees import load_trees
from rashomon.model import Article
from rashomon.read import read


def reports(count: int, text: str) -> list[Article]:
    """Reports that are alike but for a number."""
    return [Article(id=str(n), path="", sha256="", text=text.format(n)) for n in range(count)]


@given(seed=st.integers(0, 1000), least=st.floats(0.01, 0.9))
def test_stopping_early_changes_nothing_that_counts(seed: int, least: float) -> None:
    """A row that can still reach the least probability has the one it would have had; all others have less."""
    rows = np.random.default_rng(seed).uniform(-1, 8, (50, len(FEATURES))).astype(np.float32)
    whole, early = load_trees().probability(rows), load_trees().probability(rows, least)
    reaches = whole >= least
    assert np.allclose(early[reaches], whole[reaches])
    assert (early[~reaches] < least).all()


def test_a_profile_survives_the_disk() -> None:
    """What comes back is what went in, bit for bit."""
    for own in profiles(read([Path("examples/harbour")]).articles):
        back = unpack(pack(own))
        assert (back.id, back.source, back.day, back.n_chars, back.bounds) == (
            own.id,
            own.source,
            own.day,
            own.n_chars,
            own.bounds,
        )
        for name in ("hashes", "counts", "vectors"):
            assert np.array_equal(getattr(back, name), getattr(own, name))


def test_what_everybody_here_writes_is_not_rare() -> None:
    """A name that news elsewhere does not know is common among enough reports that all have it, and stays rare among few."""
    many = profiles(reports(120, "In Tessmaria Qorvand said {}."))
    few = profiles(reports(20, "In Tessmaria Qorvand said {}."))
    name = many[0].field(2)[0]
    assert (shipped().with_counts_of(many).of(name) < 2).all()
    assert (shipped().with_counts_of(few).of(name) > 8).all()
    counted = shipped().with_counts_of(many)
    again = unpack_rarity(counted.pack())
    assert np.array_equal(again.of(many[0].hashes), counted.of(many[0].hashes))


def test_a_term_of_very_many_articles_finds_none() -> None:
    """An article is found by the next of its terms, however often it says the common one."""
    [own] = profiles(reports(1, "In Tessmaria Qorvand said Qorvand and Qorvand agreed."))
    keys = keys_of(own, shipped())
    common = own.field(2)[0][:1]
    assert shipped().frequency(common) == 0
    capped, kept = (
        keys_of(own, shipped().with_counts(common, np.array([n]), 1_000_000)) for n in (MOST_SHARING + 1, MOST_SHARING)
    )
    assert set(capped) == set(keys) - set(common)
    assert set(kept) == set(keys)
