"""Every pattern of the package beside texts made to keep it busy: run by test_patterns.py in a process of its own.

The texts are built from the pattern's own parse: what its repeats repeat, after what leads to them, forty thousand
characters long and with an end that does not fit (Davis et al. 2018, "The impact of regular expression denial of service").
What is judged is growth: four times the text may take four times the computing, not sixteen times. A pattern that never
ends has a limit of computing, and each pattern a process of its own to be stopped in.
"""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
import re
import resource
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from re import _constants as codes, _parser as parser  # isort: skip

LENGTH, PART = 40_000, 4
# A text is slow when it takes more than so many times as long as a part of it, and long enough to tell.
GROWTH, LEAST_SECONDS = 2 * PART, 0.2
# Computing, in seconds, after which one pattern is given up.
LIMIT = 300
# How many texts are tried on a pattern, and on one that is a long list of words.
TEXTS, TEXTS_OF_A_LIST, LIST = 12, 3, 1500
# Repeats of more than so many are pumped.
MANY = 16
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
CATEGORIES = {
    codes.CATEGORY_SPACE: " \n",
    codes.CATEGORY_NOT_SPACE: "a(",
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_NOT_DIGIT: "a ",
    codes.CATEGORY_WORD: "aA1",
    codes.CATEGORY_NOT_WORD: " \n(",
}
ANYTHING = "aA1 \n(\"-.,'"
STAGES = ("read", "text", "annotate", "group", "collate", "store", "report", "lexicon")


def compiled_patterns() -> dict[tuple[str, int], str]:
    """The patterns that the package compiles, each with the file and line that do."""
    found: dict[tuple[str, int], str] = {}

    def note(pattern: Any, flags: int) -> None:
        frame = inspect.currentframe()
        while (
            frame
            and Path(frame.f_code.co_filename).name in ("re.py", "patterns.py", "__init__.py")
            and ("rashomon" not in frame.f_code.co_filename or frame.f_code.co_filename == __file__)
        ):
            frame = frame.f_back
        if frame and f"{os.sep}rashomon{os.sep}" in frame.f_code.co_filename and isinstance(pattern, str):
            place = f"{Path(frame.f_code.co_filename).relative_to(package())}:{frame.f_lineno}"
            found.setdefault((pattern, int(flags)), place)

    for name in ("compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"):
        setattr(re, name, _noting(getattr(re, name), note))
    _compile_all()
    return found


def _noting(plain: Any, note: Any) -> Any:
    signature = inspect.signature(plain)

    def noting(*given: Any, **named: Any) -> Any:
        bound = signature.bind(*given, **named).arguments
        note(bound["pattern"], bound.get("flags", 0))
        return plain(*given, **named)

    return noting


def package() -> Path:
    """Where the package is."""
    return Path(importlib.import_module("rashomon").__file__ or "").parent


def _compile_all() -> None:
    """Import every module, call what makes patterns when first asked, and collate two texts for the patterns made inside."""
    import rashomon

    for module in pkgutil.walk_packages(rashomon.__path__, "rashomon."):
        if module.name.split(".")[1] in STAGES and "migrations" not in module.name:
            loaded = importlib.import_module(module.name)
            for value in vars(loaded).values():
                if hasattr(value, "cache_parameters") and not inspect.signature(value).parameters:
                    value()
    from rashomon.read.plain import build_article
    from rashomon.run import collate_articles

    articles = tuple(build_article(id=name, path=name, text=SAMPLE, language="en", url=None) for name in "ab")
    collate_articles(rashomon.Intake(articles=articles, rejects=()))


SAMPLE = """Harbour crane falls in Tessmar

By Ada Weir, NPA
Published: 14 April 2026

TESSMAR (AFP) — A witness said on Tuesday that "more than 200 boats" were lost, most of which sank. The witness, 47, told
the Ukrainian air force that Mayor Ada Weir had called for a vote. “We are not ready,” she said. The Weir administration and
its coast guard lost 5 million dollars, or 12 to 15% per share, a year earlier.

“It was loud,” — Bo Lind

WEIR: What now?

LIND: The pact will be signed on Monday, the third anniversary of the strike.

Reporting by AFP
"""


def attacks(pattern: str, flags: int) -> list[tuple[str, str]]:
    """What texts that a pattern may be slow on begin with, and what they repeat."""
    tree = list(parser.parse(pattern, flags))
    whole = _sample(tree)
    found = [("", c) for c in " \na(-"]
    for lead, pump in [("", whole), ("", whole[:-1]), *_pumps(tree, "")]:
        found += [(lead, pump), ("", pump), ("", lead + pump)]
    distinct = [(lead, pump) for lead, pump in dict.fromkeys(found) if pump]
    most = TEXTS if len(pattern) < LIST else TEXTS_OF_A_LIST
    return distinct[:: -(-len(distinct) // most)]


def seconds(ready: re.Pattern[str], lead: str, pump: str, length: int) -> float:
    """The computing a pattern takes over such a text."""
    text = lead + pump * ((length - len(lead)) // len(pump)) + "\0"
    before = time.process_time()
    for _ in ready.finditer(text):
        pass
    ready.match(text)
    return time.process_time() - before


def _pumps(nodes: list[Any], lead: str) -> Iterator[tuple[str, str]]:
    """What each large repeat repeats, with what leads to it."""
    for code, value in nodes:
        if code in REPEATS:
            _low, high, item = value
            if high > MANY:
                yield from ((lead, pump) for pump in _samples(list(item)))
            yield from _pumps(list(item), lead)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from _pumps(list(branch), lead)
        elif code is codes.SUBPATTERN:
            yield from _pumps(list(value[-1]), lead)
        elif code is codes.ATOMIC_GROUP:
            yield from _pumps(list(value), lead)
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _pumps(list(value[1]), lead)
        elif code is codes.GROUPREF_EXISTS:
            for branch in value[1:]:
                yield from _pumps(list(branch or []), lead)
        lead += _sample([(code, value)])


def _sample(nodes: Iterable[Any]) -> str:
    return _samples(nodes)[0]


def _samples(nodes: Iterable[Any]) -> list[str]:
    """Some texts that fit, the first of them the plainest."""
    made = [""]
    for code, value in nodes:
        pieces = _pieces(code, value)
        made = (
            [text + piece for text in made[:2] for piece in pieces[:8]]
            if len(made) > 1
            else [made[0] + p for p in pieces]
        )
    return made


def _pieces(code: Any, value: Any) -> list[str]:
    if code is codes.LITERAL:
        return [chr(value)]
    if code is codes.NOT_LITERAL:
        return [c for c in ANYTHING if ord(c) != value]
    if code is codes.ANY:
        return list(ANYTHING)
    if code is codes.IN:
        return _members(value)
    if code is codes.BRANCH:
        return [_sample(branch) for branch in value[1][:12]]
    if code is codes.SUBPATTERN:
        return _samples(value[-1])
    if code is codes.ATOMIC_GROUP:
        return _samples(value)
    if code in REPEATS:
        low, _high, item = value
        return [text * max(low, 1) for text in _samples(item)] if low else ["", *_samples(item)]
    return [""]


def _members(members: list[Any]) -> list[str]:
    """Some characters of a set."""
    found: list[str] = []
    if members[0][0] is codes.NEGATE:
        outside = set("".join(_members(members[1:])))
        return [c for c in ANYTHING if c not in outside] or ["\x01"]
    for code, value in members:
        if code is codes.LITERAL:
            found.append(chr(value))
        elif code is codes.RANGE:
            found.append(chr(value[0]))
        elif code is codes.CATEGORY:
            found += CATEGORIES[value]
    return found


def is_linear(pattern: str, flags: int) -> bool:
    """Whether the time a pattern takes grows as its texts do, tried in a process of its own."""
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        ready = re.compile(pattern, flags)
        for lead, pump in attacks(pattern, flags):
            whole = seconds(ready, lead, pump, LENGTH)
            if whole > LEAST_SECONDS and whole > GROWTH * seconds(ready, lead, pump, LENGTH // PART):
                os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def main() -> None:
    """Print the patterns that are not linear, and on the last line how many were tried."""
    tried: set[str] = set()
    for (pattern, flags), place in sorted(compiled_patterns().items(), key=lambda row: row[1]):
        shape = re.sub(r"\(\?-i:[^()]*\)", "", pattern)  # one agency's credits are written like another's
        if shape not in tried and not is_linear(pattern, flags):
            print(f"{place}  {pattern[:200]!r}", flush=True)  # noqa: T201 - what the test reads
        tried.add(shape)
    print(len(tried), "patterns")  # noqa: T201 - the same


if __name__ == "__main__":
    main()
