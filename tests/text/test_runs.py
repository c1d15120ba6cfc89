from __future__ import annotations

from rashomon.text.runs import SEED, chars_of, find_seeds, hash_runs, is_stock, read_words, spoken_words


def test_stock_phrases_begin_nothing() -> None:
    """What everybody writes is known by the hashes of its runs."""
    runs = hash_runs(read_words("was pronounced dead at the scene").ids)
    assert is_stock(runs).all()
    assert not is_stock(hash_runs(read_words("a crane tipped over beside the fish market").ids)).any()


def test_a_run_is_found_at_every_place_it_has() -> None:
    """Equal runs meet whatever the case and accents of their words."""
    left, right = (hash_runs(read_words(t).ids) for t in ("The crane fell at noon. It fell", "A CRANE FELL AT NÓON"))
    seeds = find_seeds(left, right)
    assert [places.tolist() for places in seeds] == [[1], [1]]
    assert len(left) == 7 - SEED + 1


def test_too_few_words_make_no_run() -> None:
    """Nor does a text without words."""
    assert len(hash_runs(read_words("crane fell down").ids)) == len(hash_runs(read_words("…").ids)) == 0


def test_the_words_between_quotation_marks_are_spoken() -> None:
    """Counted in the words of the text, line by line."""
    words = read_words("A day later.\nShe said “the quay is safe” and left.")
    assert spoken_words(words, 3, len(words.ids)) == frozenset({5, 6, 7, 8})


def test_a_range_of_words_takes_the_marks_that_close_it() -> None:
    """Quotation marks on both sides and the full stop belong to it."""
    text = "He said: “The crane fell.” Then"
    assert text[slice(*chars_of(read_words(text), 2, 5))] == "“The crane fell.”"
