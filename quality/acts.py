"""How often an act that the PLV sentences name is found, by class, and how often what is found is of another class.

    python quality/acts.py [--shared FOLDER] [--misses CLASS]

PLV (Hu et al. 2024) marks one act of PLOVER a sentence. Counted are the classes that make a position; `ours` says which acts of
ours answer to each. Demands and requests are one class there. Prints, for each class, sentences, those in which we find
such an act, and those in which we find only others.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rashomon.annotate import annotate
from rashomon.read.plain import build_article

OURS = {
    "AGREE": {"agreement", "promise", "offer"},
    "REQUEST": {"request", "demand"},
    "REJECT": {"refusal", "denial"},
    "THREATEN": {"threat"},
    "ACCUSE": {"accusation"},
}


def main() -> None:
    """Annotate the sentences and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--misses", help="print the sentences of this class in which no such act was found")
    arguments = parser.parse_args()
    with (arguments.shared / "data" / "positions" / "train.jsonl").open(encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if row["act"] in OURS]
    articles = [build_article(id=f"{n}", path=r["id"], text=r["sentence"], language="en") for n, r in enumerate(rows)]
    found = [{act.act for act in own.acts} for own in annotate(articles)]
    print(f"{'class':10}{'sentences':>10}{'found':>8}{'other':>8}")
    for name, ours in OURS.items():
        acts = [(row["sentence"], own) for row, own in zip(rows, found, strict=True) if row["act"] == name]
        hit = sum(bool(own & ours) for _, own in acts)
        other = sum(bool(own) and not own & ours for _, own in acts)
        print(f"{name:10}{len(acts):10}{100 * hit / len(acts):8.1f}{100 * other / len(acts):8.1f}")
        if arguments.misses == name:
            print(*(f"  {sorted(own)}  {sentence}" for sentence, own in acts if not own & ours), sep="\n")


if __name__ == "__main__":
    main()
