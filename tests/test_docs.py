from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import rashomon
from rashomon.cli import app
from rashomon.model import Collation
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


def test_every_command_is_documented() -> None:
    """Each command stands in the README or the changelog and has a help text."""
    told = README + (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"rashomon {command.name or command.callback.__name__}" in told
        assert command.callback.__doc__


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
