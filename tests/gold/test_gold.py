from __future__ import annotations

import json
from pathlib import Path

import pytest
from steady import found, steady

from rashomon.model import Article, Collation
from rashomon.report import FORMS, ReportForm, report

FOLDER = Path(__file__).parent
SUFFIXES: dict[ReportForm, str] = {"json": "json", "terminal": "txt", "html": "html"}


@pytest.mark.parametrize("form", FORMS)
def test_the_forms_of_the_example(example: tuple[Collation, tuple[Article, ...]], form: ReportForm) -> None:
    """Each form of the example story is what it was; `make gold` renews it after a look."""
    expected = (FOLDER / f"harbour.{SUFFIXES[form]}").read_text(encoding="utf-8")
    collation, articles = example
    assert report(steady(collation), articles, form) == expected


def test_finders_that_find_something_else_have_a_new_number() -> None:
    """What is found in the examples is what this number found; else raise FINDERS in version.py, then `make gold`.

    Findings in a library are kept under that number: without a new one the old findings would stay.
    """
    assert found() == json.loads((FOLDER / "found.json").read_text(encoding="utf-8"))


def test_the_terminal_form_fits_80_columns(example: tuple[Collation, tuple[Article, ...]]) -> None:
    """No line is longer than the terminal."""
    assert max(map(len, report(*example, "terminal", width=80).splitlines())) <= 80
