from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rashomon.model import Article, Collation
from rashomon.read import read

ROOT = Path(__file__).parent.parent

Example = tuple[Collation, tuple[Article, ...]]


def test_all_five_reports_are_read(example: Example) -> None:
    """Text and page alike, none set aside, dated by metadata, by their own words and by their address."""
    collation, articles = example
    assert [a.id for a in articles] == ["courier", "gazette", "herald", "phare", "quayside"]
    assert collation.skipped == ()
    assert [a.published[:10] for a in articles if a.published] == ["2026-04-15"] * 4 + ["2026-04-17"]


def test_the_wire_text_makes_a_family(example: Example) -> None:
    """Gazette credits the agency, Herald has its text; the five are at most four accounts."""
    lineage = example[0].lineage
    assert [f.articles for f in lineage.families] == [("gazette", "herald")]
    assert lineage.independent == 4
    assert ("gazette", "NPA", "credited") in [(d.article, d.source, d.ground) for d in lineage.derivations]


def test_the_sums(example: Example) -> None:
    """Courier's parts add up, Quayside's do not."""
    assert [(s.article, s.part_values, s.total_value, s.holds) for s in example[0].sums] == [
        ("courier", (12, 31, 5), 48, True),
        ("quayside", (14, 27, 6), 48, False),
    ]


def test_the_tolls_conflict(example: Example) -> None:
    """Twelve, at least twelve and fourteen dead cannot all be true, and a difference says so."""
    toll = next(f for f in example[0].figures if {r.low for r in f.readings} >= {12, 14})
    assert toll.relation == "conflict"
    assert {"courier", "gazette", "herald", "quayside"} == {r.article for r in toll.readings}
    assert any(
        d.kind == "number" and {r.article for r in d.readings} >= {"courier", "quayside"}
        for d in example[0].differences
    )


def test_the_injured_agree(example: Example) -> None:
    """Thirty-one injured in two reports are one figure."""
    injured = next(f for f in example[0].figures if len(f.readings) > 1 and {r.low for r in f.readings} == {31})
    assert injured.relation == "agree"


def test_the_ministers_words_vary(example: Example) -> None:
    """One statement in two wordings: "a single" and "even one"."""
    collation, articles = example
    texts = {a.id: a.text for a in articles}
    quote = next(q for q in collation.quotes if len(q.readings) > 2 and q.speaker == "Ilsa Brandvik")
    said = {texts[r.article][r.spans[0].start : r.spans[0].end] for r in quote.readings if r.manner == "direct"}
    assert {
        "If a single safety report was ignored, I will leave this office",
        "If even one safety report was ignored, I will leave this office",
    } <= said
    assert any(len({c.text if c else None for c in column}) > 1 for column in quote.table)


def test_spelling_variants(example: Example) -> None:
    """The mayor is Orrel, Orrell and Tomás in three reports."""
    forms = {
        f.text
        for n in example[0].names
        if n.kind == "person"
        for f in n.forms
        if "Orrel" in f.text and n.name == "Tomas Orrel"
    }
    assert {"Tomas Orrel", "Tomas Orrell", "Tomás Orrel"} <= forms


def test_the_offer_and_its_condition(example: Example) -> None:
    """The union's offer stands with its condition, the operator's refusal without."""
    positions = example[0].positions
    assert any(
        p.act == "offer" and p.condition and "inspected by an independent engineer" in p.condition for p in positions
    )
    assert any(p.act == "refusal" and p.actor == "Marcus Dunne" for p in positions)


def test_relative_dates_are_resolved(example: Example) -> None:
    """Tuesday is the 14th, next week the one after, tomorrow the 16th."""
    collation, articles = example
    texts = {a.id: a.text for a in articles}
    days = {(t.article, texts[t.article][t.start : t.end]): (t.first, t.last) for t in collation.times}
    assert days["courier", "Tuesday"] == ("2026-04-14", "2026-04-14")
    assert days["courier", "next week"] == ("2026-04-20", "2026-04-26")
    assert days["phare", "tomorrow"] == ("2026-04-16", "2026-04-16")


def test_the_briefing_says_only_what_readings_say(example: Example) -> None:
    """Words in the briefing's quotation marks stand in a report."""
    collation, articles = example
    marks = str.maketrans(dict.fromkeys("“”‘’\"'"))
    everything = [" ".join(a.text.split()).translate(marks) for a in articles]
    for sentence in collation.briefing:
        for words in sentence.text.split("“")[1:]:
            inner = words.split("”")[0].rstrip("…").translate(marks)
            assert any(inner in text for text in everything), inner


@pytest.mark.parametrize("story", ["harbour", "spillway", "straits"])
def test_the_gold_reads_back(story: str) -> None:
    """The gold that scorers read is the gold that people wrote, and its offsets hold."""
    built = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, ROOT / "quality" / "gold.py", story], capture_output=True, text=True, check=True
    ).stdout
    gold = json.loads((ROOT / "examples" / "gold" / f"{story}.json").read_text(encoding="utf-8"))
    assert json.loads(built) == gold
    texts = {Path(a.path).name: a.text for a in read([ROOT / "examples" / story]).articles}
    for reading in (r for row in [*gold["quotes"], *gold["figures"], *gold["points"]] for r in row["readings"]):
        span = reading["span"]
        assert texts[gold["files"][reading["article"]]][span["start"] : span["end"]] == span["text"]
