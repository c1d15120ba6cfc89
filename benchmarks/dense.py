"""What finding candidates costs where a day brings many articles: key meetings, pairs and seconds, all articles on one day.

A part of the articles stands for more: a term that would be in too many of `--stands-for` articles finds none in the part either,
and what is counted of the part, a pair for a pair, is told for the whole: meetings of keys grow with its square.

    python benchmarks/dense.py [--shared FOLDER] [--sizes 3000 9000] [--stands-for 600000] [--caps 10000 3000 1000]
"""

from __future__ import annotations

import argparse
import time
from itertools import islice
from pathlib import Path
from unittest.mock import patch

import msgspec
import numpy as np
from grouping import copies, read_base

from rashomon.group import pairs, profiles, shipped


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--sizes", type=int, nargs="*", default=(3_000, 9_000), help="how many articles")
    parser.add_argument("--stands-for", type=int, default=600_000, help="how many articles these stand for")
    parser.add_argument("--caps", type=int, nargs="*", default=(10_000, 3_000, 1_000), help="articles a term may be in")
    arguments = parser.parse_args()
    made = islice(copies(read_base(arguments.shared)), max(arguments.sizes))
    own = profiles([msgspec.structs.replace(a, published="2024-05-01") for a in made])
    for size in arguments.sizes:
        times = arguments.stands_for / size
        rare_in = shipped().with_counts_of(own[:size])
        n_terms = len(np.unique(np.concatenate([p.hashes for p in own[:size]])))
        print(f"{size:6} articles have {n_terms} terms")
        for cap in arguments.caps:
            with patch.object(pairs, "MOST_SHARING", cap * rare_in.n_articles / arguments.stands_for):
                keys = [pairs.keys_of(p, rare_in) for p in own[:size]]
                counts = np.unique(np.concatenate(keys), return_counts=True)[1]
                started = time.process_time()
                found = len(pairs.find_candidate_pairs(own[:size], rare_in)[0])
                seconds = time.process_time() - started
            meetings = int((counts * (counts - 1) // 2).sum())
            print(
                f"{size:6} articles, a term in {cap:6} of {arguments.stands_for} at most: {len(counts)} keys, {meetings} meetings, "
                f"{found} pairs, {seconds:.1f} s; of the whole {times * meetings / size:.0f} meetings and "
                f"{times * found / size:.0f} pairs an article",
                flush=True,
            )


if __name__ == "__main__":
    main()
