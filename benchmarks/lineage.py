"""Time text reuse beside difflib, MinHash (datasketch) and passim's published method; and passages as a story grows.

    python benchmarks/lineage.py [--pairs 200] [--plot docs/lineage.svg]

The pairs are made from the example story by a seeded generator: half are reprints with words replaced, paragraphs moved and
left out, half are reports that share nothing but the subject. The first table gives pairs a second and the F1 of pairs and of
characters, every tool on the same pairs in one run; the second gives seconds and memory for stories of 75 to 300 reports.
Prints the best of three rounds.
"""

from __future__ import annotations

import argparse
import difflib
import math
import random
import re
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from datasketch import MinHash

from collate import make_texts
from rashomon.collate.material import Material
from rashomon.collate.passages import find_passages
from rashomon.model import Annotations, Span
from rashomon.read.plain import build_article
from rashomon.settings import DEFAULT
from rashomon.text.borrowing import find_borrowed
from rashomon.text.runs import chars_of, read_words
from rashomon.text.words import find_words, fold

SEED = 7
ROUNDS = 3
# A pair is a reprint when more than this share of the second text was found in the first.
LEAST_SHARE = 0.1
Spans = list[tuple[int, int, int, int]]


class Pair(NamedTuple):
    """Two texts and what the second has from the first."""

    original: str
    reprint: str
    spans: Spans


def make_pairs(n: int) -> list[Pair]:
    """Pairs of about 500 words."""
    rng = random.Random(SEED)  # noqa: S311 - a seeded choice is wanted
    texts = [paragraphs(t) for t in make_texts(500)] * (n // 20 + 1)
    stock = [w for t in texts[:20] for p in t for w in p.split()]
    pairs = []
    for k in range(n):
        own = texts[k]
        rng.shuffle(own)
        if k % 2:
            other = [" ".join(rng.sample(stock, len(p.split()))) for p in own]
            pairs.append(Pair("\n\n".join(own), "\n\n".join(other), []))
            continue
        original, places = "", {}
        for p in own:
            places[p] = len(original)
            original += p + "\n\n"
        text, spans = "", []
        for p in rng.sample(own, max(2, len(own) * 2 // 3)):
            new = " ".join(rng.choice(stock) if rng.random() < 0.25 * (k % 4) / 2 else w for w in p.split(" "))
            spans.append((places[p], places[p] + len(p), len(text), len(text) + len(new)))
            text += new + "\n\n"
        pairs.append(Pair(original, text, spans))
    return pairs


def paragraphs(text: str) -> list[str]:
    """The different paragraphs of a text that are long enough to be found again."""
    return [p for p in dict.fromkeys(re.split(r"\n\s*\n", text)) if len(p.split()) >= 8]


def rashomon(pair: Pair) -> Spans:
    """Ours."""
    left, right = read_words(pair.original), read_words(pair.reprint)
    return [(*chars_of(left, *s.left), *chars_of(right, *s.right)) for s in find_borrowed(left, right)]


def by_difflib(pair: Pair) -> Spans:
    """The matching blocks of Python's SequenceMatcher over words, those of four words and more."""
    left, right = find_words(pair.original), find_words(pair.reprint)
    matcher = difflib.SequenceMatcher(None, [fold(w.text) for w in left], [fold(w.text) for w in right], autojunk=False)
    return [
        (left[b.a].start, left[b.a + b.size - 1].end, right[b.b].start, right[b.b + b.size - 1].end)
        for b in matcher.get_matching_blocks()
        if b.size >= 4
    ]


def by_minhash(pair: Pair) -> Spans:
    """MinHash of shingles of three words says whether, not where: all of both texts, or nothing."""
    sketches = []
    for text in (pair.original, pair.reprint):
        words = [fold(w.text) for w in find_words(text)]
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[i : i + 3]).encode() for i in range(len(words) - 2)])
        sketches.append(sketch)
    is_reprint = sketches[0].jaccard(sketches[1]) > LEAST_SHARE
    return [(0, len(pair.original), 0, len(pair.reprint))] if is_reprint else []


def by_passim(pair: Pair) -> Spans:
    """The method of Smith, Cordell and Dillon (2013): five-grams in common, then local alignment (Smith-Waterman).

    Match 2, mismatch -1, gap -1 over words; the best local alignment is taken, its words removed, and again, while it
    scores 20 or more. Written here from the paper, in Python: its speed is that of the method, not of their program.
    """
    left, right = find_words(pair.original), find_words(pair.reprint)
    a, b = [fold(w.text) for w in left], [fold(w.text) for w in right]
    grams: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(a) - 4):
        grams[tuple(a[i : i + 5])].append(i)
    if not any(tuple(b[j : j + 5]) in grams for j in range(len(b) - 4)):
        return []
    spans: Spans = []
    while (found := _local(a, b)) is not None:
        i, k, j, m = found
        spans.append((left[i].start, left[k - 1].end, right[j].start, right[m - 1].end))
        a[i:k] = [f"\0{n}" for n in range(i, k)]
        b[j:m] = [f"\1{n}" for n in range(j, m)]
    return spans


def _local(a: Sequence[str], b: Sequence[str]) -> tuple[int, int, int, int] | None:
    """The best local alignment: half-open ranges of both, or None below a score of 20."""
    best, end = 0, (0, 0)
    above = [0] * (len(b) + 1)
    starts_above = [(0, 0)] * (len(b) + 1)
    start = (0, 0)
    for i, word in enumerate(a, start=1):
        here, starts = [0], [(i, 0)]
        for j, other in enumerate(b, start=1):
            score, begin = max(
                (0, (i, j)),
                (above[j - 1] + (2 if word == other else -1), starts_above[j - 1] if above[j - 1] else (i - 1, j - 1)),
                (above[j] - 1, starts_above[j]),
                (here[j - 1] - 1, starts[j - 1]),
                key=lambda option: option[0],
            )
            here.append(score)
            starts.append(begin)
            if score > best:
                best, end, start = score, (i, j), begin
        above, starts_above = here, starts
    return (start[0], end[0], start[1], end[1]) if best >= 20 else None


TOOLS: dict[str, Callable[[Pair], Spans]] = {
    "rashomon": rashomon,
    "difflib, blocks of 4 words": by_difflib,
    "datasketch MinHash, 3-word shingles": by_minhash,
    "passim's method": by_passim,
}


def covered(spans: Spans, of_reprint: bool) -> set[int]:
    """The characters of one text that some spans cover."""
    return {i for s in spans for i in (range(s[2], s[3]) if of_reprint else range(s[0], s[1]))}


def score(pairs: Sequence[Pair], found: Sequence[Spans]) -> tuple[float, float]:
    """F1 of pairs and F1 of characters, in percent."""
    said = [len(covered(f, of_reprint=True)) > LEAST_SHARE * len(p.reprint) for p, f in zip(pairs, found, strict=True)]
    right = sum(s and bool(p.spans) for p, s in zip(pairs, said, strict=True))
    same = ours = gold = 0
    for p, f in zip(pairs, found, strict=True):
        for of_reprint in (False, True):
            mine, true = covered(f, of_reprint=of_reprint), covered(p.spans, of_reprint=of_reprint)
            same, ours, gold = same + len(mine & true), ours + len(mine), gold + len(true)
    return 200 * right / (sum(said) + sum(bool(p.spans) for p in pairs)), 200 * same / max(1, ours + gold)


def make_story(n: int) -> Material:
    """A story of n reports of 600 words, a third of them copies of five wire texts with changes."""
    rng = random.Random(SEED)  # noqa: S311 - a seeded choice is wanted
    stock = [w for t in make_texts(600) for w in t.split()]
    wires = [[" ".join(rng.sample(stock, 30)) + "." for _ in range(20)] for _ in range(5)]
    articles = []
    for k in range(n):
        own = wires[k % 5] if k % 3 == 0 else [" ".join(rng.sample(stock, 30)) + "." for _ in range(20)]
        text = "\n\n".join(" ".join(w for w in p.split() if rng.random() > 0.02) for p in own if rng.random() > 0.1)
        articles.append(build_article(id=f"r{k:04}", path=f"r{k:04}", text=text, language="en"))
    return Material(
        articles,
        [
            Annotations(
                article_id=a.id, sentences=tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", a.text))
            )
            for a in articles
        ],
    )


def timed(call: Callable[[], object]) -> float:
    """The best of the rounds, in seconds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Both tables, and the plot when it is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=200, help="pairs to compare")
    parser.add_argument("--plot", type=Path, help="write seconds against reports to this SVG")
    arguments = parser.parse_args()
    pairs = make_pairs(arguments.pairs)
    print(f"{'':38}{'pairs/s':>9}{'pair F1':>9}{'char F1':>9}")
    for name, tool in TOOLS.items():
        some = pairs if tool is not by_passim else pairs[: max(8, len(pairs) // 10)]
        seconds = timed(lambda tool=tool, some=some: [tool(p) for p in some])
        pair_f1, char_f1 = score(some, [tool(p) for p in some])
        print(f"{name:38}{len(some) / seconds:9.0f}{pair_f1:9.1f}{char_f1:9.1f}")
    print(f"\n{'reports':>8}{'words':>10}{'seconds':>9}{'MB':>7}")
    rows = []
    for n in (75, 150, 300, 600):
        story = make_story(n)
        story.vectors  # noqa: B018 - the vectors are made once for every section of a collation
        seconds = timed(lambda story=story: find_passages(story, DEFAULT.collate))
        words = sum(len(a.text.split()) for a in story.articles)
        rows.append({"words": words, "seconds": seconds})
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{n:8}{words:10,}{seconds:9.2f}{memory:7}")
    if arguments.plot:
        draw(rows, arguments.plot)


WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP = 473, 324, 52, 28, 44, 34


def draw(rows: list[dict[str, float]], path: Path) -> None:
    """Seconds against words on logarithmic axes, beside a line that grows with the power 1.3."""
    last = rows[-1]
    ours = [(row["words"], row["seconds"]) for row in rows]
    limit = [(words, last["seconds"] * (words / last["words"]) ** 1.3) for words, _ in ours]
    xs, ys = axis(words for words, _ in ours), axis(seconds for _, seconds in (*ours, *limit))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="11">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{WIDTH / 2}" y="18" text-anchor="middle" font-size="13">Time against text (dashed: power 1.3)</text>',
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 8}" text-anchor="middle">words in the story</text>',
        f'<text transform="translate(14 {HEIGHT / 2}) rotate(-90)" text-anchor="middle">seconds to find all passages</text>',
    ]
    for value in xs:
        x = place((value, ys[0]), xs, ys)[0]
        lines.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        lines.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 15}" text-anchor="middle">{value:,.0f}</text>')
    for value in ys:
        y = place((xs[0], value), xs, ys)[1]
        lines.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        lines.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>')
    for points, style in ((limit, 'stroke="#999" stroke-dasharray="4 4"'), (ours, 'stroke="#17171a" stroke-width="2"')):
        path_data = " L".join("{:.1f} {:.1f}".format(*place(point, xs, ys)) for point in points)
        lines.append(f'<path d="M{path_data}" fill="none" {style}/>')
    dots = [place(point, xs, ys) for point in ours]
    lines += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in dots]
    path.write_text("\n".join([*lines, "</svg>"]) + "\n", encoding="utf-8")


def axis(values: Iterable[float]) -> list[float]:
    """1, 2 and 5 times powers of ten, from below the smallest value to above the largest."""
    found = sorted(values)
    steps = [m * 10.0**n for n in range(-4, 9) for m in (1, 2, 5)]
    low = max(step for step in steps if step <= found[0])
    high = min(step for step in steps if step >= found[-1])
    return [step for step in steps if low <= step <= high]


def place(point: tuple[float, float], xs: list[float], ys: list[float]) -> tuple[float, float]:
    """Where a point stands in the drawing."""
    across, up = (math.log(v / s[0]) / math.log(s[-1] / s[0]) for v, s in zip(point, (xs, ys), strict=True))
    return LEFT + across * (WIDTH - RIGHT - LEFT), HEIGHT - BOTTOM - up * (HEIGHT - BOTTOM - TOP)


if __name__ == "__main__":
    main()
