"""Count the runs of words that everybody writes: src/rashomon/text/stock.npy.

A run of words that stands in reports of several events ("was pronounced dead at the scene") says nothing of where a text
comes from. Kept are the hashes (text/reuse.py) of the runs of `SEED` words found in `LEAST` or more stories of the
grouping corpora; no text is kept, and a hash cannot be read back.

    python training/stock.py [--shared FOLDER] OUT.npy
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np

from rashomon.text.runs import hash_runs, read_words

CORPORA = ("gva", "basil")
# In how many stories a run must stand.
LEAST = 3


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("out", type=Path, help="where the hashes go")
    arguments = parser.parse_args()
    runs: dict[tuple[str, str], list[np.ndarray]] = defaultdict(list)
    for corpus in CORPORA:
        with (arguments.shared / "data" / "grouping" / f"{corpus}.jsonl").open(encoding="utf-8") as file:
            for line in file:
                article = json.loads(line)
                runs[corpus, article["story"]].append(hash_runs(read_words(article["text"]).ids))
    told = np.concatenate([np.unique(np.concatenate(own)) for own in runs.values()])
    hashes, counts = np.unique(told, return_counts=True)
    np.save(arguments.out, hashes[counts >= LEAST])
    print(f"{len(runs)} stories, {len(hashes)} runs, {int((counts >= LEAST).sum())} kept")


if __name__ == "__main__":
    main()
