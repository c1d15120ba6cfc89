"""What handlers may ask for by name: `library: OurLibrary`, `viewer: OurViewer` and so on."""

from __future__ import annotations

from litestar.di import NamedDependency

from rashomon.run.library import Library
from rashomon.web.collations import Collations
from rashomon.web.jobs import Jobs
from rashomon.web.options import Options
from rashomon.web.safety.viewers import Viewer

OurLibrary = NamedDependency[Library]
OurOptions = NamedDependency[Options]
OurJobs = NamedDependency[Jobs]
OurCollations = NamedDependency[Collations]
OurViewer = NamedDependency[Viewer]
