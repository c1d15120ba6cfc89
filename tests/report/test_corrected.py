"""Every kind of correction in every written form."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from rashomon import codec
from rashomon.model import Article, BasisKind, Collation, CorrectionKind
from rashomon.report import FORMS, report
from rashomon.report.export import FORMS as EXPORTS
from rashomon.report.export import export_collations
from rashomon.report.view.aside import say_correction
from rashomon.report.view.masthead import BASES
from rashomon.run import collate_paths

REPORTS = {
    "a": "Harbour shut\n\nAda Weir met Tom Orrel on Tuesday. “We will rebuild the quay,” Weir said.\n",
    "b": "Port closed\n\nThe mayor met Mr Tom. “The strike is not over yet,” said a docker on the quay.\n",
}
PLACES = ", ".join(f'{{ article = "{name}", at = {text.index("“") + 3} }}' for name, text in REPORTS.items())
ONE = PLACES.split(", {")[0]
FILES: dict[str, str] = {
    "merge names": 'kind = "merge"\nwhat = "names"\nforms = ["Ada Weir", "Tom Orrel"]\n',
    "split names": 'kind = "split"\nwhat = "names"\nforms = ["Tom Orrel"]\n',
    **{
        f"{kind} {what}": f'kind = "{kind}"\nwhat = "{what}"\nplaces = [{PLACES if kind == "merge" else ONE}]\n'
        for kind in ("merge", "split")
        for what in ("quotes", "points")
    },
    "speaker": f'kind = "speaker"\nplaces = [{ONE}]\nvalue = "Tom Orrel"\n',
    "date": 'kind = "date"\nplaces = [{ article = "a", at = 0 }]\nvalue = "2026-04-15"\n',
}
Corrected = tuple[Collation, tuple[Article, ...]]


@pytest.fixture(scope="module", params=FILES)
def corrected(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Corrected:
    """The two reports, collated with one correction, which has a note."""
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text)
    (folder / "rashomon.toml").write_text(f'[[correction]]\n{FILES[request.param]}note = "as the clerk says"\n')
    return collate_paths([folder])


def test_no_kind_is_left_out() -> None:
    """The table above has every kind of correction, and every basis of a date has its words."""
    assert {name.split()[0] for name in FILES} == set(get_args(CorrectionKind))
    assert set(BASES) == set(get_args(BasisKind))


def test_the_forms_tell_of_a_correction(corrected: Corrected, tmp_path: Path) -> None:
    """The page, with and without texts, the terminal and the Markdown list it; the JSON has it as it was written."""
    collation, articles = corrected
    [correction] = collation.corrections
    letters = {card.id: card.letter for card in collation.articles}
    told = " ".join(say_correction(correction, letters).split()[:3])
    assert all(told in report(collation, articles, "html", share=share) for share in (False, True))
    assert told in report(collation, articles, "terminal")
    assert codec.decode(report(collation, articles, "json"), Collation) == collation
    list(export_collations([corrected], tmp_path, "markdown", 25, with_text=False))
    assert "as the clerk says" in next(tmp_path.glob("*.md")).read_text()
    if correction.kind == "date":
        assert "15 April, corrected" in report(collation, articles, "html")
    assert set(FORMS) == {"html", "terminal", "json"}


@pytest.mark.parametrize("form", EXPORTS)
def test_exports_are_made_of_the_corrected_story(corrected: Corrected, tmp_path: Path, form: str) -> None:
    """Each export is written; a corrected date or speaker stands in it where it has such a place."""
    list(export_collations([corrected], tmp_path, form, 25, with_text=True))
    everything = b"".join(file.read_bytes() for file in sorted(tmp_path.iterdir()))
    assert everything
    [correction] = corrected[0].corrections
    has_place = {"date": {"csv", "jsonl", "jsonld", "markdown"}, "speaker": {"csv", "jsonl", "jsonld", "webannotation"}}
    if form in has_place.get(correction.kind, ()):
        assert correction.value is not None
        assert correction.value.encode() in everything
