from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.read.plain import build_article

CASES = [
    ("Greta Haldane offered to end the strike.", "offer", "Greta Haldane"),
    ("Greta Haldane is ready to end the strike if the cranes are checked.", "offer", "Greta Haldane"),
    ("Greta Haldane said she would resign if the cranes were not checked.", "offer", "Greta Haldane"),
    ("Greta Haldane demanded that the cranes be checked.", "demand", "Greta Haldane"),
    ("Marcus Dunne refused to publish the report.", "refusal", "Marcus Dunne"),
    ("Marcus Dunne ruled out a new inquiry.", "refusal", "Marcus Dunne"),
    ("“I will not publish the report,” Marcus Dunne said.", "refusal", "Marcus Dunne"),
    ("Greta Haldane called for a public inquiry.", "request", "Greta Haldane"),
    ("Greta Haldane urged the minister to resign.", "request", "Greta Haldane"),
    ("Marcus Dunne promised to pay for the funerals.", "promise", "Marcus Dunne"),
    ("Greta Haldane threatened to extend the strike.", "threat", "Greta Haldane"),
    ("Greta Haldane accused Kestrel of hiding reports.", "accusation", "Greta Haldane"),
    ("Marcus Dunne denied the accusation.", "denial", "Marcus Dunne"),
    ("Marcus Dunne agreed to open the archive.", "agreement", "Marcus Dunne"),
    ("Ada Weir warned the owners that the union would strike again.", "threat", "Ada Weir"),
    ("Ada Weir insisted that the quay would not be sold.", "refusal", "Ada Weir"),
    ("“Any deal has to help both sides,” Ada Weir said.", "demand", "Ada Weir"),
    ("Ada Weir suggested to the union to wait for the report.", "request", "Ada Weir"),
    ("Ada Weir described the deal as a shakedown of the port.", "accusation", "Ada Weir"),
]


@pytest.mark.parametrize(("text", "act", "actor"), CASES)
def test_who_does_what(text: str, act: str, actor: str) -> None:
    """Offers, demands, refusals… are found with their actor."""
    annotations = next(annotate([build_article(id="a", path="a", text=text, language="en")]))
    assert (act, actor) in [(a.act, a.actor) for a in annotations.acts]


def test_a_condition_is_kept() -> None:
    """What an offer depends on stands beside it."""
    text = "Greta Haldane is ready to end the strike if the cranes are checked."
    annotations = next(annotate([build_article(id="a", path="a", text=text, language="en")]))
    assert annotations.acts[0].condition == "if the cranes are checked"


def test_a_warning_of_what_is_so_is_no_threat() -> None:
    """Only what somebody will do threatens."""
    text = "Ada Weir warned that the dam is full."
    annotations = next(annotate([build_article(id="a", path="a", text=text, language="en")]))
    assert "threat" not in {a.act for a in annotations.acts}
