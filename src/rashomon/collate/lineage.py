"""Lineage: which articles share a source text, and how many independent accounts there can be at most.

Articles are one family when a fair share of the shorter one's reporting stands in the other, speech not counted, or when
both credit the same agency and share narrative. Who drew on whom is an inference and says its ground.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations

from rashomon.collate.material import Material
from rashomon.collate.passages import find_passages
from rashomon.model import Article, Derivation, Family, Ground, Lineage, Passage, Reading, Reason
from rashomon.settings import CollateSettings
from rashomon.text.shares import share_text

# With a common credit, this share of shared narrative is enough.
CREDITED_SHARE = 0.05


def trace_lineage(material: Material, settings: CollateSettings) -> Lineage:
    """Passages, families and derivations of a story's articles."""
    passages = find_passages(material, settings)
    shares = share_text(passages, {article: _reported(material, article) for article in material.ids})
    edges = {
        (a, b): reason
        for a, b in combinations(material.ids, 2)
        if (reason := _reason(material, a, b, shares, settings)) is not None
    }
    families = _families(material.ids, edges)
    return Lineage(
        families=families,
        independent=len(material.ids) - sum(len(f.articles) - 1 for f in families),
        passages=passages,
        derivations=tuple(_derivations(material, families, shares, passages)),
    )


def _reported(material: Material, article: str) -> int:
    return sum(s.end - s.start for s in material.found[article].sentences) or len(material.by_id[article].text)


def _reason(
    material: Material, a: str, b: str, shares: dict[tuple[str, str], float], settings: CollateSettings
) -> str | None:
    share = max(shares.get((a, b), 0.0), shares.get((b, a), 0.0))
    if share >= settings.family_share:
        return f"{share:.0%} of the shorter account stands in the other, word for word or reworded"
    common = {c.agency for c in material.by_id[a].credits} & {c.agency for c in material.by_id[b].credits}
    if common and share >= CREDITED_SHARE:
        return f"both credit {', '.join(sorted(common))} and share {share:.0%} of their text"
    return None


def _families(ids: Sequence[str], edges: dict[tuple[str, str], str]) -> tuple[Family, ...]:
    home = {article: {article} for article in ids}
    for a, b in sorted(edges):
        if home[a] is not home[b]:
            home[a] |= home[b]
            for member in home[b]:
                home[member] = home[a]
    families = {min(members): sorted(members) for members in home.values() if len(members) > 1}
    return tuple(
        Family(
            articles=tuple(members),
            reasons=tuple(
                Reason(articles=(a, b), text=edges[a, b]) for a, b in combinations(members, 2) if (a, b) in edges
            ),
        )
        for _, members in sorted(families.items())
    )


def _derivations(
    material: Material, families: Sequence[Family], shares: dict[tuple[str, str], float], passages: Sequence[Passage]
) -> list[Derivation]:
    found = []
    for article in material.articles:
        for credit in article.credits:
            place = Reading(article=article.id, start=credit.start, end=credit.end)
            found.append(
                Derivation(article=article.id, source=credit.agency, share=None, ground="credited", readings=(place,))
            )
    for family in families:
        for member in family.articles:
            others = [o for o in family.articles if o != member and shares.get((member, o), 0) > 0]
            if not others:
                continue
            source = max(others, key=lambda o: (_is_before(material, o, member), shares[member, o], o))
            ground = _ground(material, source, member)
            if ground is not None:
                readings = tuple(
                    r
                    for p in passages
                    if not p.speech and {source, member} <= {x.article for x in p.readings}
                    for r in p.readings
                    if r.article in (source, member)
                )
                found.append(
                    Derivation(
                        article=member,
                        source=source,
                        share=round(shares[member, source], 3),
                        ground=ground,
                        readings=readings,
                    )
                )
    return sorted(found, key=lambda d: (d.article, d.source, d.ground))


def _is_before(material: Material, a: str, b: str) -> bool:
    """Whether one report was published before another, by dates of their own; days decide where an hour is missing."""
    x, y = _instant(material.by_id[a]), _instant(material.by_id[b])
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


def _ground(material: Material, source: str, member: str) -> Ground | None:
    """Why `member` may have drawn on `source`; None when it was published first or itself credits the agency."""
    if _is_before(material, source, member):
        return "earlier"
    if _is_before(material, member, source) or (material.by_id[member].credits and not material.by_id[source].credits):
        return None
    return "undated"
