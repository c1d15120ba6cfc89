"""The nouns that every stage speaks: frozen data, no behaviour beyond what reads a field back.

The few methods that do more (`Article.from_text`, `Collation.table`) are there for people at a prompt; each calls the stage whose
business it is. Offsets are half-open and count code points of `Article.text`. Days are ISO 8601 (`2025-02-23`), time values TIMEX3.
What a stage finds in one article stands in the middle; what the articles of a story say side by side stands below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from rashomon.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

Manner = Literal["direct", "mixed", "indirect"]
MentionKind = Literal["person", "place", "organisation", "group"]
Change = Literal["=", "~", "<", ">", "up", "down"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
ActKind = Literal["offer", "demand", "refusal", "promise", "threat", "accusation", "denial", "request", "agreement"]
Completeness = Literal["full", "truncated", "summary"]
Coverage = Literal["reports", "contradicts", "near", "silent", "unread"]
Relation = Literal["single", "agree", "compatible", "conflict"]
DifferenceKind = Literal["number", "date", "attribution", "wording", "framing", "fact"]
Degree = Literal["verbatim", "reworded"]
CorrectionKind = Literal["merge", "split", "speaker", "date"]
CorrectionTarget = Literal["names", "quotes", "points"]
OriginKind = Literal["agency", "article", "unknown"]
Ground = Literal["credited", "earlier", "undated"]
BasisKind = Literal["metadata", "text", "story", "correction"]
Grade = Literal["one text", "same quotations"]
CellState = Literal["same", "changed", "absent"]
BriefingGroup = Literal["agree", "differ", "alone"]


class Span(Struct, frozen=True, array_like=True, order=True):
    """A stretch of an article's text, half-open; written as `[start, end]`."""

    start: int
    end: int


class Located(Struct, frozen=True, kw_only=True):
    """Something found at one place of an article."""

    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


# ── read ────────────────────────────────────────────────────────────────────────────────────────


class Credit(Located, frozen=True, kw_only=True):
    """A place where the report names the agency or outlet its text comes from."""

    agency: str


class Basis(Struct, frozen=True, kw_only=True):
    """What a publication date rests on: metadata, words of the text, the story's other reports, a reader's correction."""

    kind: BasisKind
    span: Span | None = None


class Article(Struct, frozen=True, kw_only=True):
    """One published text at one time. `text` is kept exactly as decoded; `furniture` marks what is no reporting."""

    id: str
    path: str
    text: str
    sha256: str
    source: str | None = None
    url: str | None = None
    title: str | None = None
    title_span: Span | None = None
    byline: str | None = None
    language: str | None = None
    published: str | None = None
    published_basis: Basis | None = None
    modified: str | None = None
    furniture: tuple[Span, ...] = ()
    credits: tuple[Credit, ...] = ()
    completeness: Completeness = "full"
    n_versions: int = 1

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        title: str | None = None,
        published: str | None = None,
        source: str | None = None,
        url: str | None = None,
        language: str | None = None,
    ) -> Article:
        """The article that a text is. What is not given is looked for in the text, as it is when a file is read.

        The same text with the same fields has the same id. Raises `UsageError` for an empty text or a day that is none.
        """
        from rashomon.read.plain import article_of_text

        return article_of_text(text, title=title, published=published, source=source, url=url, language=language)

    def dated(self, day: str) -> Article:
        """The article with the day of its publication as a reader set it right."""
        return msgspec.structs.replace(self, published=day, published_basis=Basis(kind="correction"))


class Reject(Struct, frozen=True, kw_only=True):
    """An input that was set aside, and why."""

    path: str
    reason: str


class Intake(Struct, frozen=True, kw_only=True):
    """What reading a set of locations gave: the articles, in order of id, and the rejects."""

    articles: tuple[Article, ...]
    rejects: tuple[Reject, ...] = ()


# ── annotate ────────────────────────────────────────────────────────────────────────────────────


class Mention(Located, frozen=True, kw_only=True):
    """A place where someone or something is named. `description` is the title or role written beside the name."""

    kind: MentionKind
    description: Span | None = None


class Quote(Struct, frozen=True, kw_only=True):
    """Words reported as said.

    `content` may have several spans, `speaker` is the mention as written here, `speaker_name` whom it resolves to
    within the article (null when unsure), `via` whoever passed the words on ("told AFP").
    """

    content: tuple[Span, ...]
    manner: Manner
    cue: Span | None = None
    speaker: Span | None = None
    speaker_name: str | None = None
    via: str | None = None


class Figure(Located, frozen=True, kw_only=True):
    """A number with what it counts, as an interval: null means open, so "more than 200" is low 200, high null."""

    value: float
    low: float | None
    high: float | None
    unit: str | None
    change: Change
    about: str
    attributed_to: str | None = None


class Time(Located, frozen=True, kw_only=True):
    """A time expression with its TIMEX3 value, and the first and last day it covers where those can be told."""

    type: TimeType
    value: str
    first: str | None = None
    last: str | None = None


class Act(Located, frozen=True, kw_only=True):
    """Someone offers, demands, refuses… something. `content`, `toward` and `condition` are in the report's words."""

    actor: str
    act: ActKind
    content: str
    toward: str | None = None
    condition: str | None = None


class Clause(Located, frozen=True, kw_only=True):
    """A stretch of a sentence that tells one thing: who does it, and the lemma of the word that tells it.

    `doer` is the subject in words that stand by themselves (the name for a pronoun), null where that is not safe; `core` is
    what follows it in a short sentence, from the verb to its last complement; `modal` is the lemma of "may", "will" and so on.
    """

    subject: Span | None = None
    predicate: str | None = None
    negated: bool = False
    doer: str | None = None
    core: Span | None = None
    object: Span | None = None
    obliques: tuple[Span, ...] = ()
    modal: str | None = None
    passive: bool = False


class Annotations(Struct, frozen=True, kw_only=True):
    """What was found in one article."""

    article_id: str
    sentences: tuple[Span, ...] = ()
    clauses: tuple[Clause, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    acts: tuple[Act, ...] = ()


# ── group ───────────────────────────────────────────────────────────────────────────────────────


class Link(Struct, frozen=True, kw_only=True):
    """Why two articles are held to report one event."""

    left: str
    right: str
    score: float
    reasons: tuple[str, ...] = ()


class Story(Struct, frozen=True, kw_only=True, rename={"article_ids": "articles"}):
    """The articles about one event, from the earliest on, and the links that tie them together."""

    id: str
    article_ids: tuple[str, ...]
    links: tuple[Link, ...] = ()


class Grouping(Struct, frozen=True, kw_only=True):
    """The stories that some articles make."""

    stories: tuple[Story, ...]
    skipped: tuple[Reject, ...] = ()


class Replacement(Struct, frozen=True, kw_only=True):
    """Words before and after; None where they came new or went."""

    before: str | None
    after: str | None


class VersionChange(Struct, frozen=True, kw_only=True):
    """What changed from one version of a page to the next."""

    before: str
    after: str
    published: str | None
    words: tuple[Replacement, ...]
    quotes: tuple[Replacement, ...]
    figures: tuple[Replacement, ...]


class StoryRow(Struct, frozen=True):
    """A story as lists show it. An address counts once, however often its page changed; older versions are superseded."""

    id: str
    title: str | None
    first: str | None
    last: str | None
    n_articles: int
    n_sources: int
    n_differences: int | None
    n_superseded: int = 0


class Hit(Struct, frozen=True):
    """An article that was found, the story it is in, and the first quote that fits where a speaker was asked for.

    It is superseded when its address has a later version.
    """

    article: str
    story: str | None
    source: str | None
    published: str | None
    title: str | None
    quote: str | None
    superseded: bool = False


StoryCorrectionKind = Literal["merge", "split", "pin"]


class StoryCorrection(Struct, frozen=True, kw_only=True):
    """What a reader set right about stories: their articles put together, taken out, or moved to the first one's story."""

    kind: StoryCorrectionKind
    articles: tuple[str, ...]
    note: str | None = None


class Added(Struct, frozen=True, kw_only=True):
    """What adding to a library did: articles read, those new to it, addresses that had not changed, what failed.

    What is annotated and grouped may be more than what is new: work that was cut off before is done too.
    """

    n_read: int
    n_new: int
    n_unchanged: int
    failed: tuple[Reject, ...]
    n_annotated: int
    n_grouped: int


class Round(Struct, frozen=True, kw_only=True):
    """What one round over watched feeds brought."""

    number: int
    n_new: int
    n_failed: int


class Checked(Struct, frozen=True, kw_only=True):
    """How many articles of a library were read again, and everything that is off, by the article or row it is off in."""

    n_articles: int
    off: tuple[Reject, ...]


class ExportedFile(Struct, frozen=True, kw_only=True):
    """A file that was written, and how many rows or pieces it holds."""

    path: str
    n_rows: int


class Exported(Struct, frozen=True, kw_only=True):
    """What an export wrote; `note` says what was cut, where something was."""

    files: tuple[ExportedFile, ...]
    note: str | None = None


class NumberedCorrection(Struct, frozen=True, kw_only=True):
    """What a reader set right, with the number by which it can be taken back, and the articles it is about.

    Of stories there is no more to it; of names, speakers and dates the rest is that of a `Correction`.
    """

    number: int
    kind: StoryCorrectionKind | CorrectionKind
    articles: tuple[str, ...]
    what: CorrectionTarget | None = None
    forms: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    value: str | None = None
    note: str | None = None


class Note(Located, frozen=True, kw_only=True):
    """What a reader wrote on a passage of an article: who, and when in seconds since 1970."""

    number: int
    article: str
    text: str
    who: str
    at: int


# ── collate ─────────────────────────────────────────────────────────────────────────────────────


class Reading(Located, frozen=True, kw_only=True):
    """What one article has at a place."""

    article: str


class Excerpt(Reading, frozen=True, kw_only=True):
    """A reading with its words."""

    words: str


class Says(Reading, frozen=True, kw_only=True):
    """A reading with what it says, put shortly."""

    says: str


class StoryCard(Struct, frozen=True, kw_only=True):
    """The head of a collation: a title taken from the reports, and the days they were published."""

    id: str
    title: str
    first: str | None
    last: str | None


class ArticleCard(Struct, frozen=True, kw_only=True):
    """An article without its text. Letters are given account by account, so that those of one text are neighbours."""

    id: str
    letter: str
    path: str
    source: str | None
    title: str | None
    byline: str | None
    published: str | None
    published_basis: Basis | None
    modified: str | None
    url: str | None
    language: str | None
    sha256: str
    n_chars: int
    furniture: tuple[Span, ...]
    credits: tuple[Credit, ...]
    completeness: Completeness
    n_versions: int = 1


class Reason(Struct, frozen=True, kw_only=True):
    """Why two articles are held to share a source text, in words that name neither."""

    articles: tuple[str, str]
    text: str


class Origin(Struct, frozen=True, kw_only=True):
    """Where the text a family shares may come from: an agency credited, one of the articles, or unknown.

    `name` is the agency or the article's id; null where a common source outside the set is as likely as one inside it.
    """

    kind: OriginKind
    name: str | None
    text: str


class Family(Struct, frozen=True, kw_only=True):
    """Articles that share a source text, seen or unseen, with a reason for each that joins, and where it may be from."""

    articles: tuple[str, ...]
    origin: Origin
    reasons: tuple[Reason, ...]


class Account(Struct, frozen=True, kw_only=True):
    """Articles that are counted once where independence is counted.

    Of the grade "one text" they are a family; of the grade "same quotations" they are several texts which quote the same words,
    with a reason for each that joins. An article by itself has no grade.
    """

    articles: tuple[str, ...]
    grade: Grade | None
    reasons: tuple[Reason, ...] = ()


class Sharing(Struct, frozen=True, kw_only=True):
    """The other article that holds the most of an article's reporting: null and 0 where none holds any."""

    article: str
    other: str | None
    share: float
    reworded: bool


class Passage(Struct, frozen=True, kw_only=True):
    """A stretch of text that stands in several articles.

    `quoted` is the share of it, 0 to 1, that every article only quotes; `speech` is true where that is most of it.
    """

    id: str
    degree: Degree
    speech: bool
    quoted: float
    readings: tuple[Reading, ...]


class Derivation(Struct, frozen=True, kw_only=True, rename={"source": "from"}):
    """Who seems to have drawn on whom: `source` ("from" in JSON) is an article or an agency.

    `share` is the share of the article's reporting, 0 to 1, that stands in the source too; null for a credited agency,
    whose text is not at hand.
    """

    article: str
    source: str
    share: float | None
    ground: Ground
    readings: tuple[Reading, ...]


class Lineage(Struct, frozen=True, kw_only=True):
    """Shared text. `independent` is the largest number of independent accounts there can be, the length of `accounts`."""

    families: tuple[Family, ...]
    independent: int
    passages: tuple[Passage, ...]
    derivations: tuple[Derivation, ...]
    accounts: tuple[Account, ...] = ()
    sharing: tuple[Sharing, ...] = ()


class LineageReport(Struct, frozen=True, kw_only=True):
    """The lineage of some articles by itself, as `rashomon lineage` prints it."""

    format: Literal[2] = 2
    articles: tuple[ArticleCard, ...]
    lineage: Lineage
    skipped: tuple[Reject, ...]
    run: Run


class QuoteReading(Struct, frozen=True, kw_only=True):
    """One article's wording of a quote; `via` is who passed it on ("told AFP"), as this article has it."""

    article: str
    spans: tuple[Span, ...]
    manner: Manner
    cue: Span | None
    speaker: Span | None
    via: str | None = None

    @property
    def span(self) -> Span:
        """From its first part to its last."""
        return Span(self.spans[0].start, self.spans[-1].end)


class Cell(Located, frozen=True, kw_only=True):
    """One word of a reading in a table of variants."""

    text: str


class SegmentCell(Struct, frozen=True, kw_only=True):
    """What a reading has in a segment: the base reading's words, others, or none. `text` is null where it has none."""

    state: CellState
    text: str | None


class Segment(Struct, frozen=True, kw_only=True):
    """Neighbouring columns of a word table, from `start` to before `end`, with one cell a reading.

    A cell is null for a reading that tells the statement in its own words.
    """

    start: int
    end: int
    cells: tuple[SegmentCell | None, ...]


class AlignedQuote(Struct, frozen=True, kw_only=True):
    """One statement as the articles give it. Each column of `table` has one cell, or null, for each reading.

    `fullest` is the number of the fullest reading, `base` of the wording that most articles have, from which `segments`
    tell the others; `occasion` is where it was said, null where that is not known.
    """

    id: str
    speaker: str | None
    readings: tuple[QuoteReading, ...]
    table: tuple[tuple[Cell | None, ...], ...]
    fullest: int = 0
    base: int = 0
    segments: tuple[Segment, ...] = ()
    occasion: str | None = None


class FigureReading(Reading, frozen=True, kw_only=True):
    """One article's number at a place."""

    low: float | None
    high: float | None
    change: Change
    attributed_to: str | None


class FigureValue(Struct, frozen=True, kw_only=True):
    """One of the numbers given for a figure: the words it is given in, the readings that give it, and whom they name.

    `readings` are numbers in the figure's list; `who` has each source once, null where a reading names none.
    """

    low: float | None
    high: float | None
    change: Change
    words: str
    readings: tuple[int, ...]
    who: tuple[str | None, ...]


class AlignedFigure(Struct, frozen=True, kw_only=True):
    """Numbers that count the same thing. `title` is a noun phrase for it, `values` has each number once."""

    id: str
    about: str
    unit: str | None
    relation: Relation
    readings: tuple[FigureReading, ...]
    title: str = ""
    values: tuple[FigureValue, ...] = ()


class Sum(Struct, frozen=True, kw_only=True):
    """Parts and a total given by one article, and whether they add up."""

    article: str
    parts: tuple[Span, ...]
    total: Span
    part_values: tuple[float, ...]
    total_value: float
    holds: bool


class TimeReading(Reading, frozen=True, kw_only=True):
    """A resolved time of one article."""

    type: TimeType
    value: str
    first: str | None
    last: str | None


class Interval(Struct, frozen=True, kw_only=True):
    """The days that a wording of an event's date allows, and where it stands."""

    first: str
    last: str
    words: str
    readings: tuple[Reading, ...]


class Event(Struct, frozen=True, kw_only=True):
    """Something dated, for the timeline: it fell, or will fall, between `first` and `last`.

    `label` is a short clause for it, null where none can be made; `intervals` has the days of each wording.
    """

    id: str
    first: str
    last: str
    text: str
    readings: tuple[Reading, ...]
    label: str | None = None
    intervals: tuple[Interval, ...] = ()


class Form(Struct, frozen=True, kw_only=True):
    """One spelling of a name, how often each article has it, and where first."""

    text: str
    counts: dict[str, int]
    readings: tuple[Reading, ...]


class Description(Struct, frozen=True, kw_only=True):
    """A title or role given to a name."""

    text: str
    readings: tuple[Reading, ...]


class Name(Struct, frozen=True, kw_only=True):
    """The one meant, with every form and description the articles use."""

    id: str
    name: str
    kind: MentionKind
    forms: tuple[Form, ...]
    descriptions: tuple[Description, ...]


class Point(Struct, frozen=True, kw_only=True):
    """One thing reported, where it stands, which articles have it, and where one without it comes near.

    `label` tells it in a short clause that names its subject, `label_reading` is the clause it was made of; both are null
    where none can be made.
    """

    id: str
    text: str
    label: str | None = None
    label_reading: Reading | None = None
    readings: tuple[Reading, ...]
    coverage: dict[str, Coverage]
    near: tuple[Reading, ...] = ()


class SideReading(Reading, frozen=True, kw_only=True):
    """Where a side stands: the words that say it, and who is named as its source."""

    words: str
    who: str | None = None


class Side(Struct, frozen=True, kw_only=True):
    """One of the things said in a difference, with the readings that say it."""

    says: str
    readings: tuple[SideReading, ...]


class Difference(Struct, frozen=True, kw_only=True):
    """A place where readings do not say the same.

    `text` is its heading, `topic` what it is about, `sides` what is said, `silent` the articles that say nothing of it.
    `weight` runs from 1 (a shade) to 3 (an editor would act on it); `fits` is true where all sides can be true together.
    `sure` is true where it is likely to be right as it is told, so that it can be printed; the others are places to look at.
    `rows` are the ids of the rows it was found in, `readings` those of all sides.
    """

    id: str
    kind: DifferenceKind
    text: str
    topic: str
    sides: tuple[Side, ...]
    silent: tuple[str, ...]
    weight: int
    note: str | None
    fits: bool
    sure: bool = True
    rows: tuple[str, ...]
    readings: tuple[Says, ...]


class Position(Struct, frozen=True, kw_only=True):
    """What someone offers, demands, refuses… lined up over the articles."""

    id: str
    actor: str
    act: ActKind
    content: str
    toward: str | None
    condition: str | None
    readings: tuple[Reading, ...]


class BriefingPart(Struct, frozen=True, kw_only=True):
    """A stretch of a line of the briefing, and the readings that support it: letters stand behind the part."""

    text: str
    cites: tuple[Reading, ...]


class BriefingSentence(Struct, frozen=True, kw_only=True):
    """A line of the briefing and the readings of the rows it was made from; `rewritten` where a language model worded it.

    `parts`, put together, are the text, each with the readings that stand behind it; `group` says whether most agree on it, the articles differ, or one alone has it.
    """

    text: str
    cites: tuple[Reading, ...]
    group: BriefingGroup
    parts: tuple[BriefingPart, ...]
    rewritten: bool = False


class Input(Struct, frozen=True, kw_only=True):
    """An input by path and hash."""

    path: str
    sha256: str


class Place(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A character of an article; `words`, when given, must stand there."""

    article: str
    at: int
    words: str | None = None


class Correction(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a reader set right. Names are told by `forms`, the rest by `places`; `value` is the right speaker or date."""

    kind: CorrectionKind
    what: CorrectionTarget | None = None
    forms: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    value: str | None = None
    note: str | None = None


Knobs = dict[str, dict[str, int | float | bool | str]]


class Provenance(Struct, frozen=True, kw_only=True):
    """What made a result beside its input; the same provenance over the same input gives the same bytes.

    `finders` is the number of the code that finds things in an article, `lexicon` and `models` are hashes of contents,
    `settings` those that the result depends on.
    """

    version: str
    finders: int
    spacy: str
    pipeline: str
    pipeline_version: str
    language: str
    lexicon: str
    models: dict[str, str]
    settings: Knobs


class ModelHeader(Struct, frozen=True, kw_only=True):
    """What a model file says of itself: the features it was trained with, in order, and what it was trained by."""

    features: tuple[str, ...]
    provenance: Provenance


class Run(Struct, frozen=True, kw_only=True):
    """What is needed to get the same collation again."""

    version: str
    settings: Knobs
    provenance: Provenance
    inputs: tuple[Input, ...]


class Collation(Struct, frozen=True, kw_only=True, dict=True):
    """All that a story's articles say, side by side. Encoded as it stands, it is the JSON contract.

    Beside its fields it knows the articles whose text it points into; one that was read from JSON is told them by
    `with_articles`.
    """

    format: Literal[2] = 2
    story: StoryCard
    articles: tuple[ArticleCard, ...]
    lineage: Lineage
    quotes: tuple[AlignedQuote, ...]
    figures: tuple[AlignedFigure, ...]
    sums: tuple[Sum, ...]
    times: tuple[TimeReading, ...]
    timeline: tuple[Event, ...]
    names: tuple[Name, ...]
    points: tuple[Point, ...]
    differences: tuple[Difference, ...]
    positions: tuple[Position, ...]
    briefing: tuple[BriefingSentence, ...]
    corrections: tuple[Correction, ...]
    skipped: tuple[Reject, ...]
    run: Run

    def with_articles(self, articles: Sequence[Article]) -> Collation:
        """This collation, knowing the articles whose text it points into. Raises `UsageError` where they are others."""
        texts = {article.id: article.sha256 for article in articles}
        for card in self.articles:
            if texts.get(card.id) != card.sha256:
                raise UsageError(f"{card.id}: this collation was made of an article that is not among those given")
        known = msgspec.structs.replace(self)
        vars(known)["_articles"] = tuple(articles)
        return known

    @property
    def full_articles(self) -> tuple[Article, ...]:
        """The articles with their texts. Raises `UsageError` where this collation does not know them."""
        articles: tuple[Article, ...] | None = vars(self).get("_articles")
        if articles is None:
            raise UsageError("this collation was read without its articles; tell it: collation.with_articles(articles)")
        return articles

    def table(self, name: str) -> pa.Table:
        """One noun of this collation ("quotes", "figures" …) as an Arrow table, which pandas, polars and DuckDB take.

        It has the columns of `rashomon export`. Raises `UsageError` for a table that is none, or without pyarrow.
        """
        from rashomon.report.tables import arrow_table

        return arrow_table(self, name)

    def _repr_html_(self) -> str:
        """The page without its script, in a frame of its own, as notebooks show it."""
        from rashomon.report.html import render_frame

        return render_frame(self)


class Likeness(Struct, frozen=True, kw_only=True):
    """How alike two readings are, by their numbers in the list: telling words in common, by weight, and vectors, 0 to 1.

    `probability` is how likely the two say one thing, where that lined them up, and `parts` what each feature added to the
    logarithm of its odds; null for two readings that were not looked at: of one report, of the same words, barred or too unlike.
    """

    left: int
    right: int
    common: tuple[str, ...]
    dice: float
    containment: float
    cosine: float
    probability: float | None = None
    parts: dict[str, float] = {}


class Explanation(Struct, frozen=True, kw_only=True):
    """Why a row of a collation was made."""

    id: str
    section: str
    reasons: tuple[str, ...]
    readings: tuple[Reading, ...]
    likenesses: tuple[Likeness, ...]
