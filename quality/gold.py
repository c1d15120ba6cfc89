"""Gold annotations of the example stories: from a form that people write to the form that scorers read.

    python quality/gold.py harbour > examples/gold/harbour.json

`examples/gold/NAME.toml` says what a careful reader finds in the reports of `examples/NAME`. A reading is [letter, words …]: the words stand once in
the report of that letter, or |part| of them is meant. Raises an error that names the words that do not.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from rashomon.read import read

Gold = dict[str, Any]
EXAMPLES = Path(__file__).parent.parent / "examples"


class GoldError(ValueError):
    """Words of the gold that stand nowhere in their report, or more than once."""


def main() -> None:
    """Print the gold of a story."""
    print(json.dumps(build_gold(sys.argv[1]), indent=1, ensure_ascii=False))


def build_gold(name: str) -> Gold:
    """The gold of a story in the scorers' form; offsets are code points of the article's text."""
    told = tomllib.loads((EXAMPLES / "gold" / f"{name}.toml").read_text(encoding="utf-8"))
    story = EXAMPLES / name
    texts = {Path(a.path).name: a.text for a in read([story / file for file in told["files"].values()]).articles}
    own = {letter: texts[file] for letter, file in told["files"].items()}

    def place(reading: list[Any]) -> Gold:
        return {"article": reading[0], "span": span_of(own[reading[0]], reading[0], reading[1])}

    def places(readings: list[list[Any]]) -> list[Gold]:
        return [place(r) for r in readings]

    return {
        "files": told["files"],
        "quotes": [
            {"speaker": q["speaker"], "readings": [{**place([r[0], r[2]]), "kind": r[1]} for r in q["readings"]]}
            for q in told["quotes"]
        ],
        "figures": [
            {
                "what": f["what"],
                "relation": f["relation"],
                "readings": [{**place(r), "low": bound(r[2]), "high": bound(r[3])} for r in f["readings"]],
            }
            for f in told["figures"]
        ],
        "checks": told.get("checks", []),
        "dates": [{**place(d), "value": d[2]} for d in told["dates"]],
        "names": told["names"],
        "lineage": {
            "passages": [{"spans": places(p)} for p in told["passages"]],
            "groups": [{"members": members, "confidence": "high"} for members in told["families"]],
        },
        "points": [{"what": p["what"], "readings": places(p["readings"])} for p in told["points"]],
        "conflicts": [
            {"kind": c["kind"], "what": c["what"], "readings": places(c["readings"])} for c in told["conflicts"]
        ],
        "positions": [
            {"actor": p["actor"], "act": p["act"], "what": p["what"], "readings": places(p["readings"])}
            for p in told["positions"]
        ],
    }


def bound(value: float | str) -> float | None:
    """A bound of an interval; "open" is none."""
    return None if isinstance(value, str) else value


def span_of(text: str, letter: str, words: str) -> Gold:
    """Where words, or the part of them between bars, stand in a text."""
    before, bar, rest = words.partition("|")
    part, _, after = rest.partition("|") if bar else (before, "", "")
    whole = before + part + after if bar else words
    at = text.find(whole)
    if at < 0 or text.find(whole, at + 1) >= 0:
        raise GoldError(f"{letter}: {whole!r} stands {'nowhere' if at < 0 else 'more than once'}")
    start = at + len(before) if bar else at
    return {"start": start, "end": start + len(part), "text": part}


if __name__ == "__main__":
    main()
