"""The view of a collation as Markdown, to paste into a note or a wiki."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rashomon.model import Article, Collation
from rashomon.report.console import harmless
from rashomon.report.view import SECTIONS, View, view_context
from rashomon.report.view.cites import Cites, open_context
from rashomon.report.view.words import Words, split_stop

Lines = Iterator[str]


def render_markdown(collation: Collation, articles: Sequence[Article], words: Words) -> str:
    """Who reports, and every section, each line with the letters of its reports."""
    view = view_context(open_context(collation, articles, words.longest, words))
    return "\n".join(_lines(view, collation)) + "\n"


def _lines(view: View, collation: Collation) -> Lines:
    head = view.masthead
    yield f"# {_said(_escaped(head.title), quoted=head.quoted)}"
    yield from ("", _escaped(head.standfirst), "")
    if head.counts:
        yield from (" · ".join(" ".join(filter(None, (c.bound, f"{c.number:,}", c.noun))) for c in head.counts), "")
    addresses = {card.letter: card.url for card in collation.articles}
    for box in head.accounts:
        for _, cards in box.groups:
            for card in cards:
                title, url = _escaped(card.title), addresses[card.letter]
                link = f"[{title}](<{url}>)" if url else title
                about = _escaped(f"{card.day}. {card.sharing}".strip())
                yield f"- **{card.letter}** {_escaped(card.outlet)}: {link}, {about}"
    for name, _, heading in SECTIONS:
        if name in _WRITERS and view.has(name):
            yield from ("", f"## {heading}", "")
            yield from _WRITERS[name](view)


def _cited(text: str, cites: Cites) -> str:
    """Words with their letters behind them, before a full stop."""
    if not cites.groups:
        return _escaped(text)
    head, stop = split_stop(text)
    return f"{_escaped(head)} [{cites.letters}]{stop}"


def _said(words: str, *, quoted: bool) -> str:
    return f"“{words}”" if quoted else words


def _brief(view: View) -> Lines:
    for n, group in enumerate(view.brief):
        if n:
            yield ""
        if group.title:
            yield from (f"**{group.title}**", "")
        for line in group.lines:
            leading = f"[{line.leading.letters}] " if line.leading.groups else ""
            parts = (" " * part.text[:1].isspace() + _cited(part.text, part.cites) for part in line.parts)
            yield f"- {leading}{''.join(parts).strip()}"


def _differences(view: View) -> Lines:
    found = view.differences
    for row in (*found.open, *found.smaller, *found.fitting):
        yield f"- *{row.kind}* {row.number}: {_escaped(row.heading)}"
        for side in row.sides:
            yield f"    - {_cited(side.says, side.cites)}"
            for evidence in side.evidence:
                who = f" {_escaped(evidence.who)}" if evidence.who else ""
                yield f"        - “{_escaped(evidence.words)}”{who}"
        if row.silent or row.note:
            silent = f"Silent: {row.silent}" if row.silent else ""
            yield f"    - {_escaped(' · '.join(filter(None, (silent, row.note))))}"


def _quotes(view: View) -> Lines:
    for speaker in view.quotes.speakers:
        yield f"- **{_escaped(speaker.name)}**"
        for remark in (*speaker.full, *speaker.short):
            manners = "; ".join(f"{manner} {cites.letters}" for manner, cites in remark.manners)
            yield f"    - {_escaped(_said(remark.words, quoted=remark.quoted))} [{_escaped(manners)}]"


def _figures(view: View) -> Lines:
    for row in view.figures.rows:
        yield f"- {_escaped(row.title)}: {_escaped(f'{row.verdict} {row.reason}'.strip())}"
        for value in row.values:
            yield f"    - {_cited(f'{value.label}, {value.who}', value.cites)}"
    for found in view.figures.sums:
        yield f"- {_escaped(found.title)}: {_escaped(found.verdict)} {_cited(found.told, found.cites)}"
    for agreed in view.figures.agreed:
        yield f"- No difference: {_cited(f'{agreed.title}, {agreed.value}', agreed.cites)}"


def _timeline(view: View) -> Lines:
    for row in view.timeline.rows:
        yield f"- {row.when}: {_cited(row.what, row.cites)}"


def _coverage(view: View) -> Lines:
    for group in view.coverage.groups:
        for row in group.rows:
            if row.n_reports > 1:
                yield f"- {_cited(_said(row.label, quoted=row.quoted), row.cites)}, {row.extent}"


def _shared(view: View) -> Lines:
    for told in view.shared.sentences:
        yield f"- {_cited(f'{told.text}.', told.cites)}"


def _positions(view: View) -> Lines:
    for row in view.positions.rows:
        told = " ".join(filter(None, (row.verb, row.toward, row.content, row.condition)))
        yield f"- {_escaped(row.actor)} {_cited(told, row.cites)}"


def _names(view: View) -> Lines:
    for row in view.names.rows:
        forms = "; ".join(f"{_escaped(w.text)} [{w.cites.letters}]" for w in row.forms)
        described = "; ".join(f"{_escaped(w.text)} [{w.cites.letters}]" for w in row.descriptions)
        yield f"- {_escaped(row.name)}: {forms}{f'. Described as {described}' if described else ''}"


def _corrections(view: View) -> Lines:
    yield from (f"- {_escaped(told)}" for told in view.aside.corrections)


_WRITERS: dict[str, Callable[[View], Lines]] = {
    "brief": _brief,
    "differences": _differences,
    "quotes": _quotes,
    "figures": _figures,
    "timeline": _timeline,
    "coverage": _coverage,
    "shared": _shared,
    "positions": _positions,
    "names": _names,
    "corrections": _corrections,
}


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in " ".join(harmless(text).split()))
