"""corpus: read, profile, group, annotate and collate what is too much for one process, stage by stage.

Each stage leaves its rows at rest in the output folder, and a mark by what they were made: one that was carried out before, on the
same input by the same version and settings, is not carried out again.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from rashomon import codec
from rashomon.errors import NothingReadError, UsageError
from rashomon.files import shown_path
from rashomon.group import PROFILE_VERSION
from rashomon.model import Reject
from rashomon.provenance import key_of, of_collation, of_findings, provenance_of
from rashomon.read.units import Unit, crawled_in, cut_units, list_files
from rashomon.run.corpus.executors import Executor, in_processes, in_this_process
from rashomon.run.corpus.resting import count_rows, read_rejects
from rashomon.run.corpus.spec import Spec, load_spec
from rashomon.run.corpus.stories import count_stories
from rashomon.run.corpus.tables import write_rejects
from rashomon.run.stages import Row, Task

__all__ = ["CorpusReport", "Executor", "StageReport", "in_processes", "in_this_process", "load_spec", "run_corpus"]

STAGES, TABLES, REPORT = "stages", "tables", "report.json"

Tell = Callable[[str], None]


class StageReport(Struct, frozen=True, kw_only=True):
    """What a stage left: rows, what was set aside, and what was capped on the way. `key` tells by what they were made."""

    stage: str
    key: str
    n_rows: int
    n_rejects: int = 0
    capped: dict[str, int] = {}


class CorpusReport(Struct, frozen=True, kw_only=True):
    """What a run left, stage by stage; `rejects` are the first of those that the table of rejects has."""

    stages: tuple[StageReport, ...]
    n_rejects: int
    rejects: tuple[Reject, ...]


# So many of what was set aside are told; the table has all.
MOST_TOLD = 20


def run_corpus(spec: Spec, executor: Executor, tell: Tell) -> CorpusReport:
    """Carry out what a spec asks for; `tell` is given a line a stage.

    Raises `UsageError` where an input does not exist or the output cannot be written, `NothingReadError` where no article
    was found, `EngineError` where a stage could not be carried out.
    """
    run = _Run(spec, executor, tell)
    try:
        return run.carry_out()
    except OSError as error:
        raise UsageError(f"{spec.output.folder}: cannot be written ({error}); name another folder") from error


class _Run:
    """One run: the folders of its stages, and what is known of each that is done."""

    def __init__(self, spec: Spec, executor: Executor, tell: Tell) -> None:
        self.spec, self.executor, self.tell = spec, executor, tell
        self.folder = Path(spec.output.folder)
        self.done: dict[str, StageReport] = {}

    def carry_out(self) -> CorpusReport:
        spec, executor, settings = self.spec, self.executor, self.spec.settings
        _check_output(self.folder)
        files = _files_of(spec)
        units, unopened = _units_of(files)
        read, profile, group, annotate, collate = (
            self._place(name) for name in ("read", "profile", "group", "annotate", "collate")
        )

        def task(stage: str) -> Task:
            return Task(stage=stage, settings=settings, window=spec.window, with_text=spec.output.with_text)

        made_by = (_stated(files), spec.window, key_of(provenance_of((), ("read",), settings)))
        self._stage("read", made_by, (), lambda: executor.read(units, task("read"), task("name"), read))
        if not self.done["read"].n_rows:
            raise NothingReadError(_nothing([*unopened, *read_rejects(read)]))
        looked_at = (PROFILE_VERSION, key_of(provenance_of(("group", "text"), (), settings)))
        self._stage("profile", looked_at, ("read",), lambda: executor.profile(task("profile"), read, profile))
        compared = key_of(provenance_of(("group",), ("group",), settings))
        self._stage("group", compared, ("profile",), lambda: executor.group(task("group"), read, profile, group))
        bounds = spec.stages
        before = ("read",) if bounds.annotate == "all" else ("read", "group")
        found = (key_of(of_findings(settings)), None if bounds.annotate == "all" else bounds)
        self._stage(
            "annotate", found, before, lambda: executor.annotate(task("annotate"), read, group, bounds, annotate)
        )
        told = (key_of(of_collation(settings)), bounds, spec.output.with_text, settings.report)
        self._stage(
            "collate",
            told,
            ("group", "annotate"),
            lambda: executor.collate(task("collate"), read, annotate, group, bounds, collate),
        )
        self._stage("tables", (), ("collate",), lambda: executor.tabulate(collate, group, self.folder / TABLES))
        return self._report(unopened)

    def _place(self, stage: str) -> Path:
        return self.folder / TABLES if stage == "tables" else self.folder / STAGES / stage

    def _stage(self, stage: str, made_by: object, before: Sequence[str], act: Callable[[], object]) -> None:
        """Carry a stage out, unless what it left was made of the same by the same."""
        key = codec.content_hash(codec.encode([stage, made_by, [self.done[name].key for name in before]]))
        place, mark = self._place(stage), self.folder / STAGES / f"{stage}.json"
        kept = _marked(mark)
        if kept is not None and kept.key == key and place.is_dir():
            self.done[stage] = kept
            self.tell(f"{stage:9} {_counted(kept)}, as before")
            return
        mark.unlink(missing_ok=True)
        shutil.rmtree(place, ignore_errors=True)
        started = time.monotonic()
        capped = act()
        seconds = time.monotonic() - started
        done = self._done(stage, key, capped if isinstance(capped, dict) else {})
        mark.write_bytes(codec.encode(done))
        self.done[stage] = done
        rate = f"{done.n_rows / seconds:.1f} a second" if seconds > 0 else "at once"
        self.tell(f"{stage:9} {_counted(done)}, {seconds:.1f} s, {rate}")

    def _done(self, stage: str, key: str, capped: dict[str, int]) -> StageReport:
        place = self._place(stage)
        if stage == "group":
            return StageReport(stage=stage, key=key, n_rows=count_stories(place)[1], capped=capped)
        if stage == "tables":
            return StageReport(stage=stage, key=key, n_rows=self.done["collate"].n_rows)
        n_rows, n_rejects = count_rows(place)
        return StageReport(stage=stage, key=key, n_rows=n_rows, n_rejects=n_rejects)

    def _report(self, unopened: Iterable[tuple[str, str]]) -> CorpusReport:
        rejects = [("read", *reject) for reject in unopened]
        for stage in ("read", "profile", "annotate", "collate"):
            rejects += [(stage, *reject) for reject in read_rejects(self._place(stage))]
        write_rejects(rejects, self.folder / TABLES)
        report = CorpusReport(
            stages=tuple(self.done.values()),
            n_rejects=len(rejects),
            rejects=tuple(Reject(path=path, reason=reason) for _, path, reason in rejects[:MOST_TOLD]),
        )
        (self.folder / REPORT).write_text(codec.pretty(report), encoding="utf-8")
        return report


def _check_output(folder: Path) -> None:
    """Raise `UsageError` for a folder that holds what no run left there: a run clears its tables and stages."""
    if folder.is_dir() and not (folder / STAGES).is_dir() and any(folder.iterdir()):
        raise UsageError(
            f"{folder}: holds something else than a corpus; name an empty folder, or one that is not there"
        )


def _files_of(spec: Spec) -> list[Path]:
    """The files that a spec asks for."""
    files = list_files(spec.inputs.paths)
    if spec.inputs.layout == "any":
        return files
    return [path for path in files if crawled_in(str(path), spec.window.first, spec.window.last)]


def _units_of(files: Iterable[Path]) -> tuple[list[Row], list[tuple[str, str]]]:
    """The units of some files as rows, and what cannot be opened with the reason."""
    found = list(cut_units(files))
    units = [Row(unit.place, codec.encode(unit)) for unit in found if isinstance(unit, Unit)]
    return units, [(one.path, one.reason) for one in found if isinstance(one, Reject)]


def _stated(files: Iterable[Path]) -> list[tuple[str, int, int]]:
    """What tells of files whether they have changed; nothing of those that cannot be looked at."""
    told = []
    for path in files:
        try:
            known = path.stat()
        except OSError:
            told.append((shown_path(path), 0, 0))
        else:
            told.append((shown_path(path), known.st_size, known.st_mtime_ns))
    return told


def _marked(mark: Path) -> StageReport | None:
    """What a stage said of itself when it was done; None where it was not, or was cut off while it said so."""
    try:
        return codec.decode(mark.read_bytes(), StageReport)
    except (OSError, msgspec.MsgspecError):
        return None


def _counted(done: StageReport) -> str:
    rows = "stories" if done.stage in ("group", "collate", "tables") else "articles"
    aside = f", {done.n_rejects} set aside" if done.n_rejects else ""
    capped = "".join(f", {n} {what}" for what, n in sorted(done.capped.items()))
    return f"{done.n_rows} {rows}{aside}{capped}"


def _nothing(rejects: Sequence[tuple[str, str]]) -> str:
    shown = "".join(f"\n  {path}: {reason}" for path, reason in rejects[:MOST_TOLD])
    return f"no article was found in the inputs of this spec; {len(rejects)} were set aside{shown}"
