"""Lineage: which articles share a source text, and how many independent accounts there can be at most.

Articles are one family when a fair share of the shorter one's reporting stands in the other, speech not counted, or when
both credit the same agency and share narrative. Who drew on whom is an inference and says its ground.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from rashomon.collate.material import Material
from rashomon.collate.passages import find_passages
from rashomon.collate.reworded import CREDITED_SHARE
from rashomon.model import Article, Derivation, Family, Ground, Lineage, Origin, Passage, Reading, Reason
from rashomon.settings import CollateSettings
from rashomon.text.shares import Shares, find_shares, reported_size

Published = Mapping[str, datetime | None]
# A report can be the source of another that has so large a share of its text from it.
SOURCE_SHARE = 0.5


def trace_lineage(material: Material, settings: CollateSettings) -> Lineage:
    """Passages, families and derivations of a story's articles."""
    passages = find_passages(material, settings)
    telling = [p for p in passages if _n_words(material, p) >= settings.passage_words]
    shares = find_shares(telling, {a.id: reported_size(len(a.text), a.furniture) for a in material.articles})
    published = {a.id: _instant(a) for a in material.articles}
    families = _families(material, shares, published, settings)
    return Lineage(
        families=families,
        independent=len(material.ids) - sum(len(f.articles) - 1 for f in families),
        passages=passages,
        derivations=tuple(_derivations(material, families, shares, published, passages)),
    )


def _n_words(material: Material, passage: Passage) -> int:
    """The words of a passage's shortest reading: runs of a few rare words are shared, and make no family."""
    return min(len(material.folded(r.article, r)) for r in passage.readings)


def _families(
    material: Material, shares: Shares, published: Published, settings: CollateSettings
) -> tuple[Family, ...]:
    """Articles joined by the strongest ties first, so that a family of n has n - 1 reasons."""
    home = {article: {article} for article in material.ids}
    kept: list[Reason] = []
    for a, b, share in shares.ties():
        if home[a] is home[b]:
            if len(home[a]) == len(home):
                break
            continue
        text = _reason(material, a, b, share, settings)
        if text is not None:
            kept.append(Reason(articles=(a, b), text=text))
            home[a] |= home[b]
            for member in home[b]:
                home[member] = home[a]
    families = sorted({min(members): tuple(sorted(members)) for members in home.values() if len(members) > 1}.items())
    return tuple(
        Family(
            articles=members,
            origin=_origin(material, members, shares, published),
            reasons=tuple(sorted((r for r in kept if r.articles[0] in members), key=lambda r: r.articles)),
        )
        for _, members in families
    )


def _reason(material: Material, a: str, b: str, share: float, settings: CollateSettings) -> str | None:
    if share >= settings.family_share:
        return f"{share:.0%} of the shorter account stands in the other, word for word or reworded"
    common = {c.agency for c in material.by_id[a].credits} & {c.agency for c in material.by_id[b].credits}
    if common and share >= CREDITED_SHARE:
        return f"both credit {', '.join(sorted(common))} and share {share:.0%} of their text"
    return None


def _origin(material: Material, members: Sequence[str], shares: Shares, published: Published) -> Origin:
    """Where a family's text may come from. That a report was first does not make it the source of the others."""
    credited = Counter(agency for m in members for agency in {c.agency for c in material.by_id[m].credits})
    if credited:
        agency = min(credited, key=lambda name: (-credited[name], name))
        n = credited[agency]
        verb = "credits" if n == 1 else "credit"
        return Origin(kind="agency", name=agency, text=f"{n} of {len(members)} reports with this text {verb} {agency}")
    first = [
        m
        for m in members
        if all(
            m == other or (_is_before(published, m, other) and shares.of(other, m) >= SOURCE_SHARE) for other in members
        )
    ]
    if first:
        text = (
            "one report was published before the others and holds what they share; a source outside the set is possible"
        )
        return Origin(kind="article", name=first[0], text=text)
    return Origin(
        kind="unknown",
        name=None,
        text="no report credits a source: one may have drawn on another, or all on a text that is not among them",
    )


def _derivations(
    material: Material, families: Sequence[Family], shares: Shares, published: Published, passages: Sequence[Passage]
) -> list[Derivation]:
    found = []
    for article in material.articles:
        for credit in article.credits:
            place = Reading(article=article.id, start=credit.start, end=credit.end)
            found.append(
                Derivation(article=article.id, source=credit.agency, share=None, ground="credited", readings=(place,))
            )
    told = [{r.article: r for r in p.readings} for p in passages if not p.speech]
    for family in families:
        members = frozenset(family.articles)
        for member in family.articles:
            others = [o for o in shares.sources(member) if o in members]
            if not others:
                continue
            source = next((o for o in others if _is_before(published, o, member)), others[0])
            ground = _ground(material, published, source, member)
            if ground is not None:
                pair = sorted((source, member))
                readings = tuple(own[a] for own in told if source in own and member in own for a in pair)
                found.append(
                    Derivation(
                        article=member,
                        source=source,
                        share=round(shares.of(member, source), 3),
                        ground=ground,
                        readings=readings,
                    )
                )
    return sorted(found, key=lambda d: (d.article, d.source, d.ground))


def _is_before(published: Published, a: str, b: str) -> bool:
    """Whether one report was published before another, by dates of their own; days decide where an hour is missing."""
    x, y = published[a], published[b]
    if x is None or y is None:
        return False
    if x.tzinfo is not None and y.tzinfo is not None:
        return x < y
    return x.date() < y.date()


def _instant(article: Article) -> datetime | None:
    """When an article was published by its own account; a date lent by the story's other reports proves nothing."""
    if article.published is None or article.published_basis is None or article.published_basis.kind == "story":
        return None
    try:
        return datetime.fromisoformat(article.published)
    except ValueError:
        return None


def _ground(material: Material, published: Published, source: str, member: str) -> Ground | None:
    """Why `member` may have drawn on `source`; None when it was published first or itself credits the agency."""
    if _is_before(published, source, member):
        return "earlier"
    if _is_before(published, member, source) or (material.by_id[member].credits and not material.by_id[source].credits):
        return None
    return "undated"
