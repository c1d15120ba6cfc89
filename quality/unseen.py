"""How well points and remarks are lined up in 209 stories that nothing about lining up has learned from.

unseen.jsonl beside this file has what readers of the project found in 339 stories of BASIL, PolNeAR, TempEval and the Gun Violence Archive:
which places of a story's reports tell one point, and which statements are one remark, where two reports or more do. Only places
are kept; the reports are looked up in the corpora. 130 stories teach the encoder (training/encoder.py), the others
judge. The measure is F1 over the pairs of sentences of two reports that stand in one row, a mean of the stories. A pair of ours is judged where both sentences are in some row of the reader's: a row that takes in what
one report alone has costs nothing here, and in the six it does, so the two do not compare. The rows are those of the code and the
scorers that ship, and a change of either is judged on twenty times as many reports as teach the scorers. (What finds the statements has learned
from most of PolNeAR's reports.)

    python quality/unseen.py [--shared FOLDER]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from pathlib import Path
from statistics import fmean
from typing import Any

import stories
from stories import Labelled

from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.points import align_points
from rashomon.collate.quotes import align_quotes, readings_of
from rashomon.model import Span

ROWS = Path(__file__).parent / "unseen.jsonl"

Pair = tuple[int, int]
Place = tuple[str, Span]


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    for name, value in measure(parser.parse_args().shared).items():
        print(f"{name:32} {value:6.1f}")


def measure(shared: Path) -> dict[str, float]:
    """Precision, recall and F1 of the pairs that are lined up, in per cent, for points and for remarks."""
    shares: dict[str, list[tuple[float, float]]] = {"points": [], "quotes": []}
    for story in load_stories(shared):
        material = story.material
        points = [[(r.article, r.span) for r in row.readings] for row in align_points(material, ())]
        remarks = [[(r.article, r.span) for r in readings_of(row)] for row in align_quotes(material, Names(material))]
        for name, ours in (("points", points), ("quotes", remarks)):
            if (found := shares_of(material, ours, places_of(story, name))) is not None:
                shares[name].append(found)
    scores = {}
    for name, own in shares.items():
        scores[f"unseen.{name}.precision"] = 100 * fmean(precision for precision, _ in own)
        scores[f"unseen.{name}.recall"] = 100 * fmean(recall for _, recall in own)
        scores[f"unseen.{name}"] = 100 * fmean(2 * p * r / (p + r) if p + r else 0.0 for p, r in own)
    return {name: round(value, 1) for name, value in scores.items()}


def shares_of(
    material: Material, ours: Iterable[Iterable[Place]], theirs: Sequence[Sequence[Place]]
) -> tuple[float, float] | None:
    """Of our pairs the share that a reader has, and of the reader's the share that we have; None where the reader has none."""
    wanted = pairs_of(material, theirs)
    if not wanted:
        return None
    known = sentences_of(material, chain.from_iterable(theirs))
    judged = {pair for pair in pairs_of(material, ours) if known.issuperset(pair)}
    right = len(judged & wanted)
    return right / max(1, len(judged)), right / len(wanted)


def pairs_of(material: Material, rows: Iterable[Iterable[Place]]) -> set[Pair]:
    """The pairs of sentences of two reports that stand in one row."""
    return {
        (a, b)
        for row in rows
        for a, b in combinations(sorted(sentences_of(material, row)), 2)
        if material.sentences[a].article != material.sentences[b].article
    }


def sentences_of(material: Material, places: Iterable[Place]) -> set[int]:
    """The numbers of the sentences in which some places begin."""
    found = (material.sentence_at(article, span.start) for article, span in places)
    return {n for n in found if n is not None}


def places_of(story: Labelled, section: str) -> list[list[Place]]:
    """The rows that a reader made of a story."""
    return [
        [(r["article"], Span(r["span"]["start"], r["span"]["end"])) for r in row["readings"]]
        for row in story.gold[section]
    ]


def load_stories(
    shared: Path, *, teaching: bool | None = False, known: Container[str] | None = None
) -> Iterator[Labelled]:
    """The stories that judge, those that teach, or all (None), annotated one after the other, with rows as the gold of the six has them.

    A story has the name of its first report; with `known` only those are loaded.
    """
    texts: dict[str, Mapping[str, Any]] = {}
    for line in ROWS.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        if teaching is not None and told["teaches"] != teaching:
            continue
        if known is not None and told["reports"][0] not in known:
            continue
        corpus, names = told["corpus"], told["reports"]
        if corpus not in texts:
            texts[corpus] = dict(_reports(shared / "data", corpus))
        gold = {"points": rows_of(names, told["points"]), "quotes": rows_of(names, told["remarks"])}
        yield Labelled(
            names[0], stories.of_corpus([texts[corpus][name] for name in names]), gold, {name: name for name in names}
        )


def rows_of(names: Sequence[str], told: Sequence[Sequence[tuple[int, int, int]]]) -> list[dict[str, Any]]:
    """Rows as the gold of the six has them, of places by the number of the report."""
    return [
        {"readings": [{"article": names[n], "span": {"start": start, "end": end}} for n, start, end in row]}
        for row in told
    ]


def _reports(data: Path, corpus: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The reports of a corpus by id: a file, or a folder with a part to learn from and one to develop on."""
    files = sorted((data / corpus).glob("*.jsonl")) or [data / f"{corpus}.jsonl"]
    for file in files:
        for line in file.open(encoding="utf-8"):
            report = json.loads(line)
            yield report["id"], report


if __name__ == "__main__":
    main()
