"""Adding reports by hand: a pasted text, files, addresses of pages and feeds; and how far that is."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import MediaType, Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from rashomon.errors import UsageError
from rashomon.model import Added, Reject
from rashomon.report.view.words import say_n
from rashomon.run.library import Library
from rashomon.web.adding import KIND, Given, add_again, add_given
from rashomon.web.given import OurJobs, OurLibrary, OurOptions
from rashomon.web.jobs import Job
from rashomon.web.options import Options
from rashomon.web.pages.problems import JOB_GONE, GoneError, Page
from rashomon.web.pages.showing import JSON, Asked, Shown, show
from rashomon.web.safety.viewers import needs

FIELDS = ("text", "title", "source", "published", "addresses")
# What a job is at, in words.
STAGES = {
    "reading": "Reading",
    "fetching": "Fetching",
    "annotating": "Looking for quotes, figures and times",
    "grouping": "Finding the stories",
}


class AddPage(Struct, frozen=True):
    """The form, as it was sent where something was wrong with it."""

    fault: str
    text: str = ""
    title: str = ""
    source: str = ""
    published: str = ""
    addresses: str = ""
    most_files: int = 0
    most_megabytes: int = 0


class JobPage(Struct, frozen=True):
    """How far adding is, and in the end what it did."""

    id: str
    state: str
    told: str
    done: int
    total: int
    over: bool
    fault: str
    added: tuple[str, ...]
    failed: tuple[Reject, ...]
    events: str


def view_job(job: Job) -> JobPage:
    """A job of adding as its page shows it."""
    added = job.result if isinstance(job.result, Added) else None
    return JobPage(
        id=job.id,
        state=job.state,
        told=_told(job),
        done=job.done,
        total=job.total,
        over=job.is_over,
        fault=job.error or "",
        added=tuple(_say_added(added)) if added else (),
        failed=added.failed if added else (),
        events=f"/api/v1/jobs/{job.id}/events",
    )


def _told(job: Job) -> str:
    if job.state == "waiting":
        return "Waiting for what was given before"
    stage = STAGES.get(job.stage, job.stage.capitalize() or "Reading")
    return {"done": "Done", "failed": "It could not be done"}.get(job.state, stage)


def _say_added(added: Added) -> list[str]:
    told = [
        f"{say_n(added.n_new, 'new report')} of {added.n_read:,} that {'was' if added.n_read == 1 else 'were'} read."
    ]
    n_known = added.n_read - added.n_new
    if n_known > 0:
        told.append(f"{n_known:,} {'was' if n_known == 1 else 'were'} in the library already.")
    if added.n_unchanged:
        told.append(f"{added.n_unchanged:,} {'address' if added.n_unchanged == 1 else 'addresses'} had not changed.")
    return told


def read_form(form: dict[str, Any]) -> Given:
    """What a form gives to add. Raises `UsageError` in words for the form."""
    texts = (
        [{name: value for name in FIELDS[:4] if (value := str(form.get(name) or "").strip())}]
        if str(form.get("text") or "").strip()
        else []
    )
    addresses = str(form.get("addresses") or "").split()
    for address in addresses:
        if not address.startswith(("http://", "https://")):
            raise UsageError(f"{address:.80}: an address begins with http:// or https://")
    try:
        return msgspec.convert({"texts": texts, "urls": addresses}, Given)
    except msgspec.ValidationError as error:
        raise UsageError(f"the form cannot be taken as it is: {error}") from error


class AddController(Page):
    """Adding, and following it."""

    @get("/add", guards=[needs("add")], sync_to_thread=False)
    def form(self, request: Asked, options: OurOptions) -> Shown:
        """The form."""
        return show(request, "add.html.j2", _empty(options))

    @get("/add.json", guards=[needs("add")], sync_to_thread=False)
    def limits(self, request: Asked, options: OurOptions) -> Shown:
        """What may be sent at once."""
        return show(request, "add.html.j2", _empty(options))

    @post("/add", guards=[needs("add")], status_code=200)
    async def add(self, request: Request[Any, Any, Any], jobs: OurJobs, options: OurOptions) -> Shown | Redirect:
        """Take what the form gives; the page of the job that adds it, or the form again with what is wrong."""
        form = await request.form()
        files = [
            (f.filename, await f.read()) for f in form.getall("files", []) if isinstance(f, UploadFile) and f.filename
        ]
        fields = {name: str(form.get(name) or "") for name in FIELDS}
        try:
            given = read_form(fields)
            job = add_given(jobs, options, given, files)
        except UsageError as error:
            page = msgspec.structs.replace(_empty(options), fault=str(error), **fields)
            return show(request, "add.html.j2", page, status=422)
        return Redirect(f"/add/{job.id}", status_code=303)

    @get("/add/{job:str}", sync_to_thread=False)
    def job(self, request: Asked, jobs: OurJobs, job: FromPath[str]) -> Shown:
        """How far it is."""
        found = jobs.get(job.removesuffix(JSON))
        if found is None or found.kind != KIND:
            raise GoneError(JOB_GONE)
        return show(request, "job.html.j2", view_job(found))


def _empty(options: Options) -> AddPage:
    return AddPage("", most_files=options.max_items, most_megabytes=options.max_upload // 1_000_000)


class FailuresPage(Struct, frozen=True):
    """What could not be read or fetched."""

    told: str
    failed: tuple[Reject, ...]


class FailuresController(Page):
    """What could not be read or fetched, and trying it again."""

    @get("/failures", sync_to_thread=True)
    def failures(self, request: Asked, library: OurLibrary) -> Shown:
        """The list."""
        return show(request, "failures.html.j2", _failures(library))

    @get("/failures.json", sync_to_thread=True)
    def data(self, library: OurLibrary) -> Response[FailuresPage]:
        """The list as data."""
        return Response(_failures(library), media_type=MediaType.JSON)

    @post("/failures", guards=[needs("add")], status_code=303, sync_to_thread=True)
    def again(self, jobs: OurJobs, options: OurOptions) -> Redirect:
        """Try all addresses again."""
        return Redirect(f"/add/{add_again(jobs, options).id}", status_code=303)


def _failures(library: Library) -> FailuresPage:
    failed = library.failures()
    return FailuresPage(f"{say_n(len(failed), 'input')} set aside" if failed else "", failed)
