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
