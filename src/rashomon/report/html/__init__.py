"""html: the view of a collation as one self-contained page: no request leaves it, every letter leads to the words it rests on."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from rashomon.model import Article, Collation
from rashomon.report.html import drawn, letters
from rashomon.report.view import View, view_collation
from rashomon.report.view.cites import MANY, SEVERAL
from rashomon.settings import ReportSettings
from rashomon.version import VERSION

FOLDER = Path(__file__).parent
# In the order in which the browser reads them.
STYLES = ("ground", "masthead", "sections", "tables", "pane", "widths", "paper")
# Blanks that a style sheet can do without, and marks before a brace that closes.
_BESIDE = re.compile(r"\s{0,99}([{};,]|:(?=\s))\s{0,99}")
# End tags that HTML lets go, and quotation marks around a value that holds nothing they are needed for (HTML, 13.1.2).
_NEEDLESS = re.compile(
    r"""</(?:td|th|tr|li|thead|tbody|option)>"""
    r"""|</p>(?=<(?:p|div|ul|ol|table|h[1-6]|article|section|/div|/article|/section)\b)"""
    r"""|(?<= )([A-Za-z-]{1,20}=)"([^\s"'`=<>]{1,99})"(?=[ >])"""
)
SCRIPTS = ("passages", "coverage", "contents")


def render_html(collation: Collation, articles: Sequence[Article], *, share: bool, settings: ReportSettings) -> str:
    """The page. With `share` no more than `snippet_words` words of an article stand together anywhere on it."""
    return render_view(view_collation(collation, articles, settings.snippet_words if share else None))


def render_view(view: View) -> str:
    """The page of a view."""
    style = _BESIDE.sub(r"\1", _joined("style", STYLES, "css")).replace(";}", "}")
    script = f"(() => {{\n{_joined('script', SCRIPTS, 'js')}\n}})();"
    page = _template().render(
        view=view, version=VERSION, style_hash=_hash(style), script_hash=_hash(script), SEVERAL=SEVERAL, MANY=MANY
    )
    small = _NEEDLESS.sub(lambda found: found[1] + found[2] if found[1] else "", page)
    head, within, foot = re.split("(?:<style>|<script>)", small)
    return f"{head}<style>{style}{within}<script>{script}{foot}"


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
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
    return environment.get_template("page.html.j2")


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
