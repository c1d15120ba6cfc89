"""Shared text: who is one text with whom, each report as a strip, pairs as ribbons, passages side by side."""

from __future__ import annotations

from itertools import combinations, pairwise

from msgspec import Struct

from rashomon.model import Account, Family, Passage, Reading, Span
from rashomon.report.view.cites import NOTHING, SEVERAL, Cites, ViewContext, cite
from rashomon.report.view.words import in_words, listed
from rashomon.text.align import align_words
from rashomon.text.shares import reported_size, share_text
from rashomon.text.words import Word, find_words, fold

# Pairs that are open, and all that are written of few reports and of many.
MOST_OPEN, MOST_PAIRS, FEWER_PAIRS = 3, 100, 20
# Ribbon diagrams, strips and sentences.
MOST_RIBBONS, MOST_STRIPS, MOST_SENTENCES = 3, 40, 30
# A passage of more words is shown to here in a pair.
MOST_WORDS = 90
# A stretch narrower than this share of its report, percent, would not be seen.
THINNEST = 0.4
# Runs of so many common words are tinted.
COMMON_RUN = 2
# From which share on it is told that some of a report stands in another.
LITTLE = 0.005
# Reports are one text where half of one stands in another; with less in common they draw on one.
MOSTLY = 0.5
# How much of an article stands in another, by article and other.
StripShares = dict[tuple[str, str], float]
DEGREES = {"verbatim": "Word for word", "reworded": "Reworded", "speech": "Same quotation"}


class SharingLine(Struct, frozen=True):
    """A sentence on the lineage, with letters behind it."""

    text: str
    cites: Cites


class StripStretch(Struct, frozen=True):
    """A stretch of a report that stands in another: where (percent), and how alike."""

    left: float
    width: float
    degree: str


class Strip(Struct, frozen=True):
    """A report from its first character to its last, to the scale of the longest (percent)."""

    letter: str
    length: float
    stretches: tuple[StripStretch, ...]
    told: str


class Ribbon(Struct, frozen=True):
    """A passage in two reports: where it begins and ends in either, percent."""

    upper: tuple[float, float]
    lower: tuple[float, float]


class Diagram(Struct, frozen=True):
    """The passages of two reports, as ribbons from one to the other."""

    upper: str
    lower: str
    ribbons: tuple[Ribbon, ...]
    told: str


class SharedPiece(Struct, frozen=True):
    """Words of a passage, common to both or not."""

    text: str
    common: bool


class Half(Struct, frozen=True):
    """One report's words of a passage."""

    cites: Cites
    pieces: tuple[SharedPiece, ...]


class SharedPair(Struct, frozen=True):
    """A passage as two reports have it."""

    id: str
    degree: str
    halves: tuple[Half, Half]
    more: Cites


class SharedText(Struct, frozen=True):
    """All on shared text."""

    sentences: tuple[SharingLine, ...]
    strips: tuple[Strip, ...]
    diagrams: tuple[Diagram, ...]
    pairs: tuple[SharedPair, ...]
    more: tuple[SharedPair, ...]

    def __bool__(self) -> bool:
        """Whether there are two reports to share anything."""
        return bool(self.sentences)


def view_shared(context: ViewContext) -> SharedText:
    """The lineage of the reports in sentences and drawings."""
    if context.n_reports < 2:
        return SharedText((), (), (), (), ())
    passages = context.collation.lineage.passages
    ordered = _ordered(context, passages)
    most = MOST_PAIRS if context.n_reports <= SEVERAL else FEWER_PAIRS
    pairs = tuple(_pair(context, p) for p in ordered[:most])
    shares = _shares(context)
    return SharedText(
        sentences=_sentences(context, shares),
        strips=_strips(context, shares),
        diagrams=_diagrams(context, shares),
        pairs=pairs[:MOST_OPEN],
        more=pairs[MOST_OPEN:],
    )


def _shares(context: ViewContext) -> StripShares:
    cards = context.collation.articles
    sizes = {c.id: reported_size(c.n_chars, c.furniture) for c in cards}
    return share_text(context.collation.lineage.passages, sizes)


# ── in sentences ────────────────────────────────────────────────────────────────────────────────


def _sentences(context: ViewContext, shares: StripShares) -> tuple[SharingLine, ...]:
    lineage = context.collation.lineage
    told = [_family(context, family, shares) for family in lineage.families]
    told += [_same_quotations(context, account) for account in lineage.accounts if account.reasons]
    told += [
        SharingLine(f"{context.letters[d.article]} credits {d.source}", cite(context, d.readings))
        for d in lineage.derivations
        if d.share is None
    ]
    told += _quoting(context)
    return tuple(told[:MOST_SENTENCES])


def _same_quotations(context: ViewContext, account: Account) -> SharingLine:
    """Who quotes the same words as whom, with the places of the longest."""
    own = {article for reason in account.reasons for article in reason.articles}
    ids = sorted(own, key=context.order.__getitem__)
    who = listed([context.letters[a] for a in ids]) if len(ids) <= SEVERAL else f"{len(ids)} reports"
    spoken = [p.readings for p in context.collation.lineage.passages if p.speech]
    both = [places for places in spoken if len({r.article for r in places} & own) > 1]
    longest = max(both, key=lambda places: max(r.end - r.start for r in places if r.article in own), default=())
    cites = cite(context, [r for r in longest if r.article in own])
    return SharingLine(f"{who} quote the same words, and the text around them is each report’s own", cites)


def _quoting(context: ViewContext) -> list[SharingLine]:
    """Of which reports nothing but quotations, and of which nothing at all, stands in another."""
    lineage = context.collation.lineage
    quoting = {r.article for p in lineage.passages for r in p.readings}
    telling = {s.article for s in lineage.sharing if s.other and s.share >= LITTLE}
    joined = {article for account in lineage.accounts if account.grade for article in account.articles}
    rest = [a for a in context.order if a not in telling | joined and len(lineage.accounts) > 1]
    only = [context.letters[a] for a in rest if a in quoting]
    silent = [context.letters[a] for a in rest if a not in quoting]
    told = []
    if 0 < len(only) <= SEVERAL:
        told.append(SharingLine(f"Of {listed(only)} only quotations stand in other reports", NOTHING))
    if 0 < len(silent) <= SEVERAL:
        told.append(
            SharingLine(
                f"Nothing of {listed(silent, 'or')} was found in another report. That is not proof: where no shared text is "
                "found there may still be a common source",
                NOTHING,
            )
        )
    return told


def _family(context: ViewContext, family: Family, shares: StripShares) -> SharingLine:
    """Who is one text, how much of whom stands in whom, in which order."""
    letters = [context.letters[a] for a in sorted(family.articles, key=context.order.__getitem__)]
    who = listed(letters) if len(letters) <= SEVERAL else f"{len(letters)} reports"
    own = {*family.articles}
    places = [r for p in context.collation.lineage.passages for r in p.readings if r.article in own]
    longest = sorted(places, key=lambda r: (r.start - r.end, r.start))
    first = {r.article: r for r in reversed(longest)}
    cites = cite(context, first.values())
    pairs = [(share, pair) for pair, share in shares.items() if own.issuperset(pair)]
    share, (left, right) = max(
        pairs, key=lambda p: (p[0], -context.order[p[1][0]], -context.order[p[1][1]]), default=(0.0, ("", ""))
    )
    much = f": {share:.0%} of {context.letters[left]} stands in {context.letters[right]}" if share else ""
    if much:
        sharing = [s for s in context.collation.lineage.sharing if s.article == left and s.other == right]
        much += ", reworded" if sharing and sharing[0].reworded else ", word for word" if sharing else ""
    are = "are" if share >= MOSTLY else "draw on"
    return SharingLine(f"{who} {are} one text{much}. {_origin(context, family, left, right)}", cites)


def _origin(context: ViewContext, family: Family, left: str, right: str) -> str:
    if family.origin.kind == "agency" and family.origin.name:
        return f"It may be {family.origin.name}’s"
    stamps = {a: context.articles[a].published or "" for a in (left, right) if a}
    if len(stamps) == 2 and all("T" in s for s in stamps.values()) and len(set(stamps.values())) == 2:
        first, second = sorted(stamps, key=lambda a: stamps[a])
        return f"{context.letters[first]} was published before {context.letters[second]}"
    return "Which came first is not known"


# ── drawn ───────────────────────────────────────────────────────────────────────────────────────


def _degree(passage: Passage) -> str:
    return "speech" if passage.speech else passage.degree


def _strips(context: ViewContext, shares: StripShares) -> tuple[Strip, ...]:
    sizes = {c.id: max(1, c.n_chars) for c in context.collation.articles}
    longest = max(sizes.values())
    found: dict[str, list[StripStretch]] = {a: [] for a in context.order}
    for passage in context.collation.lineage.passages:
        for r in passage.readings:
            width = max(THINNEST, 100 * (r.end - r.start) / sizes[r.article])
            found[r.article].append(
                StripStretch(round(100 * r.start / sizes[r.article], 2), round(width, 2), _degree(passage))
            )
    ids = sorted(context.order, key=context.order.__getitem__)
    if len(ids) > SEVERAL:
        ids = [a for a in ids if found[a]]
    return tuple(
        Strip(
            context.letters[a],
            round(100 * sizes[a] / longest, 2),
            tuple(sorted(found[a], key=lambda s: (s.left, s.width))),
            _stands(context, a, shares, has_stretches=bool(found[a])),
        )
        for a in ids[:MOST_STRIPS]
    )


def _stands(context: ViewContext, article: str, shares: StripShares, *, has_stretches: bool) -> str:
    """How much of a report stands in which others: "79% stands in D, 7% in E"."""
    told = [
        f"{share:.0%} {'stands ' if n == 0 else ''}in {context.letters[other]}"
        for n, (share, other) in enumerate(
            sorted(
                ((shares.get((article, b), 0.0), b) for b in context.order if shares.get((article, b), 0.0) >= LITTLE),
                key=lambda pair: (-pair[0], context.order[pair[1]]),
            )[:3]
        )
    ]
    if told:
        return ", ".join(told)
    return "only quotations stand elsewhere too" if has_stretches else "nothing that stands elsewhere"


def _diagrams(context: ViewContext, shares: StripShares) -> tuple[Diagram, ...]:
    """For each family of one text the two reports that share most."""
    found = []
    for family in context.collation.lineage.families:
        ids = sorted(family.articles, key=context.order.__getitem__)
        pairs = [(shares.get(p, 0.0), -context.order[p[0]], -context.order[p[1]], p) for p in combinations(ids, 2)]
        share, _, _, (upper, lower) = max(pairs)
        if share:
            found.append((share, _diagram(context, upper, lower)))
    found.sort(key=lambda pair: -pair[0])
    return tuple(diagram for _, diagram in found[:MOST_RIBBONS])


def _diagram(context: ViewContext, upper: str, lower: str) -> Diagram:
    sizes = {a: max(1, len(context.articles[a].text)) for a in (upper, lower)}
    ribbons, order = [], []
    for passage in context.collation.lineage.passages:
        above = [r for r in passage.readings if r.article == upper]
        below = [r for r in passage.readings if r.article == lower]
        if above and below:
            ribbons.append(Ribbon(_percents(above[0], sizes[upper]), _percents(below[0], sizes[lower])))
            order.append((above[0].start, below[0].start))
    below_order = [b for _, b in sorted(order)]
    n_moved = sum(a > b for a, b in pairwise(below_order))
    run = "in one order" if not n_moved else f"in one order but for {in_words(n_moved)}"
    a, b = context.letters[upper], context.letters[lower]
    told = f"{a} above, {b} below, first line at the left: the passages run {run}. Gaps are what only one has."
    return Diagram(a, b, tuple(sorted(ribbons, key=lambda r: r.upper)), told)


def _percents(reading: Reading, size: int) -> tuple[float, float]:
    return round(100 * reading.start / size, 2), round(100 * reading.end / size, 2)


# ── side by side ────────────────────────────────────────────────────────────────────────────────


def _ordered(context: ViewContext, passages: tuple[Passage, ...]) -> list[Passage]:
    """First the longest reworded, the longest verbatim and the longest across texts, then the rest by length."""
    longest = sorted((p for p in passages if len(p.readings) > 1), key=lambda p: (-_length(p), p.id))
    reworded = [p for p in longest if p.degree == "reworded" and not p.speech]
    verbatim = [p for p in longest if p.degree == "verbatim" and not p.speech]
    across = [p for p in longest if len({context.texts[r.article] for r in p.readings}) > 1]
    first: list[Passage] = []
    for kind in (reworded, verbatim, across):
        first += [p for p in kind if p not in first][:1]
    return [*first, *(p for p in longest if p not in first)]


def _length(passage: Passage) -> int:
    return max(r.end - r.start for r in passage.readings)


def _pair(context: ViewContext, passage: Passage) -> SharedPair:
    by_article = {r.article: r for r in reversed(passage.readings)}
    ids = sorted(by_article, key=context.order.__getitem__)
    left, right = (by_article[ids[0]], by_article[ids[1]]) if len(ids) > 1 else passage.readings[:2]
    rest = [r for r in passage.readings if r.article not in (left.article, right.article)]
    marked = _common(context, left, right)
    return SharedPair(
        passage.id,
        DEGREES[_degree(passage)],
        (
            Half(cite(context, [left]), _pieces(context, left, marked[0])),
            Half(cite(context, [right]), _pieces(context, right, marked[1])),
        ),
        cite(context, rest),
    )


def _common(context: ViewContext, left: Reading, right: Reading) -> tuple[list[Span], list[Span]]:
    """Where runs of two or more common words stand in either."""
    sides = [find_words(context.articles[r.article].text, r.start, r.end)[:MOST_WORDS] for r in (left, right)]
    runs: list[list[tuple[Word, Word]]] = [[]]
    for a, b in align_words(sides):
        if a is not None and b is not None and fold(a.text) == fold(b.text):
            runs[-1].append((a, b))
        elif runs[-1]:
            runs.append([])
    kept = [run for run in runs if len(run) >= COMMON_RUN]
    return (
        [Span(run[0][0].start, run[-1][0].end) for run in kept],
        [Span(run[0][1].start, run[-1][1].end) for run in kept],
    )


def _pieces(context: ViewContext, reading: Reading, marked: list[Span]) -> tuple[SharedPiece, ...]:
    text = context.articles[reading.article].text
    words = find_words(text, reading.start, reading.end)
    end = reading.end if len(words) <= MOST_WORDS else words[MOST_WORDS - 1].end
    if context.words.longest is not None:
        return (SharedPiece(context.words.at(reading.article, reading.start, reading.end), common=False),)
    pieces, at = [], reading.start
    for span in marked:
        pieces += [
            SharedPiece(_flat(text[at : span.start]), common=False),
            SharedPiece(_flat(text[span.start : span.end]), common=True),
        ]
        at = span.end
    pieces.append(SharedPiece(_flat(text[at:end]) + (" …" if end < reading.end else ""), common=False))
    return tuple(p for p in pieces if p.text)


def _flat(text: str) -> str:
    """The text with every run of white space as one blank."""
    blank_before, blank_after = text[:1].isspace(), text[-1:].isspace()
    inner = " ".join(text.split())
    return f"{' ' * blank_before}{inner}{' ' * (blank_after and bool(inner))}"
