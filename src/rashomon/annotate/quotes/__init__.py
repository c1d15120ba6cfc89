"""Who says what in one article: direct, mixed and indirect quotes, each with its cue and speaker.

Two sources of evidence meet here: quotation marks (annotate/marks.py) say which words are meant literally, and the parse
(annotate/cues.py) says which words a verb of saying governs. Grammar gives the clause; marks next to the cue overrule it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from rashomon.annotate.cues import Cue, find_cues, is_heard
from rashomon.annotate.marks import Quoted, find_quoted
from rashomon.annotate.phrases import noun_phrase, token_at
from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.lexicon import load_lexicon, words_of
from rashomon.model import Manner, Mention, Quote, Span
from rashomon.text.paragraphs import trim
from rashomon.text.words import find_words

# A quotation this long is somebody speaking; a shorter one may be a title, a nickname or a doubted word.
SPEECH_WORDS = 4
# How many words may stand between a quotation and its cue: "…," the minister for the coast told reporters
REACH_WORDS = 14
# How many words the one who is labelled may take: called both leaders “extraordinary”
LABEL_WORDS = 6
_CLAUSE_BREAK = re.compile(r"[,.;:]|\b(?:and|that|who|which)\b")
_SENTENCE_END = re.compile(r"[.!?…][\"”’']?\s")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POST = re.compile(r"[—–-]\s*(?P<name>[^()@\n]{3,60}?)\s*\(@\w+\)")
_COLON = re.compile(r"(?P<name>[^:“”\"‘’]{2,60}):\s*")
_LINKS = re.compile(r"(?:\s|[,:;–—-]|\b(?:that|and|but|in|to|reporters|it|him|her|them)\b)*", re.IGNORECASE)
_DROPPED_AT_END = ",;:–— \t\n\r\xa0"


def find_quotes(parsed: Parsed, mentions: Sequence[Mention]) -> tuple[Quote, ...]:
    """The quotes of an article in order of their first word. Speakers are spans; speakers.py turns them into names."""
    found: list[Quote] = []
    speaking: Quote | None = None
    previous: Paragraph | None = None
    for paragraph in parsed.paragraphs:
        own = _quotes_of(parsed.article.text, paragraph, mentions)
        post = _post(parsed.article.text, paragraph, previous)
        if post is not None:
            found = [q for q in found if not _covers(post.content[0], q.content[0])]
            own = [post]
        speaking, own = _carried(parsed.article.text, paragraph, own, speaking)
        found += own
        previous = paragraph
    return tuple(sorted(found, key=lambda q: (q.content[0], q.content)))


def _quotes_of(text: str, paragraph: Paragraph, mentions: Sequence[Mention]) -> list[Quote]:
    quoted = find_quoted(text, paragraph.span)
    if paragraph.is_heading:
        headline = _headline(text, paragraph, quoted, mentions)
        if headline:
            return headline
    speech = [q for q in quoted if _n_words(text, q.inner) >= SPEECH_WORDS]
    inside = frozenset(i for q in speech for i in _token_range(paragraph, q.inner))
    found: list[Quote] = []
    taken: set[Span] = set()
    cues = list(find_cues(paragraph.doc, inside))
    ends = _trailing_cues(paragraph, cues)
    for cue in cues:
        quote = _quote_of_cue(text, paragraph, cue, [q for q in quoted if q.outer not in taken], ends)
        if quote is None or any(
            _covers(other.content[0], quote.content[0]) for other in found if quote.manner == "indirect"
        ):
            continue
        taken |= {q.outer for q in quoted if any(_overlap(q.outer, c) for c in quote.content)}
        found.append(quote)
    return _joined(text, paragraph, found, [q for q in speech if q.outer not in taken])


def _trailing_cues(paragraph: Paragraph, cues: list[Cue]) -> list[int]:
    """Where a participle begins a new report: "…, adding that", "… stating: “"."""
    return [
        paragraph.offset + cue.head.idx
        for cue in cues
        if cue.head.tag_ == "VBG"
        and not any(c.dep_ in ("aux", "nsubj") for c in cue.head.children)
        and cue.head.i > 0
        and (cue.head.nbor(-1).is_punct or cue.head.lemma_ in ("add", "state", "say", "insist", "accuse"))
    ]


def _quote_of_cue(text: str, paragraph: Paragraph, cue: Cue, quoted: list[Quoted], ends: list[int]) -> Quote | None:
    verb = paragraph.span_of(cue.phrase)
    governed = [_cut_before(paragraph.span_of(piece), ends) for piece in cue.contents]
    if not governed and cue.head.lemma_ in words_of("cues", "label"):
        governed = _labelled(text, verb, quoted)
    beside = _beside(text, verb, quoted) if cue.open else []
    if cue.head.lemma_ in words_of("cues", "label") and governed and cue.head.lemma_ not in ("see", "view"):
        beside = []
    manner: Manner = "direct"
    if beside and (
        not governed or all(_is_mostly(text, g, beside) for g in governed) or beside[0].inner.end <= verb.start
    ):
        content = [_tidy(text, q.inner) for q in beside]
    elif governed:
        content, manner = _settled(text, governed, quoted)
    else:
        return None
    content = [c for c in content if c.end > c.start and not _overlap(c, verb)]
    if not content or (manner == "indirect" and _n_words(text, content[0]) < 2):
        return None
    speaker = None
    if cue.speaker is not None:
        speaker = paragraph.span_of(noun_phrase(cue.speaker))
        if any(_overlap(speaker, c) for c in content):
            speaker = Span(paragraph.offset + cue.speaker.idx, paragraph.offset + cue.speaker.idx + len(cue.speaker))
            if any(_overlap(speaker, c) for c in content):
                speaker = None
    if speaker is None and manner == "indirect" and not is_heard(cue.head):
        return None
    return Quote(content=tuple(content), manner=manner, cue=verb, speaker=speaker, via=_via(cue))


def _cut_before(span: Span, ends: list[int]) -> Span:
    return Span(span.start, min([span.end, *(e for e in ends if span.start < e < span.end)]))


def _labelled(text: str, verb: Span, quoted: list[Quoted]) -> list[Span]:
    """Branded | X a “fool”: from the verb to the quoted label, when the parse shows no complement."""
    after = [q for q in quoted if q.outer.start >= verb.end]
    if (
        after
        and _n_words(text, Span(verb.end, after[0].outer.start)) <= LABEL_WORDS
        and not _CLAUSE_BREAK.search(text, verb.end, after[0].outer.start)
    ):
        return [trim(text, Span(verb.end, after[0].outer.end))]
    return []


def _beside(text: str, verb: Span, quoted: list[Quoted]) -> list[Quoted]:
    """The quotations that stand right before the clause of a cue, or right after it."""
    before = [q for q in quoted if q.outer.end <= verb.start]
    if before:
        last = before[-1]
        gap = text[last.outer.end : verb.start]
        ends = text[last.inner.end - 1] if last.inner.end > last.inner.start else ""
        open_end = (
            ends in ",?!…—–-" or gap.lstrip()[:1] in (",", "—", "–", "-") or (ends not in ".,;:" and gap[:1] == " ")
        )
        if (
            open_end
            and not _SENTENCE_END.search(gap)
            and len(gap.split()) <= REACH_WORDS
            and _is_clause_like(text, last)
        ):
            return [last]
    after = [q for q in quoted if q.outer.start >= verb.end]
    if after:
        gap = text[verb.end : after[0].outer.start]
        close = gap.rstrip().endswith((":", ",")) or _LINKS.fullmatch(gap)
        if (
            close
            and not _SENTENCE_END.search(gap)
            and len(gap.split()) <= REACH_WORDS
            and _is_clause_like(text, after[0])
        ):
            return [after[0]]
    return []


def _is_clause_like(text: str, quoted: Quoted) -> bool:
    return _n_words(text, quoted.inner) >= 3 or text[quoted.inner.end - 1] in ",.!?"


def _is_mostly(text: str, governed: Span, quoted: list[Quoted]) -> bool:
    """Whether a governed stretch has hardly a word outside the quotations."""
    outside = [
        w
        for w in find_words(text, governed.start, governed.end)
        if not any(q.outer.start <= w.start < q.outer.end for q in quoted)
    ]
    return all(w.text.lower() in ("that", "and", "but", "so", "in", "to") for w in outside)


def _settled(text: str, governed: list[Span], quoted: list[Quoted]) -> tuple[list[Span], Manner]:
    """What a cue governs by grammar, with quotations it cuts taken whole; and its manner."""
    content = []
    touched: list[Quoted] = []
    for span in governed:
        start, end = span.start, span.end
        for q in quoted:
            if _overlap(q.outer, Span(start, end)):
                touched.append(q)
                start, end = min(start, q.outer.start), max(end, q.outer.end)
        content.append(_tidy(text, Span(start, end)))
    if not touched:
        return content, "indirect"
    if all(_is_mostly(text, c, touched) for c in content):
        return [_tidy(text, q.inner) for q in touched], "direct"
    return content, "mixed"


def _joined(text: str, paragraph: Paragraph, found: list[Quote], left: list[Quoted]) -> list[Quote]:
    """Quotations that no cue took join the direct quote before them in the paragraph ("A," he said. "B.")."""
    quotes = list(found)
    for q in left:
        content = _tidy(text, q.inner)
        if any(_overlap(content, c) for quote in quotes for c in quote.content):
            continue
        hosts = [
            n for n, quote in enumerate(quotes) if quote.manner != "indirect" and quote.content[0].start < content.start
        ]
        ends_sentence = text[max(paragraph.span.start, q.outer.start - 3) : q.outer.start].rstrip()[-1:] in '.!?…:”"'
        if hosts and ends_sentence:
            host = quotes[hosts[-1]]
            if host.manner == "direct":
                quotes[hosts[-1]] = msgspec.structs.replace(host, content=(*host.content, content))
            else:
                quotes.append(msgspec.structs.replace(host, content=(content,), manner="direct"))
        elif ends_sentence and (speaker := _announced(paragraph, q, quotes)) is not None:
            quotes.append(Quote(content=(content,), manner="direct", speaker=speaker))
        elif _fills(text, paragraph, q):
            quotes.append(Quote(content=(content,), manner="direct"))
    return quotes


def _announced(paragraph: Paragraph, q: Quoted, quotes: list[Quote]) -> Span | None:
    """Who speaks after a colon or an indirect quote: "He was blunt: “…”", "X noted progress. “…”"."""
    earlier = [quote for quote in quotes if quote.content[0].start < q.outer.start and quote.speaker is not None]
    if earlier:
        return earlier[-1].speaker
    start = token_at(paragraph.doc, max(0, q.outer.start - paragraph.offset - 3))
    if not 0 < start < len(paragraph.doc):
        return None
    sentence = paragraph.doc[start - 1].sent
    subject = next((t for t in sentence if t.dep_ in ("nsubj", "nsubjpass") and t.head.dep_ == "ROOT"), None)
    return (
        paragraph.span_of(noun_phrase(subject)) if subject is not None and subject.pos_ in ("PROPN", "PRON") else None
    )


def _fills(text: str, paragraph: Paragraph, q: Quoted) -> bool:
    """Whether a quotation is the whole paragraph, or opens it and is not closed."""
    span = trim(text, paragraph.span)
    return q.outer.start - span.start <= 2 and (not q.closed or span.end - q.outer.end <= 3)


def _carried(
    text: str, paragraph: Paragraph, own: list[Quote], speaking: Quote | None
) -> tuple[Quote | None, list[Quote]]:
    """A paragraph that is all quotation goes on with the speaker of the paragraph before."""
    carried = []
    for quote in own:
        if quote.speaker is None and quote.cue is None and quote.manner == "direct" and speaking is not None:
            quote = msgspec.structs.replace(quote, speaker=speaking.speaker, via=speaking.via)
        if quote.speaker is not None or quote.cue is not None:
            carried.append(quote)
    direct = [
        q
        for q in carried
        if q.manner != "indirect"
        and q.speaker is not None
        and any(_n_words(text, c) >= SPEECH_WORDS for c in q.content)
    ]
    if direct:
        return direct[-1], carried
    if carried or paragraph.is_heading:
        spoken = [q for q in carried if q.speaker is not None]
        return (spoken[-1] if spoken else None), carried
    return None, carried


def _headline(text: str, paragraph: Paragraph, quoted: list[Quoted], mentions: Sequence[Mention]) -> list[Quote]:
    """Quotes of a headline: "X: ‘words’" and "X ‘ready to go’ for Y"."""
    if not quoted:
        return []
    named = [
        m for m in mentions if paragraph.span.start <= m.start and m.end <= quoted[0].outer.start and m.kind != "place"
    ]
    first = quoted[0]
    colon = _COLON.match(text, paragraph.span.start, paragraph.span.end)
    if colon and colon.end() == first.outer.start:
        speaker = trim(text, Span(colon.start("name"), colon.end("name")))
        if not find_words(text, first.inner.start, first.inner.end):
            return []
        return [Quote(content=(_tidy(text, first.inner),), manner="direct", speaker=speaker)]
    if not named or named[0].start - paragraph.span.start > 4:
        return []
    verb = _headline_verb(text, named[0], first)
    start = verb.end if verb else first.outer.start
    content = trim(text, Span(start, paragraph.span.end))
    return [Quote(content=(content,), manner="mixed", cue=verb, speaker=named[0].span)]


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


def _post(text: str, paragraph: Paragraph, previous: Paragraph | None) -> Quote | None:
    """A post set off from the text, signed "— Name (@handle)": the paragraph above the signature is its words."""
    m = _POST.match(text, paragraph.span.start, paragraph.span.end)
    if m is None or previous is None:
        return None
    words = re.sub(r"\s*https?://\S+\s*$", "", text[previous.span.start : previous.span.end])
    content = Span(previous.span.start, previous.span.start + len(words))
    if content.end <= content.start:
        return None
    return Quote(content=(content,), manner="direct", speaker=Span(m.start("name"), m.end("name")))


@lru_cache(maxsize=1)
def _media() -> re.Pattern[str]:
    return re.compile(rf"{load_lexicon('cues')['media']}s?$", re.IGNORECASE)


def _via(cue: Cue) -> str | None:
    """Who passed the words on: "told AFP", "in a post on Facebook", "was quoted by TASS"."""
    for child in cue.head.subtree:
        is_told = child.head == cue.head and child.dep_ in ("dobj", "dative") and cue.head.lemma_ in ("tell", "inform")
        is_to = (
            child.dep_ == "pobj"
            and child.head.lower_ in ("to", "on", "by", "via")
            and not any(c.start <= child.i < c.end for c in cue.contents)
        )
        if not (is_told or is_to) or child.i <= cue.head.i:
            continue
        phrase = noun_phrase(child)
        if child.ent_type_ == "ORG" or _media().match(child.text):
            return _ARTICLE.sub("", phrase.text)
    return None


def _token_range(paragraph: Paragraph, span: Span) -> range:
    return range(
        token_at(paragraph.doc, span.start - paragraph.offset), token_at(paragraph.doc, span.end - paragraph.offset)
    )


def _tidy(text: str, span: Span) -> Span:
    """The span without white space around it and without a final comma or dash."""
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and text[end - 1] in _DROPPED_AT_END:
        end -= 1
    if (
        end - start > 1
        and text[end - 1] == "."
        and not text[start:end].rstrip(".").endswith(("Mr", "Dr"))
        and text[start] not in '“"‘'
    ):
        # a full stop belongs to a quotation's own sentence, not to a clause of the report's
        inside_marks = start > 0 and text[start - 1] in "“\"‘«„`'"
        end = end if inside_marks or text[start:end].count(". ") else end - 1
    return Span(start, end)


def _n_words(text: str, span: Span) -> int:
    return len(find_words(text, span.start, span.end))


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _covers(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
