"""From the labels of the model to a quote: runs of tokens become spans, and quotation marks settle their edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rashomon.annotate.phrases import CLIMB, SUBJECTS, noun_phrase, subject_of
from rashomon.annotate.quotes.crf import Attribution
from rashomon.annotate.quotes.grid import Grid, Ints
from rashomon.annotate.quotes.rules import find_via
from rashomon.annotate.quotes.shape import LEADING_LABELLED, overlap, settle, tidy
from rashomon.annotate.tagging import Paragraph
from rashomon.lexicon import words_of
from rashomon.model import Quote, Span
from rashomon.text.marks import Quoted
from rashomon.text.words import find_words

if TYPE_CHECKING:
    from spacy.tokens import Token

# A title has no more words than this, and its longer words are capitalised.
TITLE_WORDS = 8
SMALL_WORD = 3
# By what one verb of a row hangs on another.
_ROWS = frozenset({"ccomp", "advcl", "conj"})


def quote_of_attribution(
    text: str, paragraph: Paragraph, attribution: Attribution, grid: Grid, quoted: list[Quoted]
) -> Quote | None:
    """An attribution as a quote: whole quotations where it cuts them, the grammatical subject where it names nobody."""
    first = int(grid.bounds[grid.paragraph[attribution.head]])
    cue = paragraph.doc[attribution.head - first]
    content = _runs(text, grid, attribution.content)
    at = Span(paragraph.offset + cue.idx, paragraph.offset + cue.idx + len(cue))
    verb = next((run for run in _runs(text, grid, attribution.cue) if overlap(run, at)), at)
    content, named = _without_speaker(text, content, verb, quoted)
    spans, manner = settle(text, content, quoted, LEADING_LABELLED)
    if manner != "indirect" and _is_title(text, spans, quoted) and cue.lemma_.lower() not in words_of("cues", "say"):
        return None
    spans = [s for s in dict.fromkeys(spans) if s.end > s.start and not overlap(s, verb)]
    if not spans:
        return None
    speakers = _runs(text, grid, attribution.speaker)
    speaker = speakers[0] if speakers else named
    if speaker is None:
        subject = subject_of(cue) or _subject_before(cue)
        if subject is not None:
            speaker = paragraph.span_of(noun_phrase(subject))
    via = find_via(cue, set((attribution.content - first).tolist()))
    quoted_one = _quoted_by(cue)
    if quoted_one is not None and speaker is not None:
        via, speaker = text[speaker.start : speaker.end], paragraph.span_of(noun_phrase(quoted_one))
    if speaker is not None and any(overlap(speaker, s) for s in spans):
        speaker = None
    return Quote(
        content=tuple(spans),
        manner=manner,
        cue=verb,
        speaker=speaker,
        via=via,
    )


def _quoted_by(cue: Token) -> Token | None:
    """Whom the one who says it only quotes: "the agency said, quoting | Weir"."""
    quoting = (c for c in cue.children if c.dep_ == "advcl" and c.tag_ == "VBG" and c.lemma_ == "quote")
    return next((c for verb in quoting for c in verb.children if c.dep_ == "dobj"), None)


def _subject_before(cue: Token) -> Token | None:
    """The subject of a row of verbs that the parse hung on its last one: "Weir called it old, named it a wreck, and sold it"."""
    root = cue.sent.root
    if root.pos_ != "VERB" or any(c.dep_ in SUBJECTS for c in root.children):
        return None
    verb: Token | None = root
    for _ in range(CLIMB):
        verb = next((c for c in verb.children if c.dep_ in _ROWS and c.i < min(verb.i, cue.i)), None) if verb else None
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None) if verb else None
        if subject is not None:
            return subject
    return _person_before(root)


def _person_before(verb: Token) -> Token | None:
    """The person named behind a comma before a verb that has no subject: the parse hung "In the hall, | Weir" on "in"."""
    before = (e.root for e in verb.sent.ents if e.label_ == "PERSON" and e.end <= verb.i)
    return next((t for t in before if verb.doc[max(0, noun_phrase(t).start - 1)].text == ","), None)


def _is_title(text: str, spans: list[Span], quoted: list[Quoted]) -> bool:
    """Whether all that is quoted is written like the name of a song, a show or a law: “Rule the Waves”."""
    touched = [q for q in quoted if any(overlap(q.outer, s) for s in spans)]
    words = [w.text for q in touched for w in find_words(text, q.inner.start, q.inner.end)]
    long = [w for w in words if len(w) > SMALL_WORD]
    ends = any(text[q.inner.end - 1] in ".,!?" for q in touched)
    return 1 < len(words) <= TITLE_WORDS and not ends and bool(long) and all(w[0].isupper() for w in long)


def _without_speaker(
    text: str, content: list[Span], verb: Span, quoted: list[Quoted]
) -> tuple[list[Span], Span | None]:
    """The content without the words between a quotation that ends in a comma and the cue: they name the speaker."""
    kept, named = [], None
    for run in content:
        ended = [
            q
            for q in quoted
            if run.start <= q.outer.start + 1 and q.outer.end < run.end and text[q.inner.end - 1] in ",?!"
        ]
        if ended and run.end <= verb.start and not any(c.isalnum() for c in text[run.end : verb.start]):
            named = tidy(text, Span(ended[-1].outer.end, run.end))
            run = Span(run.start, ended[-1].outer.end)
        kept.append(run)
    return kept, named


def _runs(text: str, grid: Grid, tokens: Ints) -> list[Span]:
    """Stretches of neighbouring tokens, joined over punctuation."""
    runs: list[Span] = []
    for token in tokens:
        span = Span(int(grid.start[token]), int(grid.end[token]))
        if runs and not any(c.isalnum() for c in text[runs[-1].end : span.start]):
            runs[-1] = Span(runs[-1].start, span.end)
        else:
            runs.append(span)
    return [r for r in runs if any(c.isalnum() for c in text[r.start : r.end])]
