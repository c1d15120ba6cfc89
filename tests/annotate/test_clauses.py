from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.read.plain import build_article


def clauses_of(text: str) -> list[tuple[str, str | None, bool]]:
    """Words, predicate and negation of each clause of a report's first paragraph."""
    article = build_article(id="a", path="a", text=text, language="en")
    [found] = list(annotate([article]))
    return [(text[c.start : c.end], c.predicate, c.negated) for c in found.clauses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry sank on Monday.", [("The ferry sank on Monday", "sink", False)]),
        (
            "The mayor said that the bridge would not open.",
            [("The mayor said that the bridge would not open", "open", True)],
        ),
        (
            "The crew left the harbour before the storm reached the coast.",
            [
                ("The crew left the harbour", "leave", False),
                ("before the storm reached the coast", "reach", False),
            ],
        ),
        (
            "Police closed the road and firefighters searched the tunnel.",
            [("Police closed the road", "close", False), ("firefighters searched the tunnel", "search", False)],
        ),
        (
            '"We left the quay," the captain said before the police arrived.',
            [
                ('"We left the quay," the captain said', "leave", False),
                ("before the police arrived", "arrive", False),
            ],
        ),
    ],
)
def test_a_sentence_is_cut_where_it_tells_another_thing(
    text: str, expected: list[tuple[str, str | None, bool]]
) -> None:
    """Conjuncts and adverbial clauses stand alone; what only says who speaks is joined to the words said."""
    assert clauses_of(text) == expected


def test_clauses_lie_in_their_sentences() -> None:
    """Every clause is a stretch of one sentence, in order, whatever the parse is like."""
    text = 'Crane talks fail\n\n"We waited, and nobody came," Ms Weir said, adding that talks, which began in May, had failed.'
    article = build_article(id="a", path="a", text=text, language="en")
    [found] = list(annotate([article]))
    assert found.clauses
    for clause in found.clauses:
        assert any(s.start <= clause.start < clause.end <= s.end for s in found.sentences)


def told_of(text: str) -> list[tuple[str | None, str | None]]:
    """Who does what in each clause of a report, and what can follow them in a short sentence."""
    article = build_article(id="a", path="a", text=text, language="en")
    [found] = list(annotate([article]))
    return [(c.doer, text[c.core.start : c.core.end] if c.core is not None else None) for c in found.clauses]


def test_a_share_of_people_does_something() -> None:
    """Many of the residents are whom it is told of; many of them are not."""
    assert told_of("Many of the residents left the harbour on Monday.") == [
        ("Many of the residents", "left the harbour on Monday")
    ]
    assert told_of("Many of them left the harbour on Monday.")[0][0] is None


def test_a_participle_that_is_taken_for_a_past_tense_says_nothing_by_itself() -> None:
    """It has an agent and no auxiliary."""
    told = told_of(
        "But officials acknowledged there would be differences over trade, with Ada Weir pushing for a trade deal between the two "
        "towns and Edda Falk stung by the decision of the board."
    )
    assert all(core is None or "stung" not in core for _, core in told)
