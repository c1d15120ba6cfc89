from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from rashomon import codec
from rashomon.annotate import annotate
from rashomon.errors import MissingModelError
from rashomon.model import Annotations, Article
from rashomon.read import read
from rashomon.run import stages
from rashomon.run.stages import Row, Stage, Task, Window, list_item, work


def test_a_row_that_fails_is_set_aside_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others of its batch are worked on; its key and what went wrong are kept; rows without an item are passed over."""

    def shout(rows: Sequence[Row], _: Task) -> Iterator[Row]:
        for row in rows:
            assert row.item is not None
            yield Row(row.key, row.item.decode("ascii").upper().encode())

    monkeypatch.setattr(stages, "STAGES", {"shout": Stage(shout, 4)})
    rows = [Row("a", b"one"), Row("b", b"\xff"), Row("c", None, "gone"), Row("d", b"two")]
    first, second, third = work(Task(stage="shout"), rows)
    assert (first, third) == (Row("a", b"ONE"), Row("d", b"TWO"))
    assert second.key == "b"
    assert second.item is None
    assert "shout failed (UnicodeDecodeError: 'ascii' codec" in (second.reason or "")


def test_what_no_row_is_to_blame_for_ends_the_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing model would set every article aside."""

    def miss(_: Sequence[Row], __: Task) -> Iterator[Row]:
        raise MissingModelError("no pipeline")

    monkeypatch.setattr(stages, "STAGES", {"miss": Stage(miss, 2)})
    for rows in ([Row("a", b"")], [Row("a", b""), Row("b", b"")]):
        with pytest.raises(MissingModelError):
            list(work(Task(stage="miss"), rows))


def test_annotating_bytes_is_annotating() -> None:
    """The bytes of articles become the bytes of their annotations, in order."""
    articles = read(["examples/harbour"]).articles[:2]
    made = work(Task(stage="annotate"), [Row(a.id, codec.encode(a)) for a in articles])
    found = [codec.decode(row.item, Annotations) for row in made if row.item is not None]
    assert found == list(annotate(articles))


def test_articles_of_one_id_are_told_apart() -> None:
    """As reading them together does it."""
    articles = [Article.from_text(f"The ferry sailed at {n} o'clock from the old quay.") for n in (5, 6)]
    same = [codec.encode({**codec.decode(codec.encode(a), dict), "id": "x"}) for a in articles]
    made = list(work(Task(stage="name"), [Row("x", list_item(same))]))
    assert [row.key for row in made] == ["x", "x~2"]


@pytest.mark.parametrize(
    ("published", "missed"),
    [
        ("2026-04-13", None),
        ("2026-04-19T23:59", None),
        ("2026-04-12T10:00", "published on 2026-04-12, outside of the window"),
        ("2026-04-20", "published on 2026-04-20, outside of the window"),
        (None, "undated, and the window drops what has no day"),
    ],
)
def test_a_window_has_both_its_days(published: str | None, missed: str | None) -> None:
    """Its first day and its last; a window without days misses nothing."""
    window = Window(first=date(2026, 4, 13), last=date(2026, 4, 19), undated="drop")
    assert window.missed_by(published) == missed
    assert Window().missed_by(published) is None
