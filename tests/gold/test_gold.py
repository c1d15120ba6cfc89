from __future__ import annotations

import re
from pathlib import Path

import pytest

from rashomon.model import Article, Collation
from rashomon.report import FORMS, Form, report

FOLDER = Path(__file__).parent
SUFFIXES: dict[Form, str] = {"json": "json", "terminal": "txt", "html": "html"}


def without_plots(page: str) -> str:
    """The page without its drawings, whose last digits differ between machines."""
    return re.sub(r"<svg.*?</svg>", "<svg/>", page, flags=re.DOTALL)


@pytest.mark.parametrize("form", FORMS)
def test_the_forms_of_the_example(example: tuple[Collation, tuple[Article, ...]], form: Form) -> None:
    """Each form of the example story is what it was; `make gold` renews it after a look."""
    expected = (FOLDER / f"harbour.{SUFFIXES[form]}").read_text(encoding="utf-8")
    assert without_plots(report(*example, form)) == without_plots(expected)


def test_the_terminal_form_fits_80_columns(example: tuple[Collation, tuple[Article, ...]]) -> None:
    """No line is longer than the terminal."""
    assert max(map(len, report(*example, "terminal", width=80).splitlines())) <= 80
