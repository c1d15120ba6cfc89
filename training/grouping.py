"""Count how rare terms are and train the pair model of grouping: src/rashomon/group/rarity.npz and pairs.npz.

Pairs of the two grouping corpora are labelled by their stories. The attribution corpus has none, but its articles follow
one campaign for a year, so pairs of it that are more than a week apart stand for the same people in other news. No text is
kept: a hash cannot be read back, and the trees hold thresholds.

    python training/grouping.py [--shared FOLDER] [--check] OUT_FOLDER

--check trains on four fifths of the stories and groups with what each model says of the fifth it has not seen.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from folds import fold_of
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from rashomon.group.pairs import FEATURES, features, find_candidate_pairs, matrices
from rashomon.group.profile import Profile, profiles
from rashomon.group.rarity import Rarity
from rashomon.group.trees import KNOWN
from rashomon.model import Article
from rashomon.provenance import provenance_of
from rashomon.read import read
from rashomon.settings import DEFAULT
from rashomon.text.clusters import group_alike
from rashomon.weights import stamp

# How much a pair of each corpus weighs: the larger one has hundreds of candidates for each of the smaller one.
WEIGHTS = {"gva": 1.0, "basil": 10.0}
OTHER_NEWS = 1.0
# Pairs of the attribution corpus further apart than this, in days, are taken to report two events.
APART = 8
# A term in fewer articles is left to count as the rarest.
LEAST = 2
FOLDS = 5


class Labelled(NamedTuple):
    """A corpus: its articles' stories, the candidate pairs, what speaks for each and whether it is one story."""

    stories: list[str]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    features: NDArray[np.float32]
    same: NDArray[np.bool_]


def main() -> None:
    """Count, train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--check", action="store_true", help="cross-validate before writing")
    parser.add_argument("out", type=Path, help="the folder for rarity.npz and pairs.npz")
    arguments = parser.parse_args()
    corpora = {name: _stories(arguments.shared, name) for name in WEIGHTS}
    campaign = profiles(_campaign(arguments.shared))
    everything = {**{name: own for name, (own, _) in corpora.items()}, "campaign": campaign}
    rarity = _count([p for own in everything.values() for p in own])
    (arguments.out / "rarity.npz").write_bytes(rarity.pack())
    labelled = {name: _label(own, stories, _without(everything, name)) for name, (own, stories) in corpora.items()}
    other = _other_news(campaign, _without(everything, "campaign"))
    if arguments.check:
        _check(labelled, other, arguments.shared)
    _write(_train(labelled, other, None), arguments.out / "pairs.npz")


def _stories(shared: Path, name: str) -> tuple[list[Profile], list[str]]:
    path = shared / "data" / "grouping" / f"{name}.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    story = {(a["id"], a["text"][:500]): str(a["story"]) for a in lines}
    articles = read([path]).articles
    return profiles(articles), [story[a.id.split("~")[0], a.text[:500]] for a in articles]


def _campaign(shared: Path) -> list[Article]:
    articles = []
    for part in ("train", "dev"):
        for line in (shared / "data" / "attribution" / f"{part}.jsonl").open(encoding="utf-8"):
            entry = json.loads(line)
            outlet, day, _ = entry["id"].split("_", 2)
            title = entry["text"].split("\n", 1)[0][:200]
            articles.append(
                Article(
                    id=entry["id"], path="", sha256="", text=entry["text"], title=title, source=outlet, published=day
                )
            )
    return articles


def _count(own: list[Profile]) -> Rarity:
    hashes, counts = np.unique(np.concatenate([np.unique(p.hashes) for p in own]), return_counts=True)
    kept = counts >= LEAST
    print(f"{len(own)} articles, {len(hashes)} terms, {int(kept.sum())} kept")
    return Rarity(hashes[kept].astype(np.uint32), counts[kept].astype(np.float32), len(own))


def _without(everything: dict[str, list[Profile]], name: str) -> Rarity:
    """The counts that a library of this corpus would start from: those of the others, and then its own."""
    others = [p for other, own in everything.items() if other != name for p in own]
    return _count(others).with_counts_of(everything[name])


def _label(own: list[Profile], stories: list[str], rare_in: Rarity) -> Labelled:
    left, right = find_candidate_pairs(own, rare_in)
    same = np.array([stories[a] == stories[b] for a, b in zip(left, right, strict=True)])
    print(f"{len(own)} articles, {len(left)} candidates, {int(same.sum())} of one story")
    return Labelled(stories, left, right, features(matrices(own, rare_in), left, right), same)


def _other_news(own: list[Profile], rare_in: Rarity) -> NDArray[np.float32]:
    left, right = find_candidate_pairs(own, rare_in)
    of = matrices(own, rare_in)
    apart = np.abs(of.days[left] - of.days[right]) >= APART
    return features(of, left[apart], right[apart])


def _train(
    labelled: dict[str, Labelled], other: NDArray[np.float32], left_out: int | None
) -> HistGradientBoostingClassifier:
    """The model of all pairs, or of those without an article of one fold's stories."""
    rows, same, weights = [other], [np.zeros(len(other), bool)], [np.full(len(other), OTHER_NEWS)]
    for name, own in labelled.items():
        folds = np.array([fold_of(s, FOLDS) for s in own.stories])
        kept = (folds[own.left] != left_out) & (folds[own.right] != left_out)
        rows.append(own.features[kept])
        same.append(own.same[kept])
        weights.append(np.full(int(kept.sum()), WEIGHTS[name]))
    model = HistGradientBoostingClassifier(
        max_iter=300,
        learning_rate=0.05,
        max_leaf_nodes=15,
        l2_regularization=5,
        monotonic_cst=[_direction(name) for name in FEATURES],
        early_stopping=False,
        random_state=0,
    )
    return model.fit(np.concatenate(rows), np.concatenate(same), sample_weight=np.concatenate(weights))


def _direction(feature: str) -> int:
    """What is more alike is never less likely one event, what is further apart in time never more."""
    if feature == "days_apart":
        return -1
    return 1 if feature.startswith(("cosine", "vector")) else 0


def _check(labelled: dict[str, Labelled], other: NDArray[np.float32], shared: Path) -> None:
    sys.path.insert(0, str(shared / "score"))
    from grouping import bcubed

    models = [_train(labelled, other, fold) for fold in range(FOLDS)]
    for name, own in labelled.items():
        folds = np.array([fold_of(s, FOLDS) for s in own.stories])[own.left]
        likely = np.zeros(len(own.left))
        for fold, model in enumerate(models):
            if (folds == fold).any():
                likely[folds == fold] = model.predict_proba(own.features[folds == fold])[:, 1]
        for least in sorted({0.3, DEFAULT.group.story_similarity, 0.5}):
            groups = group_alike(len(own.stories), own.left, own.right, likely, least, "average")
            found = {n: k for k, members in enumerate(groups) for n in members}
            scores = bcubed(found, dict(enumerate(own.stories)))
            print(f"{name} at {least}: BCubed precision, recall, F1", *(f"{100 * x:.1f}" for x in scores))


def _write(model: HistGradientBoostingClassifier, out: Path) -> None:
    """The trees as flat arrays (rashomon.group.trees)."""
    nodes = [trees[0].nodes for trees in model._predictors]  # noqa: SLF001 - there is no public form
    starts = np.cumsum([0, *(len(n) for n in nodes)])
    flat = np.concatenate(nodes)
    shift = np.repeat(starts[:-1], [len(n) for n in nodes])
    is_leaf = flat["is_leaf"].astype(bool)
    np.savez_compressed(
        out,
        feature=np.where(is_leaf, -1, flat["feature_idx"]).astype(np.int16),
        threshold=flat["num_threshold"].astype(np.float32),
        left=(flat["left"] + shift).astype(np.int32),
        right=(flat["right"] + shift).astype(np.int32),
        value=flat["value"],
        roots=starts[:-1].astype(np.int32),
        base=np.float64(model._baseline_prediction.ravel()[0]),  # noqa: SLF001 - the same
        header=stamp(KNOWN, provenance_of(("text/minilm",), ())),
    )
    print(f"{len(nodes)} trees, {len(flat)} nodes")


if __name__ == "__main__":
    main()
