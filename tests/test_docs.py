from __future__ import annotations

import ast
import doctest
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import rashomon
from rashomon.cli import app
from rashomon.cli.app import PATHS
from rashomon.model import Collation
from rashomon.read.forms import SUFFIXES
from rashomon.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_in_the_package_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the package's docstring shows is what happens."""
    monkeypatch.chdir(ROOT)
    assert doctest.testmod(rashomon).failed == 0


def test_the_readme_example_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The README's Python lines work as they stand."""
    monkeypatch.chdir(ROOT)
    block = re.search(r"In Python:\n\n((?:    .+\n)+)", README)
    assert block is not None
    scope: dict[str, object] = {}
    exec(re.sub(r"^    ", "", block[1], flags=re.MULTILINE), scope)  # noqa: S102 - the README's own lines
    assert str(scope["page"]).startswith("<!doctype html>")


def test_the_examples_of_the_python_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every block of docs/python.md works after those before it, and every method of a library is told there."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    scope: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(block, scope)  # noqa: S102 - the page's own lines
    assert scope["added"].n_new == 7
    assert scope["again"] == rashomon.collate(scope["articles"], scope["annotations"])
    assert (tmp_path / "tables" / "quotes.jsonl").is_file()
    methods = {name for name in vars(rashomon.Library) if not name.startswith("_")}
    assert {name for name in methods if f"`{name}" not in page} == set()


def test_the_notebook_runs() -> None:
    """Cell by cell, as a notebook does it; it is kept without outputs, and shows the page."""
    cells = json.loads((ROOT / "examples" / "notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    scope: dict[str, object] = {}
    shown: list[object] = []
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        assert cell["outputs"] == []
        *before, last = ast.parse("".join(cell["source"])).body
        ends = isinstance(last, ast.Expr)
        exec(compile(ast.Module([*before] if ends else [*before, last], []), "cell", "exec"), scope)  # noqa: S102 - ours
        if isinstance(last, ast.Expr):
            shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), scope))  # noqa: S307 - our own lines
    assert "number" in str(shown[0])
    assert isinstance(shown[-1], Collation)
    assert shown[-1]._repr_html_().startswith("<iframe")


def commands(group: typer.Typer, before: str = "rashomon") -> Iterator[tuple[str, Callable[..., object]]]:
    """Every command as it is typed, those of groups too, with its function."""
    for command in group.registered_commands:
        assert command.callback is not None
        yield f"{before} {command.name or command.callback.__name__}", command.callback
    for below in group.registered_groups:
        assert below.typer_instance is not None
        yield from commands(below.typer_instance, f"{before} {below.name}")


@pytest.mark.parametrize(("name", "function"), list(commands(app)))
def test_every_command_is_documented(name: str, function: Callable[..., object]) -> None:
    """Each command stands in the README, the changelog or the page of the library, and has a help text."""
    told = README + "".join((ROOT / page).read_text(encoding="utf-8") for page in ("CHANGELOG.md", "docs/library.md"))
    assert name in told
    assert function.__doc__


def test_the_help_names_every_form_of_input() -> None:
    """What PATHS may be is what there are readers for."""
    named = re.search(r"\((.*)\)", PATHS)
    assert named is not None
    assert tuple(named[1].split()) == SUFFIXES


def test_a_docstring_stands_alone() -> None:
    """None begins with a sameness whose other half stands elsewhere."""
    for file in (ROOT / "src").rglob("*.py"):
        assert '"""The same ' not in file.read_text(encoding="utf-8"), file


def test_every_section_is_explained() -> None:
    """Each section of a collation is named in docs/collation.md or the glossary."""
    told = ((ROOT / "docs" / "collation.md").read_text() + (ROOT / "docs" / "glossary.md").read_text()).lower()
    plain = {"format", "story", "articles", "run", "timeline"}
    for section in set(Collation.__struct_fields__) - plain:
        assert section.rstrip("s") in told, section


def test_links_lead_somewhere() -> None:
    """Every relative link of the documentation points at a file."""
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")]:
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page}: {target}"


def test_settings_have_a_section_a_stage() -> None:
    """The sections of the settings bear the stages' names."""
    assert set(Settings.__struct_fields__) <= {"read", "annotate", "group", "collate", "report"}
