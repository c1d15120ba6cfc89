from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.annotate.phrases import noun_phrase, subject_of
from rashomon.annotate.tagging import parse_articles
from rashomon.read.plain import build_article
from rashomon.settings import DEFAULT


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


@pytest.mark.parametrize(
    ("text", "verb", "doer"),
    [
        # finite beside a verb that has no tense: the parser has "offered" beside "shut"
        (
            "The dockers, led by Greta Weir, demanded that all cranes of that type be shut down, and offered to end the strike.",
            "offer",
            "The dockers",
        ),
        ("The mayor said she would resign and offered to pay.", "offer", "The mayor"),
        ("The cranes were shut down and sold.", "sell", "The cranes"),
    ],
)
def test_who_does_what_is_told_beside_another_verb(text: str, verb: str, doer: str) -> None:
    """Whoever the verb it goes on from is told of, and that has a tense where this one does."""
    article = build_article(id="a", path="a", text=text, language="en")
    [parsed] = parse_articles([article], DEFAULT.annotate)
    token = next(t for p in parsed.paragraphs for t in p.doc if t.lemma_ == verb)
    subject = subject_of(token)
    assert subject is not None
    assert noun_phrase(subject).text == doer


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


@pytest.mark.parametrize(
    ("start", "doer"),
    [
        ("TESSMAR, Veldmark, March 11 - A dam in the east of Veldmark", "A dam in the east of Veldmark"),
        ("TESSMAR, Veldmark, March 11, 2025 (NPA) - A dam in the east of Veldmark", "A dam in the east of Veldmark"),
        ("TESSMAR/SKARN, Sept 14 (NPA) - Two old cranes", "Two old cranes"),
    ],
)
def test_where_a_report_was_filed_does_nothing(start: str, doer: str) -> None:
    """And what is told of for the first time has no name yet."""
    found = told_of(f"A dam breaks\n\n{start} broke before dawn on Tuesday.")
    assert (doer, "broke before dawn on Tuesday") in found


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("Five visitors were shot or were hurt by glass.", "were shot or were hurt by glass"),
        ("Eight dockers have killed or injured themselves.", "have killed or injured themselves"),
        ("Police arrested and charged the harbour master.", "arrested and charged the harbour master"),
        ("The doctors can better teach parents about guns.", "can better teach parents about guns"),
        ("Ada Weir lost her seat on the board.", "lost her seat on the board"),
        ("A gunman killed his wife in the old port.", "killed his wife in the old port"),
        ("The mayor welcomed Ada Weir and her brother.", "welcomed Ada Weir and her brother"),
        ("Ten people were hurt and 140 houses were burnt or flooded.", "were hurt"),
    ],
)
def test_a_core_keeps_what_it_would_say_another_thing_without(text: str, core: str) -> None:
    """One of two things that may be so, a verb whose object stands behind the next, and a modal stay."""
    assert told_of(text)[0][1] == core


@pytest.mark.parametrize(
    "text",
    [
        "Ada Weir spoke first. Tomas Orrel is her first choice.",
        "Tomas Orrel ran away. The bullet broke his arm.",
        "The mayor was, however, arrested on Monday.",
        "The mayor neither closed nor sold the old port of Tessmar.",
        "Three dockers were shot, stabbed or beaten.",
    ],
)
def test_what_is_somebody_elses_or_parted_from_its_auxiliary_has_no_core(text: str) -> None:
    """Whose choice and whose arm it is, no label would say."""
    assert told_of(text)[-1][1] is None


def test_a_name_that_says_whose_a_thing_is_does_nothing() -> None:
    """A victory of hers would end it, not she."""
    told = told_of("Ada Weir hoped for the best. A Weir victory would end the dispute.")
    assert told[-1][0] == "A Weir victory"


def test_a_surname_that_the_tagger_takes_for_a_noun_does_something() -> None:
    """It was named in full before; a bare "meeting" was not."""
    told = told_of("Edda Falk spoke first. Falk must decide next month whether to sell the port.")
    assert told[-1][0] == "Edda Falk"
    assert told_of("Falk must decide next month. Meeting went very smoothly.")[-1][0] is None


def test_two_of_one_noun_are_two() -> None:
    """Of one town it could not be said that they are."""
    assert told_of("North and South Tessmar are working on a treaty.")[0][0] == "North and South Tessmar"


def test_another_is_no_part_of_what_the_first_did() -> None:
    """The parser hangs "another" on the first one's leg; what it lost is not his."""
    told = told_of("One docker sustained a knee injury and another sustained an injury to her jaw.")
    assert all(doer is None for doer, core in told if core is not None and "jaw" in core)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The mayor has yet to endorse the board.", True),
        ("The mayor does not endorse the board.", True),
        ("The mayor wants to endorse the board.", False),
        ("The mayor wanted to close the port yet lacked the money.", False),
    ],
)
def test_what_is_yet_to_come_is_not_so(text: str, *, negated: bool) -> None:
    """Whoever has yet to do something has not done it."""
    article = build_article(id="a", path="a", text=text, language="en")
    [found] = list(annotate([article]))
    assert any(clause.negated for clause in found.clauses) == negated
