"""What an aligned figure counts, as a noun phrase that its readings share."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate.labels import MOST_WORDS, label_of
from rashomon.collate.lining.counts import Counted
from rashomon.collate.material import Material
from rashomon.collate.tolls import toll_of
from rashomon.read.plain import build_article


def label(*texts: str) -> str:
    """The label of the first figure of each text, taken for one."""
    articles = [build_article(id=str(n), path=str(n), text=text, language="en") for n, text in enumerate(texts)]
    material = Material(articles, list(annotate(articles)))
    firsts = [(a.id, material.found[a.id].figures[0]) for a in articles]
    return label_of(material, [Counted(a, f, None, toll_of(material, a, f)) for a, f in firsts])


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            ("Veldmark launched 267 drones overnight.", "Its army says 267 drones were launched at dawn."),
            "drones launched",
        ),
        (("The storm killed 12 people.", "At least 10 people died in the storm."), "people killed"),
        (("It left 31 sailors injured.", "The blast wounded 31 sailors."), "sailors injured"),
        (("The quay holds nine cranes of the port.", "All nine cranes of the port stand still."), "cranes of the port"),
        (("Some 28,500 U.S. troops are there.", "It will keep 28,500 U.S. troops in the north."), "U.S. troops"),
        (("It fed 90 asylum seekers of Ister.", "It fed 90 men who sought asylum."), "asylum seekers"),
        (("They sank 12, the navy said.",), "sank"),
        (("Call Port Watch at 866-7DOCKS.",), "7DOCKS"),
        (("Guards seized 40 boats since May.", "It counts 40 boats that were seized since 2024."), "boats seized"),
        (("Guards turned back 40 boats since May.", "It counts 40 boats that were turned back."), "boats"),
    ],
)
def test_a_label_is_what_the_readings_share(texts: tuple[str, ...], expected: str) -> None:
    """The noun with what all say of it; a toll by its name; no verb of one report only."""
    assert label(*texts) == expected


def test_a_label_is_short_and_whole() -> None:
    """At most eight words, as the report has them, and no hole."""
    told = label(
        "The king met 14 old sailors of the northern fleet from the port of Ister in a ruined tower by the sea."
    )
    assert told.startswith("old sailors of the northern fleet")
    assert len(told.split()) <= MOST_WORDS
    assert "…" not in told
