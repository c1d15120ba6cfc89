"""Bars of shared text: each report from its first character to its last, with the stretches that stand elsewhere too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rashomon.model import ArticleCard, Lineage
from rashomon.report.views import Label

# A stretch narrower than this share of its report would not be seen.
THINNEST = 0.004


def draw_bars(articles: Sequence[ArticleCard], lineage: Lineage, labels: dict[str, Label]) -> list[dict[str, Any]]:
    """For each report that shares text its stretches in order: where, how wide (percent), with whom, speech or not."""
    sizes = {article.id: max(1, article.n_chars) for article in articles}
    pieces: dict[str, list[dict[str, Any]]] = {article.id: [] for article in articles}
    for passage in lineage.passages:
        for own in passage.readings:
            pieces[own.article].append(
                {
                    "id": passage.id,
                    "left": round(100 * own.start / sizes[own.article], 2),
                    "width": round(100 * max(THINNEST, (own.end - own.start) / sizes[own.article]), 2),
                    "with": ", ".join(labels[r.article].letter for r in passage.readings if r.article != own.article),
                    "n": len(passage.readings) - 1,
                    "speech": passage.speech,
                    "start": own.start,
                }
            )
    return [
        {"letter": labels[article].letter, "pieces": sorted(found, key=lambda piece: (piece["start"], piece["id"]))}
        for article, found in pieces.items()
        if found
    ]
