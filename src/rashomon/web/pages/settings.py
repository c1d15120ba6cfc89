"""Settings: where the library is, how much it holds, what it is set to; and the keys."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import get
from litestar.concurrency import sync_to_thread
from msgspec import Struct
from msgspec.inspect import Metadata, StructType, type_info

from rashomon.run.library import Library
from rashomon.settings import Settings
from rashomon.store.listing import count_all
from rashomon.web.given import OurLibrary, OurOptions, OurViewer
from rashomon.web.options import Options
from rashomon.web.pages.problems import Page
from rashomon.web.pages.showing import Asked, Shown, show
from rashomon.web.safety.viewers import Viewer


class Knob(Struct, frozen=True):
    """A setting: its name, its value, whether that is the default, and what it is for."""

    name: str
    value: str
    is_default: bool
    told: str


class SettingsPage(Struct, frozen=True):
    """What the library and the app are set to. Settings are given when the app is started; the page changes none."""

    place: str
    address: str
    viewer: str
    scopes: tuple[str, ...]
    n_reports: int
    n_stories: int
    n_failures: int
    sections: tuple[tuple[str, tuple[Knob, ...]], ...]


class KeysPage(Struct, frozen=True):
    """The keys, by where they work."""

    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


KEYS = KeysPage(
    (
        (
            "Everywhere",
            (
                ("?", "this list"),
                ("/", "to the search"),
                ("g s", "to the stories"),
                ("g a", "add reports"),
                ("g c", "to the corrections"),
            ),
        ),
        ("In lists", (("j", "next story or report"), ("k", "the one before"), ("Enter", "open it"))),
        ("In a report", (("j", "next paragraph with a note"), ("k", "the one before"))),
        (
            "In a story",
            (
                ("Tab", "from letter to letter; each section begins with a link to the next"),
                ("Enter", "open the passage of a letter"),
                ("n", "next place of the statement, in the open report"),
                ("p", "the place before"),
                ("Esc", "back to the letter"),
                ("← →", "other report, among the tabs"),
                ("Arrows", "from cell to cell in the coverage"),
            ),
        ),
    )
)


def view_settings(library: Library, options: Options, viewer: Viewer) -> SettingsPage:
    """The page of settings."""
    counts = count_all(library.store)
    return SettingsPage(
        place=library.place,
        address=options.address,
        viewer=viewer.name,
        scopes=tuple(sorted(viewer.scopes)),
        n_reports=counts.articles,
        n_stories=counts.stories,
        n_failures=counts.failures,
        sections=view_knobs(library.settings),
    )


def view_knobs(settings: Settings) -> tuple[tuple[str, tuple[Knob, ...]], ...]:
    """All settings by section, with their help texts."""
    known = type_info(Settings)
    sections = known.fields if isinstance(known, StructType) else ()
    found = []
    for section in sections:
        fields = section.type.fields if isinstance(section.type, StructType) else ()
        own = getattr(settings, section.name)
        knobs = (_knob(field.name, getattr(own, field.name), field.default, field.type) for field in fields)
        found.append((section.name, tuple(knobs)))
    return tuple(found)


def _knob(name: str, value: Any, default: Any, known: msgspec.inspect.Type) -> Knob:
    told = (known.extra_json_schema or {}).get("description", "") if isinstance(known, Metadata) else ""
    return Knob(name, str(value), value == default, told)


class SettingsController(Page):
    """Settings and keys."""

    @get(["/settings", "/settings.json"])
    async def settings(self, request: Asked, library: OurLibrary, options: OurOptions, viewer: OurViewer) -> Shown:
        """What is set."""
        return show(request, "settings.html.j2", await sync_to_thread(view_settings, library, options, viewer))

    @get(["/keys", "/keys.json"])
    async def keys(self, request: Asked) -> Shown:
        """The keys."""
        return show(request, "keys.html.j2", KEYS)
