from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rashomon.annotate import annotate
from rashomon.annotate.acts import features, model
from rashomon.annotate.acts.candidates import find_candidates
from rashomon.annotate.mentions import find_mentions
from rashomon.annotate.quotes import find_quotes
from rashomon.annotate.speakers import Speakers, resolve_speakers
from rashomon.annotate.tagging import parse_articles
from rashomon.errors import MissingModelError
from rashomon.model import Act
from rashomon.read.plain import build_article
from rashomon.settings import DEFAULT

CASES = [
    ("Greta Haldane offered to end the strike.", "offer", "Greta Haldane"),
    ("Greta Haldane is ready to end the strike if the cranes are checked.", "offer", "Greta Haldane"),
    ("Greta Haldane said she would resign if the cranes were not checked.", "offer", "Greta Haldane"),
    ("Greta Haldane demanded that the cranes be checked.", "demand", "Greta Haldane"),
    ("Marcus Dunne refused to publish the report.", "refusal", "Marcus Dunne"),
    ("Marcus Dunne ruled out a new inquiry.", "refusal", "Marcus Dunne"),
    ("“I will not publish the report,” Marcus Dunne said.", "refusal", "Marcus Dunne"),
    ("Greta Haldane called for a public inquiry.", "demand", "Greta Haldane"),
    ("Greta Haldane urged the minister to resign.", "request", "Greta Haldane"),
    ("Greta Haldane appealed for a public inquiry.", "request", "Greta Haldane"),
    ("Marcus Dunne promised to pay for the funerals.", "promise", "Marcus Dunne"),
    ("Greta Haldane threatened to extend the strike.", "threat", "Greta Haldane"),
    ("Greta Haldane accused Kestrel of hiding reports.", "accusation", "Greta Haldane"),
    ("Marcus Dunne denied the accusation.", "denial", "Marcus Dunne"),
    ("Marcus Dunne agreed to open the archive.", "agreement", "Marcus Dunne"),
    ("Ada Weir warned the owners that the union would strike again.", "threat", "Ada Weir"),
    ("Ada Weir insisted that the quay would not be sold.", "refusal", "Ada Weir"),
    ("“Any deal has to include the crews,” Ada Weir said.", "demand", "Ada Weir"),
    ("Ada Weir suggested to the union to wait for the report.", "request", "Ada Weir"),
    ("Ada Weir described the deal as a shakedown of the port.", "accusation", "Ada Weir"),
    ("“They must leave the port,” Ada Weir said.", "demand", "Ada Weir"),
    ("“We will rebuild the quay,” Ada Weir told reporters.", "promise", "Ada Weir"),
    ("“If they touch the quay, they will pay for it,” Ada Weir said.", "threat", "Ada Weir"),
    ("“The owners have betrayed the town,” Ada Weir said.", "accusation", "Ada Weir"),
    ("“The contract is a fraud,” Ada Weir said.", "accusation", "Ada Weir"),
    ("Marcus Dunne declined to name the buyers.", "refusal", "Marcus Dunne"),
    ("Marcus Dunne warned that the company would close the port.", "threat", "Marcus Dunne"),
    ("Marcus Dunne repeated his threat to close the port.", "threat", "Marcus Dunne"),
    ("Ada Weir downplayed the report.", "denial", "Ada Weir"),
    ("Marcus Dunne rejected the union's offer.", "refusal", "Marcus Dunne"),
    ("Marcus Dunne dismissed the proposal.", "refusal", "Marcus Dunne"),
    ("Marcus Dunne dismissed the claim.", "denial", "Marcus Dunne"),
    ("“The minister should have acted sooner,” Ada Weir said.", "accusation", "Ada Weir"),
    ("Ada Weir called the sale “an attempt to cheat the town.”", "accusation", "Ada Weir"),
    ("Ada Weir branded Marcus Dunne a liar.", "accusation", "Ada Weir"),
    ("Greta Haldane repeated her threat to close the port.", "threat", "Greta Haldane"),
    ("Marcus Dunne encouraged quay-workers to stay at home.", "request", "Marcus Dunne"),
]

# What only looks like an act: a supposition, a question, a description, a wish for oneself, something that happened.
NONE = [
    "If Ada Weir had promised to pay, the strike would have ended.",
    "Did Ada Weir offer to resign?",
    "The chapter describes the threat of floods.",
    "Ada Weir called the storm a terrible night.",
    "Ada Weir was charged with the care of the archive.",
    "Ada Weir said the ferry left at noon.",
    "The demand for coal rose in the spring.",
    "Ada Weir offered a statement.",
    "“We had four hours to clear the quay,” Ada Weir said.",
    "Marcus Dunne was asked whether he would resign.",
    "Ada Weir said the gate had been opened by the harbour police.",
]


def acts_of(text: str) -> tuple[Act, ...]:
    """The acts of a text."""
    return next(annotate([build_article(id="a", path="a", text=text, language="en")])).acts


@pytest.mark.parametrize(("text", "act", "actor"), CASES)
def test_who_does_what(text: str, act: str, actor: str) -> None:
    """Offers, demands, refusals… are found with their actor."""
    assert (act, actor) in [(a.act, a.actor) for a in acts_of(text)]


@pytest.mark.parametrize(
    ("speech", "act"),
    [
        ("We can open the quay if the union returns to work", "offer"),
        ("We would open the quay if they returned", "offer"),
        ("We will destroy the quay if they strike", "threat"),
        ("They should return to work", "request"),
        ("They have to leave the port now", "demand"),
    ],
)
def test_a_modal_makes_an_act(speech: str, act: str) -> None:
    """What somebody can, would, will, should or has to do, in direct speech."""
    assert [a.act for a in acts_of(f"Ada Weir spoke. “{speech},” Weir said.")] == [act]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_act(text: str) -> None:
    """Suppositions, questions, descriptions and events make no position."""
    assert acts_of(text) == ()


def test_a_condition_is_kept() -> None:
    """What an offer depends on stands beside it."""
    text = "Greta Haldane is ready to end the strike if the cranes are checked."
    assert acts_of(text)[0].condition == "if the cranes are checked"


def test_the_stop_of_an_abbreviation_stays() -> None:
    """A full stop that ends the sentence is no part of a condition, that of "U.S." is."""
    text = "Mayor Ada Weir threatened to close the port if the cranes are sold to the U.S."
    assert acts_of(text)[0].condition == "if the cranes are sold to the U.S."


def test_content_and_condition_are_whole() -> None:
    """A condition before the act is part of it, and nothing of either is cut."""
    text = "If the owners reopen the old quay and pay the crews, Ada Weir is ready to end the long strike at the port."
    (act,) = acts_of(text)
    assert text[act.start : act.end] == text[:-1]
    assert act.content == "to end the long strike at the port"
    assert act.condition == "If the owners reopen the old quay and pay the crews"


def test_what_is_set_beside_an_offer_is_not_offered() -> None:
    """What follows the offer behind a comma is told by the way."""
    text = "Ada Weir offered to rebuild the quay, a task that has waited for years."
    assert [(a.act, a.content) for a in acts_of(text)] == [("offer", "to rebuild the quay")]


def test_what_should_have_been_is_no_request() -> None:
    """Nobody can be asked for what is past."""
    acts = acts_of("“The owners should have warned the crews,” Ada Weir said.")
    assert "request" not in {a.act for a in acts}


def test_whom_an_act_addresses() -> None:
    """The one urged, and the one of whom something is demanded, is its addressee."""
    assert [a.toward for a in acts_of("Greta Haldane urged Marcus Dunne to resign.")] == ["Marcus Dunne"]
    assert "Marcus Dunne" in [a.toward for a in acts_of("“Marcus Dunne must go,” Ada Weir said.")]


def test_a_warning_of_what_is_so_is_no_threat() -> None:
    """Only what somebody will do threatens."""
    text = "Ada Weir warned that the dam is full."
    assert "threat" not in {a.act for a in acts_of(text)}


def test_one_act_a_word() -> None:
    """A word makes one act, and an act inside another of its kind and actor is not told twice."""
    acts = acts_of("“We will rebuild the quay and we will pay the crews,” Ada Weir said.")
    assert len({(a.start, a.end) for a in acts}) == len(acts)


def test_every_feature_is_named() -> None:
    """The model's header names every feature that a candidate can have."""
    text = "“If they will not pay, please let us go!” Ada Weir said. Did they? Marcus Dunne denied that he had threatened her."
    article = build_article(id="a", path="a", text=text, language="en")
    parsed = next(parse_articles([article], DEFAULT.annotate))
    mentions = find_mentions(parsed)
    speakers = Speakers(parsed, mentions)
    quotes = resolve_speakers(find_quotes(parsed, mentions), speakers)
    names = {
        name
        for paragraph in parsed.paragraphs
        for candidate in find_candidates(text, paragraph, quotes, speakers)
        for name, _ in features.name_features(candidate, paragraph, text)
    }
    assert names
    assert names <= set(features.FEATURES)


def test_a_model_of_other_features_is_refused(tmp_path: Path) -> None:
    """Weights that were trained for other features are not used, and the message says how to train."""
    with np.load(model.MODEL) as stored:
        arrays = dict(stored)
    arrays["features"] = np.array([*features.FEATURES, "colour"])
    np.savez(tmp_path / "acts.npz", **arrays)
    with pytest.raises(MissingModelError, match=r"colour.*make train-positions"):
        model.load_act_model(tmp_path / "acts.npz")


def test_scores_are_rounded() -> None:
    """Scores have three decimals, so that the last bits of a sum cannot decide."""
    likely, fitting = model.load_act_model().scores([np.array([1, 2, 3]), np.array([4])])
    for scores in (likely, fitting):
        assert np.array_equal(scores, np.round(scores, 3))
