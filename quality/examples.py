"""Score the example stories against their gold: what `make quality` measures on a machine without the corpora.

    python quality/examples.py [--misses]

A gold reading is found when a reading of ours in the same report covers half of the shorter of the two. Rows are scored by
pairs of readings that stand together (F1), differences and positions by those found. Prints a line a measure: each story,
then the mean.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import msgspec

from rashomon.model import Collation
from rashomon.run import collate_paths

EXAMPLES = Path(__file__).parent.parent / "examples"
STORIES = ("harbour", "spillway", "straits")
LEAST = 0.5
Row = Mapping[str, Any]


class Place(NamedTuple):
    """A stretch of a report."""

    article: str
    start: int
    end: int


def main() -> None:
    """Score every story and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print the differences and positions that were not found")
    arguments = parser.parse_args()
    scores = {story: score_story(story, show=arguments.misses) for story in STORIES}
    print(f"{'':20}" + "".join(f"{story:>10}" for story in STORIES) + f"{'mean':>10}")
    for name in scores[STORIES[0]]:
        row = [scores[story][name] for story in STORIES]
        print(f"{name:20}" + "".join(f"{value:10.1f}" for value in [*row, fmean(row)]))


def measure() -> dict[str, float]:
    """For the gate: each measure's mean over the stories, in percent."""
    scores = [score_story(story) for story in STORIES]
    return {f"examples.{name}": round(fmean(s[name] for s in scores), 1) for name in scores[0]}


def score_story(story: str, *, show: bool = False) -> dict[str, float]:
    """The measures of one story."""
    gold = json.loads((EXAMPLES / "gold" / f"{story}.json").read_text(encoding="utf-8"))
    collation, _ = collate_paths([EXAMPLES / story])
    letters = letters_of(collation, gold)
    ours = msgspec.to_builtins(collation)
    quotes, figures = rows_of(ours["quotes"], letters), rows_of(ours["figures"], letters)
    missed = [c["what"] for c in gold["conflicts"] if not touches(c, ours["differences"], letters)]
    unmet = [p["what"] for p in gold["positions"] if not holds(p, ours["positions"], letters)]
    if show:
        print(f"{story}: differences {missed}; positions {unmet}")
    return {
        "quotes.found": found(gold_rows(gold["quotes"]), quotes),
        "quotes.aligned": aligned(gold_rows(gold["quotes"]), quotes),
        "figures.found": found(gold_rows(gold["figures"]), figures),
        "figures.aligned": aligned(gold_rows(gold["figures"]), figures),
        "figures.relation": relations(gold["figures"], ours["figures"], letters),
        "names.aligned": names(gold["names"], collation),
        "points.aligned": aligned(gold_rows(gold["points"]), rows_of(ours["points"], letters), across=True),
        "families": 100.0
        * (families(gold) == {frozenset(letters[a] for a in f.articles) for f in collation.lineage.families}),
        "differences.found": percent(len(gold["conflicts"]) - len(missed), len(gold["conflicts"])),
        "positions.found": percent(len(gold["positions"]) - len(unmet), len(gold["positions"])),
    }


def letters_of(collation: Collation, gold: Row) -> dict[str, str]:
    """The gold's letter for each article."""
    by_file = {file: letter for letter, file in gold["files"].items()}
    return {a.id: by_file[Path(a.path).name] for a in collation.articles}


def rows_of(rows: Iterable[Row], letters: Mapping[str, str]) -> list[list[Place]]:
    """Our rows as places; a quote's spans are one place from the first to the last."""
    return [[place_of(r, letters) for r in row["readings"]] for row in rows]


def place_of(reading: Row, letters: Mapping[str, str]) -> Place:
    """A reading of ours as a place."""
    spans = reading.get("spans") or [reading]
    starts, ends = ([s[key] if isinstance(s, dict) else s[n] for s in spans] for n, key in enumerate(("start", "end")))
    return Place(letters[reading["article"]], min(starts), max(ends))


def gold_rows(rows: Iterable[Row]) -> list[list[Place]]:
    """The gold's rows as places."""
    return [[gold_place(r) for r in row["readings"]] for row in rows]


def gold_place(reading: Row) -> Place:
    """A gold reading as a place."""
    return Place(reading["article"], reading["span"]["start"], reading["span"]["end"])


def meet(a: Place, b: Place) -> bool:
    """Whether two places share half of the shorter one."""
    common = min(a.end, b.end) - max(a.start, b.start)
    return a.article == b.article and common >= LEAST * min(a.end - a.start, b.end - b.start) and common > 0


def percent(part: float, whole: float) -> float:
    """A share in percent; of nothing, all."""
    return 100 * part / whole if whole else 100.0


def found(gold: Sequence[Sequence[Place]], ours: Sequence[Sequence[Place]]) -> float:
    """The share of gold readings that some reading of ours meets."""
    flat = [place for row in ours for place in row]
    places = [place for row in gold for place in row]
    return percent(sum(any(meet(place, own) for own in flat) for place in places), len(places))


def aligned(gold: Sequence[Sequence[Place]], ours: Sequence[Sequence[Place]], *, across: bool = False) -> float:
    """F1 of pairs of gold readings that stand in one row; those no row of ours meets count as missed."""
    flat = [(n, place) for n, row in enumerate(gold) for place in row]
    homes = [{k for k, row in enumerate(ours) if any(meet(place, own) for own in row)} for _, place in flat]
    right = said = true = 0
    for (i, (n, a)), (j, (m, b)) in combinations(enumerate(flat), 2):
        if across and a.article == b.article:
            continue
        same, together = n == m, bool(homes[i] & homes[j])
        right, said, true = right + (same and together), said + together, true + same
    return percent(2 * right, said + true)


def relations(gold: Iterable[Row], ours: Iterable[Row], letters: Mapping[str, str]) -> float:
    """The share of figures of two reports and more whose relation is the gold's, by the row that has most of them."""
    wide = [f for f in gold if len({r["article"] for r in f["readings"]}) > 1]
    rows = [(f["relation"], [place_of(r, letters) for r in f["readings"]]) for f in ours]
    right = 0
    for figure in wide:
        places = [gold_place(r) for r in figure["readings"]]
        best = max(rows, key=lambda row: sum(any(meet(p, own) for own in row[1]) for p in places))
        right += best[0] == figure["relation"]
    return percent(right, len(wide))


def names(gold: Iterable[Row], collation: Collation) -> float:
    """F1 of pairs of forms that name one; a form we do not have is missed."""
    own = {form.text: n for n, name in enumerate(collation.names) for form in name.forms}
    forms = [(n, form) for n, name in enumerate(gold) for form in name["forms"]]
    right = said = true = 0
    for (n, a), (m, b) in combinations(forms, 2):
        same, together = n == m, a in own and own[a] == own.get(b)
        right, said, true = right + (same and together), said + together, true + same
    return percent(2 * right, said + true)


def families(gold: Row) -> set[frozenset[str]]:
    """The gold's families."""
    return {frozenset(group["members"]) for group in gold["lineage"]["groups"]}


def touches(conflict: Row, differences: Iterable[Row], letters: Mapping[str, str]) -> bool:
    """Whether one difference of ours touches two readings of a conflict."""
    places = [gold_place(r) for r in conflict["readings"]]
    return any(
        sum(any(meet(p, place_of(r, letters)) for r in d["readings"]) for p in places) >= min(2, len(places))
        for d in differences
    )


def holds(position: Row, ours: Iterable[Row], letters: Mapping[str, str]) -> bool:
    """Whether a position of ours has the same act at one of the readings."""
    places = [gold_place(r) for r in position["readings"]]
    return any(
        p["act"] == position["act"] and any(meet(a, place_of(r, letters)) for r in p["readings"] for a in places)
        for p in ours
    )


if __name__ == "__main__":
    main()
