"""Quotes whose form names the speaker: headlines, posts, turns of an interview, quotations signed by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rashomon.annotate.quotes.shape import tidy
from rashomon.annotate.tagging import Paragraph
from rashomon.lexicon import alternation, load_lexicon
from rashomon.model import Mention, Quote, Span
from rashomon.text.marks import Quoted, find_quoted
from rashomon.text.paragraphs import trim
from rashomon.text.words import find_words, fold

_POST = re.compile(r"[—–-]\s{0,20}(?P<name>[^()@\s][^()@\n]{2,59}?)\s{0,20}\(@\w{1,40}\)")
# "WEIR: …", "Q: …", each turn perhaps behind an opening mark
_TURN = re.compile(r"[“\"‘]?(?P<name>[A-Z][A-Z.’'-]{0,40}(?: [A-Z][A-Z.’'-]{0,40}){0,3}):\s{1,20}(?=\S)")
# “…” — Ada Weir
_SIGNED = re.compile(
    r"\s{0,20}(?:―|—|–|--?)\s?(?P<name>[A-Z][\w.’'-]{0,40}(?: (?:[A-Z][\w.’'-]{0,40}|de|van|von|al|bin|del|der|la)){1,4})\s{0,20}(?=$|[\n,“\"(])"
)
# The dash and the name before a handle take no more characters.
LONGEST_SIGNATURE = 120
# A signature below a quotation has no more words and marks.
SIGNATURE_TOKENS = 16
# A repeated paragraph of fewer words may be anybody's.
REPEATED_WORDS = 8
# What is set off once more was quoted not long before: among so many quotes.
NEAR_QUOTES = 10
_COLON = re.compile(r"(?P<name>[^:“”\"‘’]{2,60}):\s{0,20}")


def headline_quotes(text: str, paragraph: Paragraph, quoted: list[Quoted], mentions: Sequence[Mention]) -> list[Quote]:
    """Quotes of a headline: "X: ‘words’", "X ‘ready to go’ for Y" and "X ready to go for Y"."""
    if not quoted:
        return _headline_will(text, paragraph, mentions)
    named = [
        m for m in mentions if paragraph.span.start <= m.start and m.end <= quoted[0].outer.start and m.kind != "place"
    ]
    first = quoted[0]
    colon = _COLON.match(text, paragraph.span.start, paragraph.span.end)
    if colon and colon.end() == first.outer.start:
        speaker = trim(text, Span(colon.start("name"), colon.end("name")))
        if not find_words(text, first.inner.start, first.inner.end):
            return []
        return [Quote(content=(tidy(text, first.inner),), manner="direct", speaker=speaker)]
    if not named or named[0].start - paragraph.span.start > 4:
        return []
    verb = _headline_verb(text, named[0], first)
    start = verb.end if verb else first.outer.start
    content = trim(text, Span(start, paragraph.span.end))
    return [Quote(content=(content,), manner="mixed", cue=verb, speaker=named[0].span)]


def _headline_will(text: str, paragraph: Paragraph, mentions: Sequence[Mention]) -> list[Quote]:
    """What a headline says somebody would do: "X open to talks with Y" stands for "X says X is open to talks"."""
    first = next((m for m in mentions if m.kind != "place" and 0 <= m.start - paragraph.span.start <= 4), None)
    if first is None:
        return []
    will = _will().match(text, first.end, paragraph.span.end)
    if will is None:
        return []
    content = trim(text, Span(will.start("will"), paragraph.span.end))
    return [Quote(content=(content,), manner="indirect", cue=Span(*will.span("will")), speaker=first.span)]


@lru_cache(maxsize=1)
def _will() -> re.Pattern[str]:
    words = alternation(load_lexicon("cues")["will"].split())
    return re.compile(rf"\s{{1,20}}(?:is\s{{1,20}})?(?P<will>{words})\s{{1,20}}(?:to|for)\s", re.IGNORECASE)


def _headline_verb(text: str, speaker: Mention, first: Quoted) -> Span | None:
    """The verb of a headline in capitals, which the tagger takes for a name: "Kremlin Sees …"."""
    words = find_words(text, speaker.end, first.outer.start)
    lexicon = load_lexicon("cues")
    known = {w for name in ("say", "label", "object") for w in lexicon[name].split()}
    for word in words[:3]:
        lower = word.text.lower()
        if {lower, lower.removesuffix("s"), lower.removesuffix("es")} & known:
            return Span(word.start, word.end)
    return None


def post_quote(text: str, paragraph: Paragraph, previous: Paragraph | None) -> Quote | None:
    """A post set off from the text, signed "— Name (@handle)": its words stand before the signature, or are the paragraph above."""
    handle = text.find("(@", paragraph.span.start, paragraph.span.end)
    start = max(paragraph.span.start, handle - LONGEST_SIGNATURE)
    m = _POST.search(text, start, paragraph.span.end) if handle >= 0 else None
    if m is None:
        return None
    above = previous.span if previous is not None else Span(m.start(), m.start())
    place = above if m.start() == paragraph.span.start else Span(paragraph.span.start, m.start())
    words = _without_address(text[place.start : place.end])
    content = trim(text, Span(place.start, place.start + len(words)))
    if content.end <= content.start:
        return None
    return Quote(content=(content,), manner="direct", speaker=Span(m.start("name"), m.end("name")))


def repeated_quote(text: str, paragraph: Paragraph, found: Sequence[Quote]) -> Quote | None:
    """A paragraph without marks that sets off once more what was quoted word for word before, as posts are set off."""
    own = _folded(text, paragraph.span)
    if len(own.split()) < REPEATED_WORDS:
        return None
    quote = next(
        (q for q in found[-NEAR_QUOTES:] if q.manner == "direct" and any(own in _folded(text, c) for c in q.content)),
        None,
    )
    content = trim(text, paragraph.span)
    return Quote(content=(content,), manner="direct", speaker=quote.speaker, via=quote.via) if quote else None


def _folded(text: str, span: Span) -> str:
    return f" {' '.join(fold(w.text) for w in find_words(text, span.start, span.end))} "


def signed_below(
    text: str, paragraph: Paragraph, previous: Paragraph | None, mentions: Sequence[Mention]
) -> Quote | None:
    """A quotation set off above, signed by a paragraph of a name and what the person is, without a verb."""
    is_short = len(paragraph.doc) <= SIGNATURE_TOKENS and not any(t.pos_ in ("VERB", "AUX") for t in paragraph.doc)
    quoted = find_quoted(text, previous.span) if previous is not None and is_short else []
    if previous is None or len(quoted) != 1 or quoted[0].outer != trim(text, previous.span):
        return None
    first = next((m for m in mentions if m.start == paragraph.span.start and m.kind == "person"), None)
    if first is None or text[first.end : first.end + 1] != ",":
        return None
    return Quote(content=(tidy(text, quoted[0].inner),), manner="direct", speaker=first.span)


def _without_address(words: str) -> str:
    """The words of a post without the address at their end."""
    last = words.rsplit(maxsplit=1)[-1] if words.strip() else ""
    return words.rstrip().removesuffix(last).rstrip() if last.startswith(("http://", "https://")) else words


def turn_quote(text: str, paragraph: Paragraph) -> Quote | None:
    """One turn of an interview: "WEIR: …" is all said by Weir."""
    turn = _TURN.match(text, paragraph.span.start, paragraph.span.end)
    if turn is None:
        return None
    content = tidy(text, Span(turn.end(), paragraph.span.end))
    while content.end > content.start and text[content.end - 1] in '”"’':
        content = Span(content.start, content.end - 1)
    if content.end <= content.start:
        return None
    return Quote(content=(content,), manner="direct", speaker=Span(turn.start("name"), turn.end("name")))


def is_interview(text: str, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether turns alternate: at least two of them, by two names."""
    turns = (_TURN.match(text, p.span.start, p.span.end) for p in paragraphs)
    return len({turn["name"] for turn in turns if turn}) > 1


def signed_quotes(text: str, paragraph: Paragraph, quoted: Sequence[Quoted]) -> list[Quote]:
    """Quotations with the speaker's name after a dash: “…” — Ada Weir."""
    found = []
    for q in quoted:
        signature = _SIGNED.match(text, q.outer.end, paragraph.span.end)
        if signature and q.closed:
            speaker = Span(signature.start("name"), signature.end("name"))
            found.append(Quote(content=(tidy(text, q.inner),), manner="direct", speaker=speaker))
    return found
