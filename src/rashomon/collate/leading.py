"""The news itself, in a clause of how one report begins: that which tells the event that all of them are about.

News is told first (the inverted pyramid), by every outlet in its own words, so that no clause of it may stand in one row with
another's. The scorer is a logistic regression over how near a clause is to how the other reports begin and are headed
(training/leading.py makes the file, from the invented stories that teach).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.collate.backing import Backing, load_backing
from rashomon.collate.clause_labels import clause_label
from rashomon.collate.lining.scorer import Scorer, read_scorer
from rashomon.collate.material import Material
from rashomon.collate.point_labels import chances_told
from rashomon.collate.printable import Label, load_printable
from rashomon.model import Reading
from rashomon.text.words import content_stems

FEATURES = ("chance", "near", "told", "share", "title", "title_most", "own", "sentence", "telling")
# In so many sentences of a report the news is looked for, and with so many of another, beside its title, it is compared.
OPENING, COMPARED = 3, 4
# Of more reports than this only so many are asked for the news, one of each text.
MOST_ASKED = 8
# What one report alone is likely to tell in full must be so much likelier to be the news.
LEAST_ALONE = 0.9

Floats = NDArray[np.float64]


class Opening(NamedTuple):
    """A clause of how a report begins that can be a label, the number of its sentence, and how likely it can be printed."""

    label: Label
    sentence: int
    chance: float


class Lead(NamedTuple):
    """The news, and the readings, one a report, that are likely to tell all of it, of those that were asked: how the reports begin."""

    label: Label
    readings: tuple[Reading, ...]
    asked: tuple[Reading, ...]


@lru_cache(maxsize=1)
def load_leading() -> Scorer:
    """The scorer that ships; what does not reach its bar is hardly the news."""
    return read_scorer(__package__, "leading.json")


def find_leads(material: Material, backing: Backing, account: Mapping[str, int]) -> Iterator[Lead]:
    """The clauses that are likely to be the news, those that two reports tell first, then the likeliest; none of one report.

    `account` numbers the text that each report has. Who else tells a clause is only asked when it is wanted.
    """
    first: dict[object, str] = {}
    for article in material.ids:
        first.setdefault(account.get(article, article), article)
    texts = list(first.values())[:MOST_ASKED]
    openings = openings_of(material, texts) if len(texts) > 1 else []
    if not openings:
        return
    scorer = load_leading()
    news = scorer.probability(lead_features(material, backing, openings, texts)).tolist()
    likely = [(p, opening.label) for p, opening in zip(news, openings, strict=True) if p >= scorer.least]
    begun = {article: _readings(material, article) for article in material.ids} if likely else {}
    alone = []
    for p, label in sorted(likely, key=lambda pair: (-pair[0], pair[1].words)):
        asked = (label.place, *(r for article, own in begun.items() if article != label.article for r in own))
        lead = Lead(label, backing.behind(asked, label.place, label.words), asked)
        if len({account.get(r.article, r.article) for r in lead.readings}) > 1:
            yield lead
        elif p >= LEAST_ALONE:
            alone.append(lead)
    yield from alone


def openings_of(material: Material, articles: Sequence[str]) -> list[Opening]:
    """The clauses in which some reports begin that can be printed, whole or with less of where and when, by report and place."""
    found = [
        (Label(article, clause, words), number)
        for article in articles
        for number, sentence in enumerate(_body(material, article)[:OPENING])
        for whole in material.clauses_in(sentence)
        for clause in (whole, *material.shortened(article, whole))
        if (words := clause_label(material, article, clause)) is not None
    ]
    chances = chances_told(material, [label for label, _ in found])
    openings = [Opening(label, number, chance) for (label, number), chance in zip(found, chances, strict=True)]
    return [opening for opening in openings if opening.chance >= load_printable().least]


def lead_features(
    material: Material, backing: Backing, openings: Sequence[Opening], articles: Sequence[str]
) -> dict[str, Floats]:
    """What is looked at of some clauses, each an array with a value for every clause; `articles` are those they are compared with.

    The chance that it can be printed; how near the others come, and how likely they tell all of it, on average; the share of its
    telling words that they begin with, that their titles have (on average and at most) and that its own title has; the number of its
    sentence; and how much it tells.
    """
    begun = {article: _readings(material, article) for article in articles}
    stems = {
        article: frozenset(s for r in own for s in content_stems(material.texts[article], r.start, r.end))
        for article, own in begun.items()
    }
    titles = {article: frozenset(content_stems(material.by_id[article].title or "")) for article in articles}
    rows = []
    for opening in openings:
        label = opening.label
        others = [article for article in articles if article != label.article and begun[article]]
        _, found = backing.features(label.place, label.clause, label.words, [list(begun[a]) for a in others])
        own = frozenset(content_stems(label.words))
        headed = [len(own & titles[a]) / max(1, len(own)) for a in others]
        rows.append(
            {
                "chance": opening.chance,
                "near": float(found["cosine"].mean()) if others else 0.0,
                "told": float(load_backing().probability(found).mean()) if others else 0.0,
                "share": float(np.mean([len(own & stems[a]) / max(1, len(own)) for a in others] or [0.0])),
                "title": float(np.mean(headed or [0.0])),
                "title_most": max(headed, default=0.0),
                "own": len(own & titles[label.article]) / max(1, len(own)),
                "sentence": float(opening.sentence),
                "telling": float(np.log1p(len(own))),
            }
        )
    return {name: np.array([row[name] for row in rows], np.float64).round(3) for name in FEATURES}


def _readings(material: Material, article: str) -> tuple[Reading, ...]:
    """A report's title and the sentences it begins with."""
    title = [r for r in _sentences(material, article) if material.is_in_title(article, r.start)]
    return (*title, *_body(material, article)[:COMPARED])


def _body(material: Material, article: str) -> list[Reading]:
    """The sentences below a report's title that say something: not who wrote it where, nor the name of the paper."""
    below = (r for r in _sentences(material, article) if not material.is_in_title(article, r.start))
    return [r for r in below if any(clause.core is not None for clause in material.clauses_in(r))]


def _sentences(material: Material, article: str) -> list[Reading]:
    return [Reading(article=article, start=s.start, end=s.end) for s in material.found[article].sentences]
