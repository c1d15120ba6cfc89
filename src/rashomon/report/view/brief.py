"""In brief: what most agree on, where they differ, and what one alone has."""

from __future__ import annotations

from msgspec import Struct

from rashomon.model import BriefingGroup, BriefingSentence
from rashomon.report.view.cites import NOTHING, Cites, ViewContext, cite

TITLES: dict[BriefingGroup, str] = {"agree": "Most agree", "differ": "They differ", "alone": "Only one has it"}


class Part(Struct, frozen=True):
    """A stretch of a line, and the letters behind it."""

    text: str
    cites: Cites


class Line(Struct, frozen=True):
    """A line of the brief; one that a single report has begins with its letter."""

    leading: Cites
    parts: tuple[Part, ...]
    rewritten: bool


class BriefGroup(Struct, frozen=True):
    """A group of lines with its side head; without one where there is nothing to compare."""

    title: str
    lines: tuple[Line, ...]


def view_brief(context: ViewContext) -> tuple[BriefGroup, ...]:
    """The lines of the briefing by group, in order."""
    groups = []
    for group, title in TITLES.items():
        lines = tuple(_line(context, s) for s in context.collation.briefing if s.group == group)
        if lines and context.n_reports:
            groups.append(BriefGroup(title if context.n_reports > 1 else "", lines))
    return tuple(groups)


def _line(context: ViewContext, sentence: BriefingSentence) -> Line:
    if sentence.group == "alone" and sentence.cites:
        text = sentence.text
        letter = context.letters[sentence.cites[0].article]
        text = text.removeprefix(f"{letter} ")
        return Line(cite(context, sentence.cites), (Part(context.words.cut(text), NOTHING),), sentence.rewritten)
    parts = tuple(Part(part.text, cite(context, part.cites)) for part in sentence.parts)
    if sentence.rewritten or not parts or context.words.longest is not None:
        behind = [place for part in sentence.parts for place in part.cites]
        parts = (Part(context.words.cut(sentence.text), cite(context, behind)),)
    return Line(NOTHING, parts, sentence.rewritten)
