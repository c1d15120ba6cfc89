"""What an installation weighs: the files of every distribution that Rashomon needs, by package, in megabytes.

    python benchmarks/weight.py [--extra parquet]

Counts what pip wrote for the packages of the running environment, byte code included, and nothing that only the tests need.
"""

from __future__ import annotations

import argparse
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

MEGABYTE = 1e6
# Smaller packages are told together.
LEAST = 5.0


def main() -> None:
    """Print a line a package, the heaviest first, and the sum."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--extra", action="append", default=[], help="count an extra of rashomon too")
    needed = gather("rashomon", frozenset(parser.parse_args().extra))
    del needed["rashomon"]
    weights = sorted(((weigh(found), name) for name, found in needed.items()), reverse=True)
    for weight, name in weights:
        if weight >= LEAST:
            print(f"{weight:7.1f}  {name} {needed[name].version}")
    small = [weight for weight, _ in weights if weight < LEAST]
    print(f"{sum(small):7.1f}  {len(small)} smaller packages")
    print(f"{sum(weight for weight, _ in weights):7.1f}  in all")


def gather(name: str, extras: frozenset[str]) -> dict[str, Distribution]:
    """A distribution and all that it requires here, by name."""
    needed: dict[str, Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(name, extras)]
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            needed[name] = distribution(name)
        except PackageNotFoundError:  # for another platform
            continue
        for line in needed[name].requires or ():
            wanted = Requirement(line)
            if wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                waiting.append((canonicalize_name(wanted.name), frozenset(wanted.extras)))
    return needed


def weigh(found: Distribution) -> float:
    """The size of its files in megabytes."""
    files = (Path(str(found.locate_file(file))) for file in found.files or ())
    return sum(file.stat().st_size for file in files if file.is_file()) / MEGABYTE


if __name__ == "__main__":
    main()
