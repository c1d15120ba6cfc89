from __future__ import annotations

import msgspec
import numpy as np
import pytest

from rashomon.annotate import annotate
from rashomon.collate import collate
from rashomon.collate.lining import Stretch, Stretches, line_up, load_scorers, weigh
from rashomon.collate.lining.cells import look_again
from rashomon.collate.lining.encoder import encode_pieces
from rashomon.collate.lining.features import speakers_fit
from rashomon.collate.lining.interaction import answered
from rashomon.collate.lining.nearest import count_nearest, near_pairs
from rashomon.collate.material import Material
from rashomon.collate.points import run_of_nearest
from rashomon.errors import WrongModelError
from rashomon.model import Act, Article, Collation, Span
from rashomon.read.plain import build_article

BRIDGE = "The old bridge over the Ister collapsed on Monday morning after a barge hit its middle pier."
AGAIN = "After a barge struck a pier, the old Ister bridge collapsed early on Monday."
BAND = "A brass band will play in the park on Sunday, the council said."


def material_of(*texts: str) -> Material:
    """What collating works on, of articles named a, b, c and so on."""
    articles = [build_article(id=chr(97 + n), path=f"{n}", text=t, language="en") for n, t in enumerate(texts)]
    return Material(articles, list(annotate(articles)))


def sentences_of(material: Material) -> list[Stretch]:
    """Every sentence as a stretch."""
    return [Stretch(s.article, (s.span,)) for s in material.sentences]


def test_sentences_that_say_one_thing_are_lined_up() -> None:
    """Two tellings of one accident meet, in other words; a concert stays alone."""
    material = material_of(f"{BRIDGE} {BAND}", AGAIN)
    lined = line_up(material, sentences_of(material), material.scorers.points)
    assert lined.groups == [[0, 2], [1]]


def test_a_bar_keeps_two_apart() -> None:
    """What a section bars is not lined up, however alike."""
    material = material_of(BRIDGE, AGAIN)
    lined = line_up(material, sentences_of(material), material.scorers.points, lambda _a, _b: True)
    assert lined.groups == [[0], [1]]


@pytest.mark.parametrize(("is_direct", "n_groups"), [(True, 1), (False, 2)])
def test_words_in_quotation_marks_that_stand_in_others_are_one_remark(*, is_direct: bool, n_groups: int) -> None:
    """Whatever else is said there and whoever is thought to say it; what is only told in the same words may be two things."""
    material = material_of(BRIDGE, f"{BRIDGE[:-1]}, and {BAND[0].lower()}{BAND[1:]}")
    items = [
        Stretch(s.article, (s.span,), speaker, is_direct)
        for s, speaker in zip(material.sentences, ("Ada Weir", "Edda Falk"), strict=True)
    ]
    strict = msgspec.structs.replace(material.scorers.quotes, least=1.0)
    lined = line_up(material, items, strict)
    assert len(lined.groups) == n_groups
    probability = weigh(material, items, [(0, 1)], strict)[0, 1][0]
    assert (probability == 1.0) == is_direct


def test_copies_are_one_stretch() -> None:
    """The same words stand together without being compared, and count once."""
    material = material_of(BRIDGE, BRIDGE, BRIDGE, BAND)
    lined = line_up(material, sentences_of(material), material.scorers.points)
    assert lined.groups == [[0, 1, 2], [3]]
    assert lined.stands_for.tolist() == [0, 0, 0, 3]


def test_nothing_is_lined_up_of_nothing() -> None:
    """No stretches, no groups."""
    assert line_up(material_of(BRIDGE), [], load_scorers().points).groups == []


def test_a_probability_is_the_sum_of_its_parts() -> None:
    """What is told of a decision is what decided."""
    material = material_of(BRIDGE, AGAIN)
    scorer = material.scorers.points
    [(probability, parts)] = weigh(material, sentences_of(material), [(0, 1)], scorer).values()
    odds = scorer.bias + sum(parts.values())
    assert probability == pytest.approx(1 / (1 + np.exp(-odds)), abs=0.02)


def test_what_is_told_of_pairs_is_what_lined_them_up() -> None:
    """A copy is not weighed against its original, and changes no number of a pair that is; what is barred has none."""
    material = material_of(f"{BRIDGE} {BAND}", f"{BRIDGE} {BAND}", AGAIN)
    scorer, items = material.scorers.points, sentences_of(material)
    lined = line_up(material, items, scorer)
    decided = {
        (a, b): p for a, b, p in zip(lined.left.tolist(), lined.right.tolist(), lined.probability.tolist(), strict=True)
    }
    weighed = weigh(material, items, [(0, 2), (0, 4), (4, 2)], scorer)
    assert {pair: probability for pair, (probability, _) in weighed.items()} == {
        (0, 4): decided[0, 4],
        (4, 2): decided[0, 4],
    }
    assert weigh(material, items, [(0, 4)], scorer, lambda _a, _b: True) == {}


def test_stretches_are_compared_with_their_nearest() -> None:
    """Two are a pair where each is among the nearest of the other, and none of one home; without a limit all near ones are."""
    angles = np.radians([0, 10, 12, 60])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    homes = np.arange(4)
    pairs = [
        list(zip(*(side.tolist() for side in near_pairs(vectors, homes, 0.0, most)), strict=True))
        for most in (1, 2, None)
    ]
    assert pairs == [[(1, 2)], [(0, 1), (0, 2), (1, 2)], [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]]
    assert near_pairs(vectors, np.array([0, 1, 1, 2]), 0.98)[0].tolist() == [0]


@pytest.mark.parametrize(("n_articles", "most"), [(2, 200), (100, 200), (800, 1600)])
def test_the_nearest_grow_with_the_articles(n_articles: int, most: int) -> None:
    """Reports that all tell one thing are compared with one another, however many they are."""
    assert count_nearest(n_articles) == most


def test_copies_mean_the_same_as_their_original() -> None:
    """What stands in the same words has one meaning, in parts too; a cut of it another."""
    material = material_of(f"{BRIDGE} {BAND}", f"{BRIDGE} {BAND}")
    places = [(a, [Span(start, end)]) for a in "ab" for start, end in ((0, len(BRIDGE)), (4, 30))]
    whole, part, copy, part_of_copy = material.meanings.of(places)
    assert np.array_equal(whole, copy)
    assert np.array_equal(part, part_of_copy)
    assert not np.array_equal(whole, part)


def test_an_article_without_a_reading_is_looked_through() -> None:
    """For a row of two articles the third one's likeliest sentence is found, with how likely it tells the row."""
    material = material_of(BRIDGE, AGAIN, f"{BAND} The Ister bridge has been closed since its collapse on Monday.")
    stretches = Stretches(material, sentences_of(material))
    lined = line_up(material, stretches.items, material.scorers.points)
    [cell] = look_again(stretches, [[0, 1]], lined, material.scorers.cells)
    assert (cell.article, cell.stretch) == (2, 3)
    assert 0 < cell.probability < 1


@pytest.mark.parametrize(
    ("nearness", "kept"), [([0.2, 0.9, 0.1, 0.8], slice(1, 4)), ([0.3], slice(0, 1)), ([-0.2, -0.1, -0.5], slice(1, 2))]
)
def test_a_reading_is_the_run_of_its_nearest_clauses(nearness: list[float], kept: slice) -> None:
    """What stands between two near clauses belongs to them; one is always kept, though unlike all others."""
    assert run_of_nearest(np.array(nearness)) == kept


def test_near_cells_carry_the_words_that_come_near() -> None:
    """A cell says near only where a reading shows why, and no article both reports and comes near."""
    articles = [
        build_article(id=name, path=name, text=text, language="en")
        for name, text in (("a", BRIDGE), ("b", AGAIN), ("c", "The Ister bridge will be repaired after its collapse."))
    ]
    everywhere = msgspec.structs.replace(load_scorers().cells, near=0.0, least=1.0)
    scorers = msgspec.structs.replace(load_scorers(), cells=everywhere)
    point = collate(articles, list(annotate(articles)), scorers=scorers).points[0]
    if point.coverage["c"] == "near":
        assert [r.article for r in point.near] == ["c"]
    else:
        assert point.coverage["c"] == "reports"
    assert {r.article for r in point.near}.isdisjoint(r.article for r in point.readings)


def test_a_model_with_other_features_is_refused() -> None:
    """A feature that is not made has a name in the error."""
    scorer = msgspec.structs.replace(load_scorers().points, features=("colour",), weights=(1.0,))
    with pytest.raises(WrongModelError, match="colour"):
        scorer.probability({"cosine": np.zeros(1)})


def test_word_pieces_point_into_their_text() -> None:
    """Every piece has its place in the text; equal texts have equal vectors, whatever is read beside them."""
    first, second = encode_pieces(["Zürich’s bridge fell."] * 2)
    assert first.places[0].tolist() == [0, 6]
    assert first.places[-1].tolist() == [20, 21]
    assert np.array_equal(first.vectors, second.vectors)
    beside, _ = encode_pieces(
        ["Zürich’s bridge fell.", "The harbour master of Tessmar closed both old ports on Monday."]
    )
    assert np.array_equal(first.vectors, beside.vectors)


def test_a_sentence_is_read_with_its_neighbours() -> None:
    """A pronoun means another man after another sentence."""
    texts = ("Mayor Weir spoke. He resigned.", "Captain Brandt sailed. He resigned.")
    material = material_of(*texts)
    spans = [(name, (Span(text.index("He"), len(text)),)) for name, text in zip("ab", texts, strict=True)]
    weir, brandt = material.meanings.of(spans)
    assert not np.allclose(weir, brandt)
    assert np.allclose(weir, brandt, atol=0.2)


def test_copies_are_read_alike_behind_what_one_of_them_adds() -> None:
    """A sentence put before a copied text changes no vector of its last sentences: they fall into the same windows."""
    body = " ".join(f"In the year {1900 + n} the ferry to Port {n} carried {n} sacks of meal." for n in range(24))
    material = material_of(body, f"{BAND} {body}")
    own = [[n for n, s in enumerate(material.sentences) if s.article == name] for name in "ab"]
    last = [
        material.meanings.of([(s.article, (s.span,)) for s in (material.sentences[n] for n in o[-6:])]) for o in own
    ]
    assert np.array_equal(last[0], last[1])


def test_a_short_telling_is_answered_by_a_long_one() -> None:
    """All that a short sentence tells stands in the long one, and not the other way round; a text answers itself in full."""
    material = material_of(BRIDGE, "The bridge over the Ister collapsed.", BAND)
    pieces = Stretches(material, sentences_of(material)).pieces
    forth, back = answered(pieces, np.array([0, 0, 0]), np.array([0, 1, 2]))
    assert forth[0] == pytest.approx(1.0, abs=1e-4)
    assert back[1] > forth[1] + 0.1
    assert back[1] > back[2] + 0.2


@pytest.mark.parametrize(("least", "articles"), [(0.0, {"a", "b", "c"}), (1.1, {"a", "b"})])
def test_a_remark_is_looked_for_in_every_report(least: float, articles: set[str]) -> None:
    """The likeliest statement of a report without the remark joins it from the scorer's bar on."""
    said = ("We will rebuild the bridge", "We will rebuild the old bridge", "There is no money for a tunnel")
    reports = [
        build_article(id=name, path=name, text=f'"{words} this year," Mayor Ada Weir said.', language="en")
        for name, words in zip("abc", said, strict=True)
    ]
    remarks = msgspec.structs.replace(load_scorers().remarks, least=least)
    quotes = collate(
        reports, list(annotate(reports)), scorers=msgspec.structs.replace(load_scorers(), remarks=remarks)
    ).quotes
    assert {r.article for r in quotes[0].readings} == articles


def test_what_texts_mean_is_not_made_again_for_other_scorers_or_acts() -> None:
    """What is collated with them has the meanings there are; the first material stays what it is."""
    material = material_of(BRIDGE, AGAIN)
    kept, own = material.meanings, material.scorers
    taught = material.taught(msgspec.structs.replace(own, points=own.quotes))
    assert taught.meanings is kept
    assert taught.scorers.points == own.quotes
    assert material.scorers is own
    act = Act(start=0, end=3, actor="Ada Weir", act="offer", content="to resign")
    heard = material.with_acts({"a": (act,), "b": ()})
    assert heard.meanings is kept
    assert [heard.found[name].acts for name in "ab"] == [(act,), ()]
    assert material.found["a"].acts == ()


def test_a_stretch_without_pieces_means_nothing() -> None:
    """Its vector has no length, and nothing fails."""
    material = material_of(BRIDGE)
    assert not material.meanings.of([("a", (Span(3, 4),))]).any()


@pytest.mark.parametrize(
    ("left", "right", "fit"),
    [
        ("Ada Weir", "Ada Weir", 1.0),
        ("Weir", "Ada Weir", 1.0),
        ("Ada Weir", "Ada Brandt", 0.5),
        ("Ada Weir", "Jon Brandt", -1.0),
        (None, "Ada Weir", 0.0),
    ],
)
def test_how_far_two_speakers_may_be_one(left: str | None, right: str | None, fit: float) -> None:
    """By the words of their names; an unknown speaker may be anybody."""
    assert speakers_fit(left, right) == fit


def test_no_point_is_told_by_a_fragment(example: tuple[Collation, tuple[Article, ...]]) -> None:
    """What stands for a point begins as a sentence does, and no quotation mark is without its other half."""
    for point in example[0].points:
        assert not point.text[:1].islower(), point.text
        assert point.text.count('"') != 1, point.text
