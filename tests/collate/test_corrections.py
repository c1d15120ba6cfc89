from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.errors import CorrectionError
from rashomon.model import Collation
from rashomon.report.view.aside import say_correction
from rashomon.run import collate_paths

REPORTS = {
    "a": "Harbour shut\n\nAda Weir met Tom Orrel on Tuesday. “We will rebuild the quay,” Weir said.\n",
    "b": "Port closed\n\nThe mayor met Mr Tom. “The strike is not over yet,” said a docker on the quay.\n",
}


def corrected(folder: Path, toml: str) -> Collation:
    """The two reports, collated with some corrections beside them."""
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text)
    (folder / "rashomon.toml").write_text(toml)
    return collate_paths([folder])[0]


def test_names_are_merged_and_split(tmp_path: Path) -> None:
    """What the file says is one name is one, and what it splits off stands alone."""
    merge = '[[correction]]\nkind = "merge"\nwhat = "names"\nforms = ["Ada Weir", "Tom Orrel"]\n'
    one = corrected(tmp_path, merge)
    assert any({"Ada Weir", "Tom Orrel"} <= {f.text for f in n.forms} for n in one.names)
    split = merge + '[[correction]]\nkind = "split"\nwhat = "names"\nforms = ["Tom Orrel"]\n'
    two = corrected(tmp_path, split)
    assert any({f.text for f in n.forms} == {"Tom Orrel"} for n in two.names)
    assert [c.kind for c in two.corrections] == ["merge", "split"]
    assert two.skipped == ()


def test_a_name_is_shown_by_the_form_that_was_chosen(tmp_path: Path) -> None:
    """With others or alone; the choice that came last counts, and one that is no form of it is an error."""
    choose = '[[correction]]\nkind = "merge"\nwhat = "names"\nforms = [{}]\nvalue = "{}"\n'
    joined = choose.format('"Ada Weir", "Tom Orrel"', "Tom Orrel")
    assert {"Tom Orrel", "Tom"} == {n.name for n in corrected(tmp_path, joined).names if n.kind == "person"}
    [told] = corrected(tmp_path, joined).corrections
    assert say_correction(told, {}) == "names merged: Ada Weir, Tom Orrel, shown as Tom Orrel"
    again = corrected(tmp_path, joined + choose.format('"Weir"', "Weir"))
    assert {"Weir", "Tom"} == {n.name for n in again.names if n.kind == "person"}
    assert {q.speaker for q in again.quotes if q.readings[0].article == "a"} == {"Weir"}
    with pytest.raises(CorrectionError, match="is none of its forms"):
        corrected(tmp_path, choose.format('"Ada Weir", "Tom Orrel"', "the mayor"))


def test_quotes_and_points_are_merged(tmp_path: Path) -> None:
    """Two places, one row."""
    at = {name: text.index("“") + 3 for name, text in REPORTS.items()}
    places = ", ".join(f'{{ article = "{name}", at = {place} }}' for name, place in at.items())
    found = corrected(
        tmp_path,
        "".join(
            f'[[correction]]\nkind = "merge"\nwhat = "{what}"\nplaces = [{places}]\n' for what in ("quotes", "points")
        ),
    )
    assert any({r.article for r in q.readings} == {"a", "b"} for q in found.quotes)
    assert any({r.article for r in p.readings} == {"a", "b"} for p in found.points)


def test_a_speaker_and_a_date_are_set_right(tmp_path: Path) -> None:
    """The speaker is the one given; the date is marked as corrected and times are resolved against it."""
    at = REPORTS["b"].index("strike")
    found = corrected(
        tmp_path,
        f'[[correction]]\nkind = "speaker"\nplaces = [{{ article = "b", at = {at}, words = "strike" }}]\nvalue = "Ada Weir"\n'
        '[[correction]]\nkind = "date"\nplaces = [{ article = "a", at = 0 }]\nvalue = "2026-04-15"\n',
    )
    assert any(q.speaker == "Ada Weir" and q.readings[0].article == "b" for q in found.quotes)
    assert {t.first for t in found.times if t.article == "a"} == {"2026-04-14"}
    assert say_correction(found.corrections[0], {"b": "B"}) == "speaker set: “strike” in B to Ada Weir"
    assert say_correction(found.corrections[1], {}) == "date set: a to 2026-04-15"


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('[[correction]]\nkind = "merge"\nwhat = "names"\nforms = ["Ada Weir", "Nobody"]\n', "'Nobody'"),
        ('[[correction]]\nkind = "merge"\nwhat = "names"\nforms = ["Ada Weir"]\n', "two or more"),
        (
            '[[correction]]\nkind = "split"\nwhat = "quotes"\nplaces = [{ article = "a", at = 0 }]\n',
            "no quote stands at a:0",
        ),
        (
            '[[correction]]\nkind = "split"\nwhat = "points"\nplaces = [{ article = "z", at = 0 }]\n',
            "no report has the id 'z'",
        ),
        ('[[correction]]\nkind = "split"\nwhat = "points"\nplaces = [{ article = "a", at = 9999 }]\n', "characters"),
        (
            '[[correction]]\nkind = "speaker"\nplaces = [{ article = "a", at = 0, words = "Port" }]\nvalue = "X"\n',
            "stands 'Harb', not 'Port'",
        ),
        ('[[correction]]\nkind = "date"\nplaces = [{ article = "a", at = 0 }]\nvalue = "soon"\n', "is no date"),
        ('[[correction]]\nkind = "date"\nplaces = []\nvalue = "2026-04-15"\n', "needs places"),
        ('[[correction]]\nkind = "speaker"\nplaces = [{ article = "a", at = 0 }]\n', "needs value"),
        ('[[correction]]\nkind = "split"\nforms = ["Weir"]\n', "needs what"),
        ('[[correction]]\nkind = "mend"\n', "docs/corrections.md"),
        ("correction = 1", "docs/corrections.md"),
    ],
)
def test_a_correction_that_does_not_apply_is_an_error(tmp_path: Path, toml: str, message: str) -> None:
    """Which one, why, and what to do."""
    with pytest.raises(CorrectionError, match=message):
        corrected(tmp_path, toml)
