"""Accounts: what independence is counted in, the letters that follow from them, and who shares most with whom."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from rashomon.collate.material import Material
from rashomon.model import Account, Lineage, Sharing
from rashomon.text.letters import letter_of
from rashomon.text.shares import share_text


def with_accounts(material: Material, lineage: Lineage) -> Lineage:
    """The lineage with its accounts and, for each article, the other that holds most of its reporting."""
    return msgspec.structs.replace(
        lineage,
        accounts=lineage.accounts or _accounts(material.ids, lineage),
        sharing=lineage.sharing or _sharing(material, lineage),
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
    sizes = {a.id: len(a.text) - sum(f.end - f.start for f in a.furniture) for a in material.articles}
    shares = share_text(lineage.passages, sizes)
    reworded = {
        (r.article, other.article)
        for p in lineage.passages
        if p.degree == "reworded" and not p.speech
        for r in p.readings
        for other in p.readings
    }
    found = []
    for article in material.ids:
        own = [(share, other) for (one, other), share in shares.items() if one == article]
        share, other = max(own, key=lambda s: (s[0], s[1]), default=(0.0, None))
        found.append(
            Sharing(article=article, other=other, share=round(share, 3), reworded=(article, other) in reworded)
        )
    return tuple(found)
