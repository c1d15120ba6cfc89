"""Exports hold the same in every form, say what was cut, and let texts out only when told to."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from lxml import etree

from rashomon.model import Article, Collation
from rashomon.report.export import FORMS, Written, export_collations
from rashomon.report.tables import TABLES

TEI = "{http://www.tei-c.org/ns/1.0}"
SNIPPET = 8
Example = tuple[Collation, Sequence[Article]]


def written(example: Example, folder: Path, form: str, *, with_text: bool = False) -> list[str]:
    """What the export says, its files being in the folder."""
    done = list(export_collations([example], folder, form, SNIPPET, with_text=with_text))
    assert all(d.path.exists() for d in done if isinstance(d, Written))
    return [d for d in done if isinstance(d, str)]


def test_tables_are_the_same_in_every_form(example: Example, tmp_path: Path) -> None:
    """One table a noun, the same columns and rows in CSV, JSON Lines and Parquet."""
    for form in ("csv", "jsonl", "parquet"):
        written(example, tmp_path, form)
    for table, columns in TABLES.items():
        with (tmp_path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
        lines = [json.loads(line) for line in (tmp_path / f"{table}.jsonl").read_text().splitlines()]
        stored = pq.read_table(tmp_path / f"{table}.parquet")
        assert tuple(reader.fieldnames or ()) == columns
        assert tuple(stored.column_names) == columns
        assert stored.to_pylist() == lines
        assert [{c: "" if v is None else str(v) for c, v in line.items()} for line in lines] == [
            {c: v if c not in ("low", "high") or not v else str(float(v)) for c, v in row.items()} for row in rows
        ] or table == "figures"
        assert (table == "texts") == (not rows)


def test_texts_leave_only_when_told_to(example: Example, tmp_path: Path) -> None:
    """Without it no long stretch of a report stands in any form; with it the texts do, and nothing is cut."""
    _, articles = example
    for form in FORMS:
        folder = tmp_path / form
        folder.mkdir()
        said = written(example, folder, form)
        assert any("cut to 8 words" in line for line in said) or form == "tei"
    bare = (tmp_path / "jsonl" / "quotes.jsonl").read_text()
    assert all(len(json.loads(line)["words"].split()) <= SNIPPET * 3 for line in bare.splitlines())
    assert written(example, tmp_path, "jsonl", with_text=True) == []
    texts = [json.loads(line)["text"] for line in (tmp_path / "texts.jsonl").read_text().splitlines()]
    assert sorted(texts) == sorted(a.text for a in articles)


def test_web_annotations_point_at_their_words(example: Example, tmp_path: Path) -> None:
    """Positions and quoted words of a target agree with the article they name."""
    collation, articles = example
    written(example, tmp_path, "webannotation", with_text=True)
    text = {a.url or f"urn:sha256:{a.sha256}": a.text for a in articles}
    lines = next(tmp_path.glob("*.annotations.jsonl")).read_text().splitlines()
    assert len(lines) > len(collation.quotes)
    for line in lines:
        annotation = json.loads(line)
        position, quote = annotation["target"]["selector"]
        source = text[annotation["target"]["source"]]
        assert " ".join(source[position["start"] : position["end"]].split()) == quote["exact"]
        assert source[: position["start"]].endswith(quote["prefix"])
        assert annotation["motivation"] == "describing"
    ids = [json.loads(line)["id"] for line in lines]
    assert len(ids) > 0.9 * len(set(ids))


def test_linked_data_has_no_verdicts(example: Example, tmp_path: Path) -> None:
    """Articles, quotations and claims of schema.org; a claim appears somewhere and is not rated."""
    written(example, tmp_path, "jsonld")
    graph = json.loads(next(tmp_path.glob("*.jsonld")).read_text())["@graph"]
    kinds = {node["@type"] for node in graph}
    assert kinds == {"NewsArticle", "Quotation", "Claim"}
    articles = {node["@id"] for node in graph if node["@type"] == "NewsArticle"}
    assert all(node["isPartOf"]["@id"] in articles for node in graph if node["@type"] == "Quotation")
    claims = [node for node in graph if node["@type"] == "Claim"]
    assert all(node["appearance"] and "reviewRating" not in node for node in claims)


def test_the_apparatus_is_tei(example: Example, tmp_path: Path) -> None:
    """Every quote of several reports is a paragraph; each reading of an entry names its witnesses."""
    collation, _ = example
    written(example, tmp_path, "tei")
    root = etree.parse(next(tmp_path.glob("*.tei.xml"))).getroot()
    witnesses = {f"#{w.get('{http://www.w3.org/XML/1998/namespace}id')}" for w in root.iter(f"{TEI}witness")}
    assert len(witnesses) == len(collation.articles)
    entries = list(root.iter(f"{TEI}app"))
    assert entries
    for entry in entries:
        readings = entry.findall(f"{TEI}rdg")
        assert len(readings) > 1
        assert {w for r in readings for w in (r.get("wit") or "").split()} <= witnesses


@pytest.mark.parametrize("form", FORMS)
def test_exports_are_the_same_every_time(example: Example, tmp_path: Path, form: str) -> None:
    """The same collation gives the same bytes."""
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        written(example, tmp_path / name, form)
        found.append({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()})
    assert found[0] == found[1]
