"""Adding reports, and the jobs that do it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus

import anyio
from litestar import Controller, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import JSONBody, MultipartBody
from litestar.response import ServerSentEvent, ServerSentEventMessage

from rashomon import codec
from rashomon.web.adding import Given, add_given
from rashomon.web.api.parameters import Id, missing
from rashomon.web.given import OurJobs, OurOptions
from rashomon.web.jobs import Job, Jobs
from rashomon.web.safety.viewers import needs

# How often a job is looked at while somebody follows it, and how long at most, in seconds; browsers come back by themselves.
LOOK, LONGEST = 0.2, 600.0


@dataclass
class FilesGiven:
    """A form with files."""

    files: list[UploadFile]


class Adding(Controller):
    """Adding."""

    tags = ("add",)

    @post(
        "/add",
        sync_to_thread=True,
        status_code=HTTPStatus.ACCEPTED,
        guards=[needs("add")],
        summary="Add texts and addresses",
    )
    def add(self, jobs: OurJobs, options: OurOptions, data: JSONBody[Given]) -> Response[Job]:
        """Add reports: texts as pasted, and addresses of pages, feeds and lists of feeds. Gives the job that does it."""
        return _accepted(add_given(jobs, options, data))

    @post(
        "/uploads",
        status_code=HTTPStatus.ACCEPTED,
        guards=[needs("add")],
        summary="Add files",
    )
    async def upload(
        self,
        jobs: OurJobs,
        options: OurOptions,
        data: MultipartBody[FilesGiven],
    ) -> Response[Job]:
        """Add the reports that files hold: text, HTML, feeds, JSON, e-mail, PDF, lists of feeds. Gives the job that does it."""
        files = [(file.filename, await file.read()) for file in data.files]
        return _accepted(add_given(jobs, options, Given(), files))


class JobsAsked(Controller):
    """Jobs."""

    path = "/jobs"
    tags = ("jobs",)

    @get("/{job:str}", sync_to_thread=False, summary="How far a job is")
    def job(self, jobs: OurJobs, job: Id) -> Job:
        """A job as it is now."""
        return _job(jobs, job)

    @get("/{job:str}/events", sync_to_thread=False, summary="Follow a job", include_in_schema=False)
    def events(self, jobs: OurJobs, job: Id) -> ServerSentEvent:
        """A job each time it has changed, as server-sent events, until it is over."""
        _job(jobs, job)
        return ServerSentEvent(_follow(jobs, job))


async def _follow(jobs: Jobs, job: str) -> AsyncIterator[ServerSentEventMessage]:
    seen: Job | None = None
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        now = jobs.get(job)
        if now is None:
            return
        if now is not seen:
            yield ServerSentEventMessage(data=codec.encode(now).decode())
        if now.is_over:
            return
        seen = now
        await anyio.sleep(LOOK)


def _job(jobs: Jobs, job: str) -> Job:
    found = jobs.get(job)
    if found is None:
        raise missing("job", job)
    return found


def _accepted(job: Job) -> Response[Job]:
    return Response(job, status_code=HTTPStatus.ACCEPTED, headers={"Location": f"/api/v1/jobs/{job.id}"})
