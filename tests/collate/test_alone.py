from __future__ import annotations

import math

import pytest

from rashomon.annotate import annotate
from rashomon.collate import collate
from rashomon.collate.alone import FEATURES, elsewhere_features, load_alone, told_elsewhere
from rashomon.collate.material import Material
from rashomon.model import Article, Correction, Place, Reading
from rashomon.read.plain import build_article

FERRY = "The ferry ran aground off Port Ellis on Monday. Divers found a crack of nine metres in the hull of the ferry."
AGAIN = (
    "A ferry hit rocks near Port Ellis on Monday. The hull was torn open over nine metres, divers found on the ferry."
)
APART = "A ferry hit rocks near Port Ellis on Monday. The school of Port Ellis sang for the passengers."


def articles_of(*texts: str) -> tuple[Article, ...]:
    """Articles named r0, r1 and so on."""
    return tuple(build_article(id=f"r{n}", path=f"{n}", text=t, language="en") for n, t in enumerate(texts))


def material_of(*texts: str) -> Material:
    """What collating works on."""
    articles = articles_of(*texts)
    return Material(articles, tuple(annotate(articles)))


def place_of(words: str) -> Reading:
    """Where words stand in the first report."""
    at = FERRY.index(words)
    return Reading(article="r0", start=at, end=at + len(words))


def test_what_another_report_tells_in_other_words_is_told_elsewhere() -> None:
    """A torn hull is a cracked one; a choir is neither."""
    crack = place_of("Divers found a crack of nine metres in the hull of the ferry.")
    told, apart = (told_elsewhere(material_of(FERRY, other), [crack])[0] for other in (AGAIN, APART))
    assert apart < load_alone().least <= told


def test_each_clause_is_compared_with_what_is_nearest_to_it() -> None:
    """What stands word for word elsewhere is answered in full; what comes after it in the list has its own values."""
    crack = "Divers found a crack of nine metres in the hull of the ferry."
    places = [place_of(crack), place_of("The ferry ran aground off Port Ellis on Monday.")]
    found = elsewhere_features(material_of(FERRY, f"It was a calm day. {crack}", APART), places)
    assert set(found) == set(FEATURES)
    assert found["answered"][0] > 0.9 > found["answered"][1]
    assert found["cosine"][0] > found["cosine"][1] > 0
    assert found["likeliest"][0] > 0
    assert found["reports"].tolist() == pytest.approx([math.log(3)] * 2)


def test_what_stands_beside_nothing_is_unlike_all() -> None:
    """Nothing is like the clause, and nothing likely."""
    found = elsewhere_features(material_of(FERRY, ""), [place_of("Divers found a crack")])
    assert [found[name][0] for name in ("second", "cosine", "answered")] == [0, 0, 0]
    assert found["likeliest"][0] < -6


@pytest.mark.parametrize("others", [(), ("",), ("…",)])
def test_what_stands_beside_nothing_is_told_by_nobody_else(others: tuple[str, ...]) -> None:
    """One report, or one beside an empty one."""
    assert told_elsewhere(material_of(FERRY, *others), [place_of("Divers found a crack")])[0] < load_alone().least


def test_nothing_is_asked_of_no_clause() -> None:
    """No place, no answer."""
    assert told_elsewhere(material_of(FERRY), []) == []


@pytest.mark.parametrize(("likely", "has_lines"), [(0.0, True), (1.0, False)])
def test_what_is_likely_told_elsewhere_is_no_line(
    monkeypatch: pytest.MonkeyPatch, likely: float, has_lines: bool
) -> None:
    """A report has something of its own, unless the other is likely to tell it."""
    monkeypatch.setattr("rashomon.collate.briefing.told_elsewhere", lambda _, places: [likely] * len(places))
    articles = articles_of(FERRY, APART)
    lines = collate(articles, tuple(annotate(articles))).briefing
    assert any(line.group == "alone" for line in lines) == has_lines


def test_what_a_reader_set_apart_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once points are set right by hand, nobody is asked whether another report tells the same."""
    monkeypatch.setattr("rashomon.collate.briefing.told_elsewhere", lambda _, places: [1.0] * len(places))
    articles = articles_of(FERRY, AGAIN)
    annotations = tuple(annotate(articles))
    words = "Divers found a crack"
    apart = Correction(kind="split", what="points", places=(Place(article="r0", at=FERRY.index(words), words=words),))
    before, after = (collate(articles, annotations, corrections=c).briefing for c in ((), (apart,)))
    assert not [line for line in before if line.group == "alone"]
    assert [line for line in after if line.group == "alone"]
