"""Train the scorers that line up what reports say, from the stories read by hand.

Each scorer is a logistic regression over the features that the package itself makes. Stories weigh alike, however many pairs
they have. Figures are also learned from figured.jsonl beside this file: readers of the project said of 153 stories of
quality/unseen.jsonl which figures of their reports count one thing, whether or not the numbers are equal; only places are kept, by the number of
the report. And from the invented stories that teach (quality/invented.py). With --check every story is also collated with scorers learned from the others alone, and eighths of the other
stories are grouped by what the rest of them teach; those numbers are the ones to believe.

    python training/lining.py [--check] [--shared FOLDER] OUT.json
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

sys.path.append(str(Path(__file__).parents[1] / "quality"))
import invented
import stories
import unseen
from folds import FOLDS, fold_of
from stories import Labelled

from rashomon import codec
from rashomon.collate.figures import FigurePairs, figure_pairs, group_figures
from rashomon.collate.lining import Scorer, Scorers, Stretch, Stretches, line_up, pairs_of
from rashomon.collate.lining.cells import Likelihoods, cell_features
from rashomon.collate.lining.encoder import encoder_name
from rashomon.collate.names import Names
from rashomon.collate.points import sentence_stretch, telling_sentences
from rashomon.collate.positions import Acts
from rashomon.collate.quotes import find_statements, statement_stretch
from rashomon.collate.sums import find_sums
from rashomon.text.clusters import group_alike

WORDS = ("dice", "containment", "shared", "both", "names", "numbers", "other_numbers", "apart", "shorter", "longer")
POINT_FEATURES = ("cosine", "local", "best", "answered", "answered_less", *WORDS)
QUOTE_FEATURES = (
    *POINT_FEATURES,
    *("sentence_cosine", "sentence_local", "sentence_dice"),
    *("one_speaker", "two_speakers", "both_direct", "both_reported"),
)
POSITION_FEATURES = (
    "cosine",
    "local",
    "dice",
    "containment",
    "numbers",
    "sentence_cosine",
    "sentence_local",
    "one_speaker",
)
FIGURE_FEATURES = (
    *(
        "dice",
        "about",
        "noun",
        "phrase",
        "clause",
        "sentence",
        "local",
        "clause_of_time",
        "dice_of_time",
        "local_of_time",
    ),
    *("head", "head_in", "no_unit", "things", "times"),
    *(
        "equal",
        "equal_time",
        "equal_measure",
        "equal_vague",
        "bound",
        "fits",
        "far",
        "digits",
        "rare",
        "small",
        "close",
        "apart",
        "vague",
        "vague_apart",
    ),
    *("toll", "toll_equal", "one_toll", "other", "one_report", "one_report_equal", "one_report_other"),
    *("one_speaker", "two_speakers", "equal_phrase"),
    *("firsts", "least_lead", "most_lead"),
)
CELL_FEATURES = ("mean_odds", "best_odds", "cover", "telling", "covered", "readings", "spread")
# Strength of the penalty on the weights (scikit-learn's C); three times more or less changes no measure by a point.
PENALTY = 0.3
BARS = np.arange(0.06, 0.3, 0.02).round(2)
# Of bars that group as well as the best but for this (F1 of 1), the highest: a wrong join misleads more than a missing one.
CLOSE = 0.005
# The same for figures, of which a story has few: a stronger penalty, stories weighed by the root of their pairs.
FIGURE_PENALTY, FIGURE_BARS = 0.03, np.arange(0.04, 0.52, 0.04).round(2)
# How often a story counts whose every figure was read, beside those of which only figures of two reports were grouped; as much or twice as
# much groups eighths of those as well.
READ = 2
# The same of invented stories, whose every figure is marked.
INVENTED = 2
FIGURED = Path(__file__).parent / "figured.jsonl"
# A feature that varies less than this tells nothing.
CONSTANT = 1e-3
# A statement more likely than not to be a row's remark joins it; a sentence must be likelier, since it may stand in another row.
JOINS, JOINS_POINT = 0.5, 0.7
# The share of cells that may be near: enough that silence can be believed, few enough to be looked at.
MOST_NEAR = 0.2
# Of a thousand pairs that are lined up, all but this many have a cosine above the floor.
BELOW_FLOOR = 5
# What a row tells: the gold's rows that this share of its readings, and two, stand in.
TELLS = 0.34

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Pairs(NamedTuple):
    """The pairs of a story: the stretches, which two, their features, and whether the gold has them in one row."""

    story: Labelled
    items: list[Stretch]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    features: dict[str, Floats]
    same: Flags
    rows: list[frozenset[int]]


def main() -> None:
    """Train, and with --check measure story by story."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--check", action="store_true", help="measure each story with scorers learned from the others")
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    lessons = [lesson_of(story) for story in stories.load_stories(arguments.shared)]
    figured = figured_of(arguments.shared)
    if arguments.check:
        check_figured(figured)
        for n, lesson in enumerate(lessons):
            scorers = learn([other for k, other in enumerate(lessons) if k != n], figured)
            found = stories.measure(arguments.shared, lesson.story, scorers)
            told = {k: v for k, v in found.items() if k.startswith(("points", "quotes", "figures", "positions"))}
            print(lesson.story.name, *(f"{name} {value}" for name, value in told.items()))
    arguments.out.write_bytes(codec.pretty(learn(lessons, figured)).encode())


class Figures(NamedTuple):
    """The pairs of figures of a story, which of them the gold has in one row, and of which it can be told."""

    pairs: FigurePairs
    same: Flags
    known: Flags
    rows: list[frozenset[int]]


class Lesson(NamedTuple):
    """What a story teaches: pairs of sentences for points, of statements for quotes, of figures, and of acts for positions."""

    story: Labelled
    points: Pairs
    quotes: Pairs
    figures: Figures
    positions: Pairs


def lesson_of(story: Labelled) -> Lesson:
    """The labelled pairs of a story."""
    material = story.material
    sentences = [sentence_stretch(material, n) for n in telling_sentences(material)]
    names = Names(material)
    statements = [statement_stretch(s) for s in find_statements(material, names)]
    return Lesson(
        story,
        _pairs(story, sentences, "points"),
        _pairs(story, statements, "quotes"),
        _figures(story, names),
        _positions(story, names),
    )


class Figured(NamedTuple):
    """What other stories teach of figures: their pairs by name, and which of them are invented.

    With the bar at which unequal numbers of an eighth are joined best by what the rest teach, how they do, and for each the
    scorer of the rest.
    """

    figures: dict[str, Figures]
    invented: frozenset[str]
    least: float
    joined: dict[str, list[Joined]]
    others: dict[str, Scorer]


def figured_of(shared: Path) -> Figured:
    """The stories whose figures readers grouped, and the invented ones that teach."""
    told = {line["story"]: line["figures"] for line in stories.read_lines(FIGURED)}
    figures: dict[str, Figures] = {}
    for story in unseen.load_stories(shared, teaching=None, known=told):
        gold = {"figures": unseen.rows_of(list(story.letter), told[story.name])}
        own = _figures(replace(story, gold=gold), Names(story.material))
        if own.same.any():
            figures[story.name] = own._replace(known=own.known & _of_two_reports(own.pairs))
    whole = {story.name: _figures(story, Names(story.material)) for story in invented.load_stories(teaching=True)}
    figures |= whole
    others = _taught_by_others(figures, whole.keys())
    by_bar = [
        {name: _joined(own, msgspec.structs.replace(others[name], least=bar)) for name, own in figures.items()}
        for bar in FIGURE_BARS.tolist()
    ]
    # where numbers are equal one bar is as good as another
    best = int(np.argmax([_f1([p for own in joined.values() for p in own if not p.equal]) for joined in by_bar]))
    least = float(FIGURE_BARS[best])
    return Figured(
        figures,
        frozenset(whole),
        least,
        by_bar[best],
        {name: msgspec.structs.replace(scorer, least=least) for name, scorer in others.items()},
    )


def _of_two_reports(pairs: FigurePairs) -> Flags:
    """Which pairs are of two reports: the readers did not say what one report gives twice."""
    article = [pairs.items[members[0]].article for members in pairs.alike]
    both = zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    return np.array([article[a] != article[b] for a, b in both], bool)


def _taught_by_others(figures: Mapping[str, Figures], whole: Container[str]) -> dict[str, Scorer]:
    """For each story what the others but an eighth teach, with the stories of the repository that are examples."""
    fold = {name: fold_of(name) for name in figures}
    scorers = []
    for k in range(FOLDS):
        others = {name: own for name, own in figures.items() if fold[name] != k}
        scorers.append(_fitted_figures([*_as_they_count(others, whole), *_example_figures()]))
    return {name: scorers[fold[name]] for name in figures}


def _as_they_count(figures: Mapping[str, Figures], whole: Container[str]) -> list[Figures]:
    """Each story as often as it counts: those more often whose every figure is marked."""
    return [own for name, own in figures.items() for _ in range(INVENTED if name in whole else 1)]


def check_figured(figured: Figured) -> None:
    """Print how well eighths of the stories whose figures are grouped, real and invented ones, are grouped by what the others teach."""
    for whose, is_invented in (("read", False), ("invented", True)):
        told = [own for name, own in figured.joined.items() if (name in figured.invented) == is_invented]
        unequal = [pair for own in told for pair in own if not pair.equal]
        right, ours, same = (
            sum(flags) for flags in zip(*((p.ours and p.same, p.ours, p.same) for p in unequal), strict=True)
        )
        f1 = 100 * fmean(map(_f1, told))
        print(f"figures of {len(told)} stories {whose}, eighths left out, bar {figured.least}: F1 {f1:.1f}; ", end="")
        print(f"unequal numbers: precision {100 * right / ours:.0f}, recall {100 * right / same:.0f} of {same}")


@lru_cache(maxsize=1)
def _example_figures() -> tuple[Figures, ...]:
    """What the invented stories of the repository teach of figures; their gold lists some figures, not all."""
    return tuple(_figures(story, Names(story.material), is_whole=False) for story in stories.load_examples())


def _figures(story: Labelled, names: Names, *, is_whole: bool = True) -> Figures:
    """The pairs of figures. Where the gold lists every figure, one that it has is another than one that it leaves out."""
    pairs = figure_pairs(story.material, names, find_sums(story.material), -1.0)
    compared = [pairs.items[members[0]] for members in pairs.alike]
    rows = [story.rows_at("figures", c.article, (c.figure.span,)) for c in compared]
    both = list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    judge = any if is_whole else all
    return Figures(
        pairs,
        np.array([not rows[a].isdisjoint(rows[b]) for a, b in both], bool),
        np.array([judge((rows[a], rows[b])) for a, b in both], bool),
        rows,
    )


def _positions(story: Labelled, names: Names) -> Pairs:
    """The pairs of acts that nothing bars."""
    acts = Acts(story.material, names)
    pairs = _pairs(story, acts.stretches, "positions")
    kept = np.array(
        [not acts.is_barred(a, b) for a, b in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)], bool
    )
    return pairs._replace(
        left=pairs.left[kept],
        right=pairs.right[kept],
        features=_only(pairs.features, kept),
        same=pairs.same[kept],
    )


def _pairs(story: Labelled, items: list[Stretch], section: str) -> Pairs:
    left, right, features = pairs_of(story.material, items)
    rows = [story.rows_at(section, s.article, s.spans) for s in items]
    same = np.array([not rows[a].isdisjoint(rows[b]) for a, b in zip(left.tolist(), right.tolist(), strict=True)], bool)
    return Pairs(story, items, left, right, features, same, rows)


def learn(lessons: Sequence[Lesson], figured: Figured) -> Scorers:
    """The scorers that some stories teach, and others whose figures alone were grouped."""
    points = _learn_pairs([lesson.points for lesson in lessons], POINT_FEATURES)
    quotes = _learn_pairs([lesson.quotes for lesson in lessons], QUOTE_FEATURES)
    cells = _learn_cells([lesson.points for lesson in lessons], points)
    return Scorers(
        points=points,
        quotes=quotes,
        cells=msgspec.structs.replace(cells, least=JOINS_POINT),
        remarks=_learn_cells([lesson.quotes for lesson in lessons], quotes),
        figures=_learn_figures(
            [
                *READ * [*(lesson.figures for lesson in lessons), *_example_figures()],
                *_as_they_count(figured.figures, figured.invented),
            ],
            figured.least,
        ),
        positions=_learn_pairs([lesson.positions for lesson in lessons], POSITION_FEATURES),
    )


def _learn_pairs(pairs: Sequence[Pairs], names: tuple[str, ...]) -> Scorer:
    """A scorer of pairs; its bar is the highest that groups about best where each story is scored by what the others teach."""
    scorer = fitted([p.features for p in pairs], [p.same for p in pairs], names)
    told = [(p, _taught_by(pairs, n, names).probability(p.features)) for n, p in enumerate(pairs)]
    likely = np.concatenate([p.features["cosine"][q >= BARS[0] / 2] for p, q in told])
    floor = float(np.floor(np.quantile(likely, BELOW_FLOOR / 1000) * 100) / 100)
    grouped = _smoothed([[_grouped_f1(p, q, floor, bar) for bar in BARS.tolist()] for p, q in told])
    return msgspec.structs.replace(scorer, floor=floor, least=float(BARS[grouped >= grouped.max() - CLOSE].max()))


def _smoothed(scores: Sequence[Sequence[float]]) -> Floats:
    """The mean of the stories' scores at each bar, and at those beside it half as heavy: one merge moves a story by points."""
    means = np.pad(np.mean(scores, axis=0), 1, "edge")
    return np.convolve(means, [0.25, 0.5, 0.25], "valid").round(3)


def _taught_by(pairs: Sequence[Pairs], left_out: int, names: tuple[str, ...]) -> Scorer:
    """What all stories but one teach."""
    others = [p for n, p in enumerate(pairs) if n != left_out]
    return fitted([p.features for p in others], [p.same for p in others], names)


def _learn_figures(figures: Sequence[Figures], least: float) -> Scorer:
    """The scorer of figures, with its bar."""
    scorer = _fitted_figures(figures)
    likely = [f.pairs.features["clause"][scorer.probability(f.pairs.features) >= FIGURE_BARS[0]] for f in figures]
    floor = float(np.floor(np.quantile(np.concatenate(likely), BELOW_FLOOR / 1000) * 100) / 100)
    return msgspec.structs.replace(scorer, least=least, floor=floor)


def _fitted_figures(figures: Sequence[Figures]) -> Scorer:
    features = [_only(f.pairs.features, f.known) for f in figures]
    return fitted(features, [f.same[f.known] for f in figures], FIGURE_FEATURES, FIGURE_PENALTY, share=0.5)


class Joined(NamedTuple):
    """Two figures, one of which the gold has in a row at least: whether they are in one group of ours, in one row of the gold, and equal numbers."""

    ours: bool
    same: bool
    equal: bool


def _joined(figures: Figures, scorer: Scorer) -> list[Joined]:
    """Each two figures of different reports, one of which is in a row: those in none are known to be others."""
    pairs, rows = figures.pairs, figures.rows
    first = {n: k for k, members in enumerate(pairs.alike) for n in members}
    home = {n: k for k, group in enumerate(group_figures(pairs, scorer)) for n in group}
    known = sorted(first)
    value = [item.figure.value for item in pairs.items]
    return [
        Joined(home[a] == home[b], not rows[first[a]].isdisjoint(rows[first[b]]), value[a] == value[b])
        for k, a in enumerate(known)
        for b in known[k + 1 :]
        if pairs.items[a].article != pairs.items[b].article and (rows[first[a]] or rows[first[b]])
    ]


def _f1(joined: Sequence[Joined]) -> float:
    return 2 * sum(p.ours and p.same for p in joined) / max(1, sum(p.ours + p.same for p in joined))


def fitted(
    features: Sequence[Mapping[str, Floats]],
    same: Sequence[Flags],
    names: tuple[str, ...],
    penalty: float = PENALTY,
    share: float = 1.0,
) -> Scorer:
    """A regression; a story's pairs weigh its number of positives to the minus `share`."""
    rows = np.concatenate([np.stack([f[name] for name in names], axis=1) for f in features])
    right = np.concatenate(list(same))
    weights = np.concatenate([np.full(len(s), 1 / max(1, s.sum()) ** share) for s in same])
    center, scale = rows.mean(axis=0), rows.std(axis=0)
    scale[scale < CONSTANT] = 1.0
    model = LogisticRegression(C=penalty, max_iter=1000)
    model.fit((rows - center) / scale, right, sample_weight=weights / weights.mean())
    return Scorer(
        encoder=encoder_name(),
        features=names,
        center=_rounded(center),
        scale=_rounded(scale),
        weights=_rounded(model.coef_[0]),
        bias=round(float(model.intercept_[0]), 5),
        least=JOINS,
    )


def _rounded(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(v), 5) for v in values)


def _grouped_f1(pairs: Pairs, probability: Floats, floor: float, bar: float) -> float:
    """F1 over the pairs that groups made at a bar hold together, among stretches that the gold has."""
    seen = pairs.features["cosine"] >= floor
    groups = group_alike(len(pairs.items), pairs.left[seen], pairs.right[seen], probability[seen], bar, "average")
    home = np.zeros(len(pairs.items), np.int64)
    for k, group in enumerate(groups):
        home[group] = k
    known = np.array([bool(rows) for rows in pairs.rows])
    ours = (home[pairs.left] == home[pairs.right]) & known[pairs.left] & known[pairs.right]
    return 2 * float((ours & pairs.same).sum()) / max(1.0, float(ours.sum() + pairs.same.sum()))


def _learn_cells(pairs: Sequence[Pairs], scorer: Scorer) -> Scorer:
    """Whether a sentence tells a row that its article has no reading in; and the bar from which an article comes near."""
    features: list[dict[str, Floats]] = []
    same: list[Flags] = []
    empty: list[dict[str, Floats]] = []
    n_cells = 0
    for p in pairs:
        stretches = Stretches(p.story.material, p.items)
        lined = line_up(p.story.material, p.items, scorer)
        likelihoods = Likelihoods(lined)
        parts: list[dict[str, Floats]] = []
        truths: list[Flags] = []
        for group in lined.groups:
            have = np.unique(stretches.article[group])
            if len(have) < 2:
                continue
            found = cell_features(stretches, group, likelihoods)
            articles = np.unique(stretches.article)
            n_cells += len(articles)
            empty += [_only(found, stretches.article == k) for k in np.setdiff1d(articles, have).tolist()]
            told = _told(p.rows, group)
            if told:
                free = ~np.isin(stretches.article, have)
                parts.append(_only(found, free))
                truths.append(np.array([not told.isdisjoint(p.rows[n]) for n in np.flatnonzero(free).tolist()], bool))
        features.append({name: np.concatenate([part[name] for part in parts]) for name in CELL_FEATURES})
        same.append(np.concatenate(truths))
    model = fitted(features, same, CELL_FEATURES)
    return msgspec.structs.replace(model, near=_near_bar(model, empty, n_cells))


def _told(rows: Sequence[frozenset[int]], group: Sequence[int]) -> set[int]:
    counts = Counter(k for n in group for k in rows[n])
    return {k for k, count in counts.items() if count >= max(2, TELLS * len(group))}


def _only(features: Mapping[str, Floats], kept: Flags) -> dict[str, Floats]:
    return {name: values[kept] for name, values in features.items()}


def _near_bar(model: Scorer, empty: Sequence[Mapping[str, Floats]], n_cells: int) -> float:
    """The probability from which `MOST_NEAR` of all cells are near: the likeliest sentence of an article decides its cell."""
    best = np.sort([float(model.probability(cell).max()) for cell in empty])[::-1]
    return float(best[min(len(best) - 1, int(MOST_NEAR * n_cells))])


if __name__ == "__main__":
    main()
