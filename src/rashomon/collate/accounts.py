"""Accounts: what independence is counted in, the letters that follow from them, and who shares most with whom."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from rashomon.collate.material import Material
from rashomon.model import Account, Lineage, Sharing
from rashomon.text.letters import letter_of
from rashomon.text.shares import find_shares, reported_size


def with_accounts(material: Material, lineage: Lineage) -> Lineage:
    """The lineage with its accounts and, for each article, the other that holds most of its reporting."""
    return msgspec.structs.replace(
        lineage,
        accounts=_accounts(material.ids, lineage),
        sharing=_sharing(material, lineage),
    )


def assign_letters(material: Material, lineage: Lineage) -> dict[str, str]:
    """A letter for each article, account by account, the earlier article of an account first."""
    published = {a.id: (a.published is None, a.published or "", a.id) for a in material.articles}
    ordered = [
        article for account in lineage.accounts for article in sorted(account.articles, key=published.__getitem__)
    ]
    return {article: letter_of(n) for n, article in enumerate(ordered)}


def _accounts(ids: Sequence[str], lineage: Lineage) -> tuple[Account, ...]:
    """The families, and every other article by itself, each where its first article stands."""
    family_of = {article: family for family in lineage.families for article in family.articles}
    accounts: dict[tuple[str, ...], Account] = {}
    for article in ids:
        family = family_of.get(article)
        members = family.articles if family else (article,)
        accounts.setdefault(members, Account(articles=members, grade=family.grade if family else None))
    return tuple(accounts.values())


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
