"""html: the view of a collation as one self-contained page: no request leaves it, every letter leads to the words it rests on."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape

from rashomon.model import Article, Collation
from rashomon.report.html import drawn, letters
from rashomon.report.html.small import shrink_markup, shrink_style
from rashomon.report.view import View, view_collation
from rashomon.report.view.cites import MANY, SEVERAL
from rashomon.settings import ReportSettings
from rashomon.version import VERSION

FOLDER = Path(__file__).parent
# In the order in which the browser reads them.
STYLES = ("ground", "masthead", "sections", "tables", "pane", "widths", "paper")
SCRIPTS = ("passages", "coverage", "contents")
# How high a page stands in a notebook, in pixels.
FRAME = 720


def render_html(collation: Collation, articles: Sequence[Article], *, share: bool, settings: ReportSettings) -> str:
    """The page. With `share` no more than `snippet_words` words of an article stand together anywhere on it."""
    return render_view(view_collation(collation, articles, settings.snippet_words if share else None))


def render_frame(collation: Collation) -> str:
    """The page of a collation that knows its articles in a frame, without script, which no style of the page around reaches."""
    page = render_view(view_collation(collation, collation.full_articles), scripted=False)
    return (
        f'<iframe title="{escape(collation.story.title)}" sandbox srcdoc="{escape(page)}"'
        f' style="width:100%;height:{FRAME}px;border:0"></iframe>'
    )


def render_view(view: View, *, scripted: bool = True) -> str:
    """The page of a view; it can be read without its script."""
    style = page_style()
    script = page_script() if scripted else ""
    page = (
        _environment()
        .get_template("page.html.j2")
        .render(
            view=view,
            version=VERSION,
            style_hash=_hash(style),
            script_hash=_hash(script),
            scripted=scripted,
            SEVERAL=SEVERAL,
            MANY=MANY,
        )
    )
    small = shrink_markup(page)
    return small.replace("<style>", f"<style>{style}", 1).replace("<script>", f"<script>{script}", 1)


def render_sections(view: View) -> str:
    """The sections of a view without a frame, for pages that have one of their own."""
    return _environment().get_template("collation.html.j2").render(view=view, SEVERAL=SEVERAL, MANY=MANY)


def page_style() -> str:
    """The page's style sheets as one, for pages that hold the sections of a view in a frame of their own."""
    return shrink_style(_joined("style", STYLES, "css"))


def page_script() -> str:
    """The script of the sections, which knows nothing of the page around them."""
    return f"(() => {{\n{_joined('script', SCRIPTS, 'js')}\n}})();"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return open_templates()


def open_templates(*folders: Path) -> Environment:
    """The page's templates with what they write with, and before them those of other folders.

    "collation.html.j2" has the sections of a `view`, without a frame; it wants `SEVERAL` and `MANY` beside it.
    """
    environment = Environment(
        loader=FileSystemLoader([*folders, FOLDER / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "letters": letters.show_cites,
        "glued": letters.glue_cites,
        "kept": letters.keep_characters,
        "track": drawn.draw_value,
        "axis": drawn.draw_axis,
        "stack": drawn.draw_sum,
        "strip": drawn.draw_strip,
        "ribbons": drawn.draw_ribbons,
        "calendar": drawn.draw_bars,
        "weeks": drawn.draw_weeks,
        "lengthbar": drawn.draw_length,
        "shares": drawn.draw_shares,
    }
    return environment


@lru_cache(maxsize=2)
def _joined(folder: str, names: tuple[str, ...], suffix: str) -> str:
    """The files as one, without comments on lines of their own and without indents."""
    lines = [
        line.strip()
        for name in names
        for line in (FOLDER / folder / f"{name}.{suffix}").read_text(encoding="utf-8").splitlines()
    ]
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


def _hash(content: str) -> str:
    """What a policy names a script or a style by (Content Security Policy Level 3, 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
