"""view: a collation as what a page, a terminal or a note shows of it, a file a section.

Each section is a pure function of a `ViewContext` that returns frozen data: what is shown, and which places it cites. Writers put
it into their form and compute nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from rashomon.errors import UsageError
from rashomon.model import Article, Collation
from rashomon.report.view.aside import Aside, view_aside
from rashomon.report.view.brief import BriefGroup, view_brief
from rashomon.report.view.cites import ViewContext, open_context
from rashomon.report.view.coverage import CoverageTable, view_coverage
from rashomon.report.view.differences import Differences, view_differences
from rashomon.report.view.figures import Figures, view_figures
from rashomon.report.view.masthead import Masthead, say_unread, view_masthead
from rashomon.report.view.names import NamesSection, view_names
from rashomon.report.view.positions import Positions, view_positions
from rashomon.report.view.remarks import Remarks, view_remarks
from rashomon.report.view.reports import ReportText, view_reports
from rashomon.report.view.shared import SharedText, view_shared
from rashomon.report.view.timeline import Timeline, view_timeline
from rashomon.report.view.voices import Voices, view_voices

# The sections in order: the name that `--section` and links use, the word in the contents, the heading.
SECTIONS: tuple[tuple[str, str, str], ...] = (
    ("brief", "In brief", "In brief"),
    ("differences", "Differences", "Where they differ"),
    ("quotes", "Who said what", "Who said what"),
    ("figures", "Figures", "Figures"),
    ("timeline", "Timeline", "Timeline"),
    ("coverage", "Coverage", "What each one tells"),
    ("shared", "Shared text", "Shared text"),
    ("positions", "Positions", "Who wants what from whom"),
    ("names", "Names", "Names"),
    ("reports", "Reports", "The reports"),
    ("corrections", "Corrected", "Corrected by a reader"),
    ("skipped", "Set aside", "Set aside"),
)
NAMES = tuple(name for name, _, _ in SECTIONS)
# Sections that compare.
COMPARING = ("differences", "coverage", "shared")


class View(Struct, frozen=True):
    """Everything that is shown of a collation."""

    n_reports: int
    is_snippets: bool
    snippet_words: int
    masthead: Masthead
    brief: tuple[BriefGroup, ...]
    unread: tuple[str, ...]
    differences: Differences
    quotes: Remarks
    voices: Voices
    figures: Figures
    timeline: Timeline
    coverage: CoverageTable
    shared: SharedText
    positions: Positions
    names: NamesSection
    reports: tuple[ReportText, ...]
    aside: Aside

    def has(self, section: str) -> bool:
        """Whether a section has anything to show; those that compare need two reports."""
        if section in COMPARING and self.n_reports < 2:
            return False
        aside = {"corrections": self.aside.corrections, "skipped": self.aside.skipped}
        return bool(aside[section] if section in aside else getattr(self, section))

    @property
    def difference_ids(self) -> dict[int, str]:
        """The id of each difference by its number."""
        d = self.differences
        return {row.number: row.id for row in (*d.open, *d.smaller, *d.fitting)}

    @property
    def sections(self) -> tuple[tuple[str, str, str], ...]:
        """The sections that have something to show."""
        return tuple(section for section in SECTIONS if self.has(section[0]))


def check_sections(names: Sequence[str]) -> None:
    """Raise `UsageError` for a name that is no section's."""
    for name in names:
        if name not in NAMES:
            raise UsageError(f"{name!r} is no section; choose from {', '.join(NAMES)}")


def view_collation(collation: Collation, articles: Sequence[Article], longest: int | None = None) -> View:
    """The view of a collation; with `longest` no more words of a report stand together anywhere in it."""
    return view_context(open_context(collation, articles, longest))


def view_context(context: ViewContext) -> View:
    """The view of a collation whose context is open."""
    return View(
        n_reports=context.n_reports,
        is_snippets=context.words.longest is not None,
        snippet_words=context.words.longest or 0,
        masthead=view_masthead(context),
        brief=view_brief(context),
        unread=tuple(say_unread(context)),
        differences=view_differences(context),
        quotes=view_remarks(context),
        voices=view_voices(context),
        figures=view_figures(context),
        timeline=view_timeline(context),
        coverage=view_coverage(context),
        shared=view_shared(context),
        positions=view_positions(context),
        names=view_names(context),
        reports=view_reports(context),
        aside=view_aside(context),
    )
