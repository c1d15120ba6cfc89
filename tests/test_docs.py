from __future__ import annotations

import doctest
import re
from collections.abc import Callable, Iterator
from pathlib import Path

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
