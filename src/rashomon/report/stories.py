"""Lists of stories: for a terminal, and as lines with tabs between the columns, for `cut`, `grep` and `sort`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from rashomon.model import Article, Grouping, Hit, NumberedCorrection, Replacement, Story, StoryRow, VersionChange
from rashomon.report.console import harmless, item, printed, section


def render_stories(rows: Sequence[StoryRow], width: int = 80, *, color: bool = False) -> str:
    """A line a story: its id, last day, how many reports and sources, how many older versions of them, its title."""
    parts: list[RenderableType] = [
        item(
            f"{row.id}  {(row.last or '?')[:10]}",
            f"{row.n_articles} reports of {row.n_sources} sources"
            + (f", {row.n_superseded} superseded" if row.n_superseded else "")
            + (f", {row.n_differences} differences" if row.n_differences is not None else "")
            + f": {row.title or 'untitled'}",
        )
        for row in rows
    ]
    return printed(parts or [Text("no stories yet; rashomon add brings reports in")], width, color=color)


def story_lines(rows: Sequence[StoryRow]) -> str:
    """Id, last day, reports, superseded versions, sources, differences (empty until counted), title."""
    return _lines((r.id, r.last, r.n_articles, r.n_superseded, r.n_sources, r.n_differences, r.title) for r in rows)


def render_hits(hits: Sequence[Hit], width: int = 80, *, color: bool = False) -> str:
    """A line an article that was found, with the story it is in and the quote that fits; older versions say so."""
    parts: list[RenderableType] = [
        item(
            f"{hit.story or '-':<13}  {(hit.published or '?')[:10]}",
            f"{hit.source or hit.article}: {hit.title or 'untitled'}"
            + (" (superseded)" if hit.superseded else "")
            + (f" — “{hit.quote}”" if hit.quote else ""),
        )
        for hit in hits
    ]
    return printed(parts or [Text("nothing found")], width, color=color)


def hit_lines(hits: Sequence[Hit]) -> str:
    """Story, day, article, `superseded` or nothing, source, title, the quote that fits."""
    return _lines(
        (h.story, h.published, h.article, "superseded" if h.superseded else None, h.source, h.title, h.quote)
        for h in hits
    )


def render_changes(changes: Sequence[VersionChange], width: int = 80, *, color: bool = False) -> str:
    """What changed from version to version: words taken out and put in, quotes and figures that came and went."""
    parts: list[RenderableType] = []
    for number, change in enumerate(changes, start=2):
        parts += [Text(), Text(f"version {number}  {change.published or ''}", style="bold")]
        for title, found in (("words", change.words), ("quotes", change.quotes), ("figures", change.figures)):
            parts += section(title, list(_changes(found)))
    return printed(parts or [Text("one version only; nothing has changed")], width, color=color)


def change_lines(changes: Sequence[VersionChange]) -> str:
    """Version, what changed (words, quotes or figures), - or +, the words taken out or put in."""
    return _lines(
        (number, title, sign, words)
        for number, change in enumerate(changes, start=2)
        for title, found in (("words", change.words), ("quotes", change.quotes), ("figures", change.figures))
        for one in found
        for sign, words in (("-", one.before), ("+", one.after))
        if words is not None
    )


def render_corrections(rows: Sequence[NumberedCorrection], width: int = 80, *, color: bool = False) -> str:
    """A line a correction, in the order in which they are applied."""
    parts: list[RenderableType] = [item(str(c.number), f"{_kind(c)} {_about(c)}") for c in rows]
    return printed(parts or [Text("no corrections")], width, color=color)


def correction_lines(rows: Sequence[NumberedCorrection]) -> str:
    """Number, what was done, articles; of names the spellings, of speakers and dates the value."""
    return _lines((c.number, _kind(c), " ".join(c.articles), ", ".join(c.forms) or c.value) for c in rows)


def _kind(correction: NumberedCorrection) -> str:
    return f"{correction.kind} {correction.what}" if correction.what else correction.kind


def _about(correction: NumberedCorrection) -> str:
    told = ", ".join(correction.forms) or " ".join(correction.articles)
    return f"{told} to {correction.value}" if correction.value else told


def _lines(rows: Iterable[Iterable[str | int | None]]) -> str:
    """A line a row; what would break a line or a column is a blank."""
    told = ("\t".join("" if v is None else " ".join(harmless(str(v)).split()) for v in row) for row in rows)
    return "".join(f"{line}\n" for line in told)


def _changes(found: Iterable[Replacement]) -> Iterator[RenderableType]:
    for change in found:
        if change.before is not None:
            yield item("-", change.before)
        if change.after is not None:
            yield item("+", change.after)


def render_story(story: Story, articles: Sequence[Article], width: int = 80, *, color: bool = False) -> str:
    """Why the articles of a story are held to report one event."""
    return printed(_story(story, {a.id: a for a in articles}), width, color=color)


def _story(story: Story, by_id: dict[str, Article]) -> Iterator[RenderableType]:
    yield Text(f"{story.id}  {len(story.article_ids)} reports", style="bold")
    for a in story.article_ids:
        yield item(f"  {(by_id[a].published or '?')[:10]} {a}", _name(by_id[a]))
    for k in story.links:
        yield Text(f"    {k.left} – {k.right} ({k.score:.2f}): {'; '.join(map(harmless, k.reasons))}", style="dim")


def render_grouping(grouping: Grouping, articles: Sequence[Article], width: int = 80, *, color: bool = False) -> str:
    """Stories of several reports, each with its reports and why they belong together; then how many stand alone."""
    by_id = {a.id: a for a in articles}
    told = [s for s in grouping.stories if len(s.article_ids) > 1]
    parts: list[RenderableType] = []
    for story in told:
        parts += [Text(), *_story(story, by_id)]
    alone = len(grouping.stories) - len(told)
    parts.append(Text(f"\n{len(told)} stories of several reports, {alone} of one"))
    return printed(parts, width, color=color)


def _name(article: Article) -> str:
    return f"{article.source or article.id}: {article.title or article.text[:60]}"
