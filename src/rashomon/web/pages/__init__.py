"""The pages of the app, each a controller that gives a template what it shows."""

from __future__ import annotations

from litestar import Controller

from rashomon.web.pages.add import AddController, FailuresController
from rashomon.web.pages.corrections import CorrectionsController
from rashomon.web.pages.person import PersonController
from rashomon.web.pages.report import ReportController
from rashomon.web.pages.search import SearchController
from rashomon.web.pages.settings import SettingsController
from rashomon.web.pages.source import SourceController
from rashomon.web.pages.stories import StoriesController
from rashomon.web.pages.story import StoryController
from rashomon.web.pages.tables import TablesController
from rashomon.web.pages.versions import VersionsController

PAGES: list[type[Controller]] = [
    *(StoriesController, StoryController, TablesController, ReportController),
    *(SearchController, AddController, FailuresController, VersionsController),
    *(PersonController, SourceController, CorrectionsController, SettingsController),
]
