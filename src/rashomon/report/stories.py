"""Lists of stories for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from rashomon.model import Article, Grouping
from rashomon.report.console import harmless, item, printed


def render_grouping(grouping: Grouping, articles: Sequence[Article], width: int = 80, *, color: bool = False) -> str:
    """Stories of several reports, each with its reports and why they belong together; then how many stand alone."""
    by_id = {a.id: a for a in articles}
    told = [s for s in grouping.stories if len(s.articles) > 1]
    parts: list[RenderableType] = []
    for story in told:
        parts += [Text(), Text(f"{story.id}  {len(story.articles)} reports", style="bold")]
        parts += [item(f"  {(by_id[a].published or '?')[:10]}", _name(by_id[a])) for a in story.articles]
        parts += [
            Text(f"    {k.left} – {k.right} ({k.score:.2f}): {'; '.join(map(harmless, k.reasons))}", style="dim")
            for k in story.links
        ]
    alone = len(grouping.stories) - len(told)
    parts.append(Text(f"\n{len(told)} stories of several reports, {alone} of one"))
    return printed(parts, width, color=color)


def _name(article: Article) -> str:
    return f"{article.source or article.id}: {article.title or article.text[:60]}"
