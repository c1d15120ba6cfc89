"""A collation as Markdown, to paste into a note or a wiki."""

from __future__ import annotations

from collections.abc import Iterator

from rashomon.model import Collation
from rashomon.report.console import harmless
from rashomon.report.tables import Words
from rashomon.report.views import label_articles, say_correction, wide_quotes


def render_markdown(collation: Collation, words: Words) -> str:
    """Who reports, the briefing, where they differ, and the quotes, each line with the letters of its reports."""
    return "\n".join(_lines(collation, words)) + "\n"


def _lines(collation: Collation, words: Words) -> Iterator[str]:
    letters = {article: label.letter for article, label in label_articles(collation.articles).items()}
    yield f"# {_escaped(words.cut(collation.story.title or 'Untitled'))}"
    yield ""
    for card in collation.articles:
        title = _escaped(words.cut(card.title or card.id))
        link = f"[{title}](<{card.url}>)" if card.url else title
        yield f"- **{letters[card.id]}** {_escaped(card.source or card.id)}: {link}, {(card.published or 'no date')[:10]}"
    if collation.briefing:
        yield from ("", "## Briefing", "")
    for sentence in collation.briefing:
        cited = ", ".join(dict.fromkeys(letters[c.article] for c in sentence.cites))
        yield f"- {_escaped(words.cut(sentence.text))} [{cited}]"
    if collation.differences:
        yield from ("", "## Where they differ", "")
    for difference in collation.differences:
        yield f"- *{difference.kind}*: {_escaped(words.cut(difference.text))}"
        for said in difference.readings:
            yield f"    - {letters[said.article]}: {_escaped(words.cut(said.says))}"
    wide = wide_quotes(collation.quotes)
    if wide:
        yield from ("", "## Quotes", "")
    for quote in wide:
        yield f"- {_escaped(words.cut(quote.speaker or 'Someone'))}"
        for r in quote.readings:
            yield f"    - {letters[r.article]} ({r.manner}): {_escaped(words.spoken(r.article, r.spans))}"
    if collation.corrections:
        yield from ("", "## Corrected", "")
    for correction in collation.corrections:
        yield f"- {_escaped(words.cut(say_correction(correction)))}"


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in " ".join(harmless(text).split()))
