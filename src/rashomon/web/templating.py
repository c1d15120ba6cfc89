"""Templates of the app, and those of the static page, which it shares."""

from __future__ import annotations

from pathlib import Path

from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig

from rashomon.report import html
from rashomon.version import VERSION
from rashomon.web.assets import asset

FOLDER = Path(__file__).parent / "templates"


def templates() -> TemplateConfig[JinjaTemplateEngine]:
    """Everything that is shown is escaped; a name that is not given is an error, not a blank."""
    environment = html.open_templates(FOLDER)
    environment.globals |= {"asset": asset, "version": VERSION}
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment))
