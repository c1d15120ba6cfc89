"""Tables to take along: one noun of a story, or a list of the app, as CSV, Parquet or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from litestar import MediaType, Response, get
from litestar.concurrency import sync_to_thread
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from rashomon.model import Collation
from rashomon.report.export import write_table
from rashomon.report.tables import TABLES, TableRow, table_rows
from rashomon.report.view.words import Words
from rashomon.web.adding import harmless_name
from rashomon.web.given import OurCollations, OurLibrary
from rashomon.web.jobs import Job
from rashomon.web.pages.problems import Page
from rashomon.web.pages.showing import FORMS
from rashomon.web.pages.story import made_of

# So long a table waits for its collation, in seconds.
PATIENCE = 120.0
KINDS = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def send_table(name: str, form: str, columns: Sequence[str], rows: Sequence[TableRow]) -> Response[Any]:
    """A table as a file to keep. Raises `NotFoundException` for a form that is none."""
    if form not in FORMS:
        raise NotFoundException(f"{form!r:.80} is no form of a table; choose one of {', '.join(FORMS)}")
    headers = {"Content-Disposition": f'attachment; filename="{harmless_name(name)}.{form}"'}
    if form == "json":
        return Response(list(rows), media_type=MediaType.JSON, headers=headers)
    with TemporaryDirectory() as folder:
        written = write_table(Path(folder) / f"table.{form}", form, columns, rows)
        return Response(written.path.read_bytes(), media_type=KINDS[form], headers=headers)


def story_table(collation: Collation, table: str, longest: int) -> list[TableRow]:
    """The rows of one table, no more words of a report together than may be passed on."""
    articles = collation.full_articles
    words = Words({article.id: article.text for article in articles}, longest)
    return list(table_rows(table, collation, articles, words, with_text=False))


class TablesController(Page):
    """The tables of a story."""

    @get("/stories/{story:str}/tables/{name:str}")
    async def table(
        self, library: OurLibrary, collations: OurCollations, story: FromPath[str], name: FromPath[str]
    ) -> Response[Any]:
        """One table: quotes.csv, figures.parquet, points.json and so on."""
        table, _, form = name.rpartition(".")
        if table not in TABLES or table == "texts":
            raise NotFoundException(f"{name!r:.80} is no table")
        found = await made_of(library, collations, story, PATIENCE)
        if isinstance(found, Job):
            return Response(found, status_code=202, headers={"Retry-After": "10"})
        rows = await sync_to_thread(story_table, found.collation, table, library.settings.report.snippet_words)
        return await sync_to_thread(send_table, f"{story}-{table}", form, TABLES[table], rows)
