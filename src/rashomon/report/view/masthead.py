"""The masthead: the headline, a sentence on the whole, three counts, and the strip of accounts with a card a report."""

from __future__ import annotations

from msgspec import Struct

from rashomon.lexicon import words_of
from rashomon.model import Account, ArticleCard, BasisKind, Collation, Credit, Reading
from rashomon.report.view.cites import NOTHING, SEVERAL, Cites, ViewContext, cite, outlet
from rashomon.report.view.days import say_day
from rashomon.report.view.shared import LITTLE
from rashomon.report.view.words import begun, in_words, listed, say_story, say_title
from rashomon.text.dates import say_days

LONGEST_HEADLINE = 90
# So many topics stand in the sentence on the whole.
MOST_TOPICS = 3
# From which share on it is told how much of a report stands in another.
MUCH = 0.1
# Accounts and reports that have a row or card of their own.
MOST_ACCOUNTS = 20
# What is said behind a day of what it rests on.
BASES: dict[BasisKind, str] = {
    "metadata": "",
    "text": ", dated in its text",
    "story": ", day taken from the others",
    "correction": ", corrected",
}


class Count(Struct, frozen=True):
    """A number of the masthead: a word before it, the number, what it counts."""

    bound: str
    number: int
    noun: str


class Card(Struct, frozen=True):
    """A report in the strip. `length` is its part of the longest one, `shared` the part of it that stands in another, percent."""

    letter: str
    title: str
    outlet: str
    url: str | None
    day: str
    n_words: int
    length: float
    shared: float
    sharing: str


class AccountBox(Struct, frozen=True):
    """An account: its ground, and its cards, those of one text together with what joins them."""

    number: int
    ground: str
    groups: tuple[tuple[str, tuple[Card, ...]], ...]
    n_reports: int


class Masthead(Struct, frozen=True):
    """What stands above all sections."""

    title: str
    quoted: bool
    cites: Cites
    told: str
    standfirst: str
    counts: tuple[Count, ...]
    accounts: tuple[AccountBox, ...]
    n_more: int


def view_masthead(context: ViewContext) -> Masthead:
    """The masthead of a collation."""
    collation = context.collation
    headline, quoted, cites = _headline(context)
    accounts = sorted(
        enumerate(collation.lineage.accounts), key=lambda pair: (-len(pair[1].articles) * _many(context), pair[0])
    )
    boxes = tuple(_box(context, n, account) for n, (_, account) in enumerate(accounts[:MOST_ACCOUNTS], start=1))
    return Masthead(
        title=headline,
        quoted=quoted,
        cites=cites,
        told=_told(collation),
        standfirst=_standfirst(context),
        counts=_counts(collation),
        accounts=boxes,
        n_more=len(accounts) - len(boxes),
    )


def _many(context: ViewContext) -> bool:
    return context.n_reports > SEVERAL


def _headline(context: ViewContext) -> tuple[str, bool, Cites]:
    """The story's title in quotation marks with the letter of the report that has it; where none has one, what the first point tells."""
    title = context.collation.story.title
    places = [
        Reading(article=a.id, start=a.title_span.start, end=a.title_span.end)
        for a in context.articles.values()
        if a.title == title and a.title_span
    ]
    if title and places:
        return context.words.cut(title), True, cite(context, places[:1])
    for point in context.collation.points[:1]:
        if point.label and len(point.label) <= LONGEST_HEADLINE:
            return begun(context.words.cut(point.label)), False, NOTHING
    if title:
        return context.words.cut(title), True, NOTHING
    return say_story(None) if context.n_reports else "No report could be read", False, NOTHING


def _told(collation: Collation) -> str:
    story = collation.story
    if story.first is None or story.last is None:
        return ""
    joint = "on" if story.first == story.last else "from"
    return f"Told {joint} {say_days(story.first, story.last)}"


def _standfirst(context: ViewContext) -> str:
    """How many reports of which days, and what they part on; three topics at most."""
    collation = context.collation
    n = context.n_reports
    if not n:
        return "Nothing that was given could be read as a report."
    days = _told(collation)[5:]
    opening = f"{begun(in_words(n))} report{'s' * (n != 1)}{f', told {days}' if days else ''}."
    if n == 1:
        return opening
    topics = [d.topic for d in collation.differences if d.sure and not d.fits and d.kind != "wording"]
    topics = [context.words.cut(t[0].lower() + t[1:]) for t in dict.fromkeys(topics) if _can_follow(t)]
    topics = topics[:MOST_TOPICS]
    parted = f" They part on {listed([*topics[:1], *(f'on {t}' for t in topics[1:])])}." if topics else ""
    if not collation.differences:
        parted = " They differ in nothing but words."
    whole = " All of them print one text." if len(set(context.texts.values())) == 1 else ""
    return opening + parted + whole


def _can_follow(topic: str) -> bool:
    """Whether a topic can stand behind "they part on": a question or a thing, no clause of its own."""
    return topic.split(" ", 1)[0] in words_of("briefing", "topic_openers") and ":" not in topic


def _counts(collation: Collation) -> tuple[Count, ...]:
    named = {a.source for a in collation.articles if a.source}
    unknown = sum(a.source is None for a in collation.articles)
    n_reports = len(collation.articles)
    if not n_reports:
        return ()
    noted = f", {len(named) or 'none'} named" if unknown else ""
    n_sources, n_accounts = len(named) + unknown, collation.lineage.independent
    return (
        Count("", n_reports, "reports" if n_reports != 1 else "report"),
        Count("up to" if unknown and n_reports > 1 else "", n_sources, f"source{'s' * (n_sources != 1)}{noted}"),
        Count("at most", n_accounts, f"independent account{'s' * (n_accounts != 1)}"),
    )


def _box(context: ViewContext, number: int, account: Account) -> AccountBox:
    cards = {card.id: card for card in context.collation.articles}
    ids = sorted(account.articles, key=context.order.__getitem__)
    shown = ids[:MOST_ACCOUNTS] if context.n_reports <= SEVERAL else ids[:1]
    groups: dict[int, list[str]] = {}
    for article in shown:
        groups.setdefault(context.texts[article], []).append(article)
    joined = [("one text" if len(g) > 1 else "same quotations" if len(ids) > 1 else "", g) for g in groups.values()]
    return AccountBox(
        number=number,
        ground=_ground(context, account, [cards[a] for a in ids]),
        groups=tuple((joint, tuple(_card(context, cards[a]) for a in group)) for joint, group in joined),
        n_reports=len(ids),
    )


def _ground(context: ViewContext, account: Account, cards: list[ArticleCard]) -> str:
    """What an account is: an agency's text, one text, the same quotations, or a wording of its own."""
    if len(cards) > 1:
        families = [f for f in context.collation.lineage.families if set(f.articles) <= set(account.articles)]
        if any(f.origin.kind == "agency" for f in families):
            return "an agency’s text"
        return account.grade or "one text"
    credited = {credit.agency for card in cards for credit in card.credits}
    if not credited:
        return "its own wording"
    return f"{in_words(len(credited))} named source{'s' * (len(credited) != 1)}"


def _card(context: ViewContext, card: ArticleCard) -> Card:
    n_words = context.n_words[card.id]
    shares = {s.article: s for s in context.collation.lineage.sharing}
    sharing = shares.get(card.id)
    return Card(
        letter=card.letter,
        title=context.words.cut(say_title(card.title)),
        outlet=outlet(card),
        url=card.url,
        day=say_dated(context, card),
        n_words=n_words,
        length=round(100 * n_words / max(1, *context.n_words.values()), 1),
        shared=round(100 * sharing.share, 1) if sharing else 0.0,
        sharing=say_sharing(context, card),
    )


def say_dated(context: ViewContext, card: ArticleCard) -> str:
    """The day of a report with what it rests on: "23 February, dated in its text"."""
    if not card.published:
        return "No day known"
    basis = card.published_basis.kind if card.published_basis else "metadata"
    versions = f"; changed since, version {card.n_versions}" if card.n_versions > 1 else ""
    return f"{say_day(card.published, context.year)}{BASES[basis]}{versions}"


def say_sharing(context: ViewContext, card: ArticleCard) -> str:
    """What a report shares and whom it credits, in a sentence or two; and where it was not read to the end."""
    told = [f"Credits {listed(_agencies(card.credits))}."] if card.credits else []
    quoting = _quoting_with(context, card.id)
    if quoting:
        told.append(f"Quotes the same words as {listed(quoting)}.")
    for sharing in context.collation.lineage.sharing:
        if sharing.article == card.id and sharing.other and sharing.share >= MUCH:
            reworded = ", reworded" if sharing.reworded else ""
            told.append(f"{sharing.share:.0%} of it stands in {context.letters[sharing.other]} too{reworded}.")
        elif sharing.article == card.id and sharing.other and sharing.share >= LITTLE and not quoting:
            told.append("Little of it stands elsewhere.")
    if not told and context.n_reports > 1:
        told.append("Nothing of its own text was found in another report.")
    if card.completeness != "full":
        last = len(context.paragraphs[card.id])
        told.append(f"Read to paragraph {last} ({card.completeness}).")
    return " ".join(told)


def _quoting_with(context: ViewContext, article: str) -> list[str]:
    """The letters of the reports that an article has its quotations in common with, where this joins them in an account."""
    ties = [r.articles for account in context.collation.lineage.accounts for r in account.reasons]
    others = {other for pair in ties if article in pair for other in pair} - {article}
    return [context.letters[a] for a in sorted(others, key=context.order.__getitem__)]


def _agencies(credits_: tuple[Credit, ...]) -> list[str]:
    return list(dict.fromkeys(credit.agency for credit in credits_))


def say_unread(context: ViewContext) -> list[str]:
    """A line for each report that was not read to the end."""
    cards = [c for c in context.collation.articles if c.completeness != "full"]
    return [f"{c.letter} was read only to paragraph {len(context.paragraphs[c.id])} ({c.completeness})." for c in cards]
