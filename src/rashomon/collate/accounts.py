"""Accounts: what independence is counted in, the letters that follow from them, and who shares most with whom.

An account is a text, or several texts that have the same quotations: of what each quotes a fair part stands in the others too.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import msgspec

from rashomon.collate.material import Material
from rashomon.collate.quoted import read_marks
from rashomon.model import Account, Grade, Lineage, Reason, Sharing
from rashomon.settings import CollateSettings
from rashomon.text.letters import letter_of
from rashomon.text.shares import find_shares, number_texts, reported_size, share_quotations

Pair = tuple[str, str]
# Two texts have the same quotations only where what both quote is at least so long, in characters: a sentence, not a phrase.
LEAST_QUOTED = 120


def with_accounts(material: Material, lineage: Lineage, settings: CollateSettings) -> Lineage:
    """The lineage with its accounts and, for each article, the other that holds most of its reporting."""
    accounts = _accounts(material, lineage, settings)
    return msgspec.structs.replace(
        lineage, accounts=accounts, independent=len(accounts), sharing=_sharing(material, lineage)
    )


def assign_letters(material: Material, lineage: Lineage) -> dict[str, str]:
    """A letter for each article: account by account, in it text by text, the earlier article of a text first."""
    published = {a.id: (a.published is None, a.published or "", a.id) for a in material.articles}
    texts = number_texts(lineage)
    first = {texts[a]: published[a] for a in sorted(material.ids, key=published.__getitem__, reverse=True)}
    ordered = [
        article
        for account in lineage.accounts
        for article in sorted(account.articles, key=lambda a: (first[texts[a]], published[a]))
    ]
    return {article: letter_of(n) for n, article in enumerate(ordered)}


def _accounts(material: Material, lineage: Lineage, settings: CollateSettings) -> tuple[Account, ...]:
    """The texts, those with the same quotations joined, each account where its first article stands."""
    account: dict[str, list[tuple[str, ...]]] = {}
    for text in [*(f.articles for f in lineage.families), *((a,) for a in material.ids)]:
        home = [text]
        for article in text:
            account.setdefault(article, home)
    reasons: list[Reason] = []
    ties = _quoted_by_both(material, lineage, settings.family_share)
    for (one, other), share in sorted(ties.items(), key=lambda tie: (-tie[1], tie[0])):
        left, right = account[one], account[other]
        if left is right or not all(_are_tied(a, b, ties) for a, b in product(left, right)):
            continue
        reasons.append(Reason(articles=(one, other), text=f"of what each quotes {share:.0%} or more is the same"))
        left += right
        for text in right:
            account.update(dict.fromkeys(text, left))
    joined = {id(account[a]): account[a] for a in material.ids}
    return tuple(_account(group, reasons) for group in joined.values())


def _account(texts: list[tuple[str, ...]], reasons: list[Reason]) -> Account:
    articles = tuple(sorted(article for text in texts for article in text))
    grade: Grade | None = "same quotations" if len(texts) > 1 else "one text" if len(articles) > 1 else None
    own = tuple(sorted((r for r in reasons if r.articles[0] in articles), key=lambda r: r.articles))
    return Account(articles=articles, grade=grade, reasons=own)


def _quoted_by_both(material: Material, lineage: Lineage, least: float) -> dict[Pair, float]:
    """The pairs of articles of which each quotes what the other quotes too, by how much of what it quotes this is at least."""
    marks = read_marks(material.articles)
    sizes = {a: sum(s.end - s.start for s in marks.spans[a]) for a in material.ids}
    shares = share_quotations(lineage.passages, sizes)
    return {
        (one, other): round(both, 3)
        for (one, other), share in shares.items()
        if one < other
        and (both := min(share, shares.get((other, one), 0.0))) >= least
        and share * sizes[one] >= LEAST_QUOTED
    }


def _are_tied(text: Sequence[str], other: Sequence[str], ties: dict[Pair, float]) -> bool:
    """Whether some article of the one text quotes what some of the other does."""
    return any((min(pair), max(pair)) in ties for pair in product(text, other))


def _sharing(material: Material, lineage: Lineage) -> tuple[Sharing, ...]:
    sizes = {a.id: reported_size(len(a.text), a.furniture) for a in material.articles}
    shares = find_shares(lineage.passages, sizes)
    reworded = [{r.article for r in p.readings} for p in lineage.passages if p.degree == "reworded" and not p.speech]
    found = []
    for article in material.ids:
        other = next(iter(shares.sources(article)), None)
        share = 0.0 if other is None else shares.of(article, other)
        both = other is not None and any(article in theirs and other in theirs for theirs in reworded)
        found.append(Sharing(article=article, other=other, share=round(share, 3), reworded=both))
    return tuple(found)
