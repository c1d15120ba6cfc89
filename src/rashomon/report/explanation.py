"""Why a row of a collation was made, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from rashomon.model import Article, Collation, Explanation, Likeness
from rashomon.report.console import harmless, item, printed, section
from rashomon.report.view.words import shorten

LONGEST = 160


def render_explanation(
    explanation: Explanation,
    collation: Collation,
    articles: Sequence[Article],
    width: int = 80,
    *,
    color: bool = False,
) -> str:
    """Why a row was made: reasons, readings with their words, and the likeness of each two readings."""
    by_id = {a.id: a for a in articles}
    letters = {card.id: card.letter for card in collation.articles}
    reasons: list[RenderableType] = [Text(harmless(reason)) for reason in explanation.reasons]
    readings = [
        item(f"{n} {letters[r.article]}", shorten(" ".join(by_id[r.article].text[r.start : r.end].split()), LONGEST))
        for n, r in enumerate(explanation.readings)
    ]
    alike = [
        item(
            f"{pair.left}–{pair.right}",
            f"telling words {pair.dice:.2f} of both, {pair.containment:.2f} of the shorter; vectors {pair.cosine:.2f}; "
            f"in common: {', '.join(pair.common) or 'none'}{_odds(pair)}",
        )
        for pair in explanation.likenesses
    ]
    parts = [
        Text(f"{explanation.id} of {explanation.section}", style="bold"),
        *section("Why", reasons),
        *section("Readings", readings),
        *section("How alike", alike),
    ]
    return printed(parts, width, color=color)


def _odds(pair: Likeness) -> str:
    """The probability that lined two readings up, with the features that speak most for and against it."""
    if pair.probability is None:
        return ""
    strongest = sorted(pair.parts.items(), key=lambda part: (-abs(part[1]), part[0]))[:4]
    told = ", ".join(f"{name.replace('_', ' ')} {value:+.1f}" for name, value in strongest)
    return f"; probability {pair.probability:.2f} ({told})"
