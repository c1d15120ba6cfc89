from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate import collate
from rashomon.collate.alone import FEATURES, elsewhere_features, load_alone, told_elsewhere
from rashomon.collate.material import Material
from rashomon.model import Article, Reading
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


def test_every_clause_has_every_feature() -> None:
    """Features are columns, a row a clause."""
    found = elsewhere_features(
        material_of(FERRY, AGAIN), [place_of("The ferry ran aground"), place_of("Divers found a crack")]
    )
    assert {name: values.shape for name, values in found.items()} == dict.fromkeys(FEATURES, (2,))


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
