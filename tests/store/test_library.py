"""The library keeps what it is given, once, and tells the same stories as grouping everything at once."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
import sqlalchemy as sa

from rashomon.errors import CorrectionError, StoreError, UsageError
from rashomon.group import Rarity, group, shipped
from rashomon.group import rarity as rarity_module
from rashomon.model import Article, Reject, StoryCorrection
from rashomon.read import read
from rashomon.report.stories import render_hits, render_stories
from rashomon.run import grouping
from rashomon.run.annotating import annotate_waiting, finder_version, keep
from rashomon.run.check import check_store
from rashomon.run.correcting import correct_stories, undo
from rashomon.run.grouping import catch_up, group_waiting
from rashomon.run.stories import collate_story, explain_story, list_by
from rashomon.run.versions import changes_of
from rashomon.settings import DEFAULT, AnnotateSettings, Settings
from rashomon.store import (
    Store,
    articles_of,
    count_articles,
    failures,
    get_articles,
    known_annotations,
    last_rarity,
    library_id,
    list_stories,
    note_failure,
    open_store,
    put_rarity,
    search,
    story_of,
)
from rashomon.store.accounts import Account, list_accounts, put_account
from rashomon.store.tables import articles as table
from rashomon.store.tables import findings, metadata


def examples(*names: str) -> list[Article]:
    """The reports of example stories, or of all three."""
    return [a for name in names or ("harbour", "spillway", "straits") for a in read([Path("examples") / name]).articles]


def told(store: Store) -> set[frozenset[str]]:
    """The library's stories as sets of article ids."""
    return {frozenset(a.id for a in articles_of(store, row.id)) for row in list_stories(store)}


@pytest.mark.parametrize("seed", range(3))
def test_stories_do_not_depend_on_how_reports_arrive(store: Store, seed: int) -> None:
    """One by one in any order or all at once: the stories and their ids are the same."""
    own = examples()
    chance = random.Random(seed)  # noqa: S311 - an order, not a secret
    chance.shuffle(own)
    while own:
        part, own = own[: (n := chance.randint(1, 5))], own[n:]
        keep(store, part)
        group_waiting(store)
    everything = [msgspec.structs.replace(a, id=library_id(a)) for a in examples()]
    at_once = group(everything)
    assert told(store) == {frozenset(s.article_ids) for s in at_once}
    assert {row.id for row in list_stories(store)} == {s.id for s in at_once}


def test_a_new_counting_groups_everything_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stories fall apart when nothing is rare any more, part by part, and come together again."""
    monkeypatch.setattr(grouping, "PART", 2)
    keep(store, examples())
    group_waiting(store)
    before, alone = told(store), {frozenset({library_id(a)}) for a in examples()}
    nothing_rare = Rarity(np.zeros(1, np.uint32), np.zeros(1, np.float32), -0.49)
    for epoch, rarity, after in ((1, nothing_rare, alone), (2, shipped(), before)):
        with store.writing() as connection:
            put_rarity(connection, epoch, 10**6, rarity.pack())
        group_waiting(store)
        assert check_store(store)[1] == []
        assert told(store) == after


def test_terms_are_counted_again_when_the_library_has_doubled(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first counting comes with enough reports, the next with twice as many; each groups all of it anew."""
    for module in (grouping, rarity_module):
        monkeypatch.setattr(module, "LEAST_ARTICLES", 4)
    own = examples()

    def counted() -> tuple[int, int] | None:
        with store.reading() as connection:
            last = last_rarity(connection)
        return last[:2] if last else None

    told_of = []
    for start, stop in ((0, 3), (3, 5), (5, 9), (9, 10), (10, 15)):
        keep(store, own[start:stop])
        told_of.append((group_waiting(store), counted()))
    assert told_of == [(3, None), (5, (1, 5)), (4, (1, 5)), (10, (2, 10)), (5, (2, 10))]
    assert check_store(store)[1] == []


def test_a_counting_of_another_process_is_taken(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes that see the library doubled count once."""
    for module in (grouping, rarity_module):
        monkeypatch.setattr(module, "LEAST_ARTICLES", 4)
    keep(store, examples("harbour"))
    others = shipped()

    def meanwhile(_: Store) -> Iterator[bytes]:
        with store.writing() as connection:
            put_rarity(connection, 7, 5, others.pack())
        return iter(())

    monkeypatch.setattr(grouping, "all_profiles", meanwhile)
    assert group_waiting(store) == 5
    with store.reading() as connection:
        last = last_rarity(connection)
    assert last is not None
    assert last[:2] == (7, 5)


def test_a_counting_of_other_terms_is_made_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older version counted is no rarity of the terms that are compared now."""
    for module in (grouping, rarity_module):
        monkeypatch.setattr(module, "LEAST_ARTICLES", 4)
    keep(store, examples("harbour"))
    out = io.BytesIO()
    np.savez(out, hashes=np.zeros(1, np.uint32), counts=np.zeros(1, np.float32), articles=np.float64(10**6))
    with store.writing() as connection:
        put_rarity(connection, 3, 10**6, out.getvalue())
    group_waiting(store)
    with store.reading() as connection:
        last = last_rarity(connection)
    assert last is not None
    assert last[:2] == (4, 5)


def test_superseded_findings_leave(store: Store) -> None:
    """A library holds what its last finder found; where another setting found it, it is found anew."""
    own = examples("harbour")
    keep(store, own)
    annotate_waiting(store)
    others = Settings(annotate=AnnotateSettings(max_paragraph=1000))
    assert annotate_waiting(store, others) == 5
    with store.reading() as connection:
        versions = connection.scalars(sa.select(findings.c.version)).all()
    assert versions == [finder_version(others)] * 5
    kept = get_articles(store, [library_id(a) for a in own])
    assert known_annotations(store, kept, finder_version(DEFAULT)) == {}
    assert len(known_annotations(store, kept, finder_version(others))) == 5


def test_findings_of_content_that_is_gone_leave(store: Store) -> None:
    """What was kept under a key that no article has any more goes with the next finder."""
    keep(store, examples("harbour"))
    with store.writing() as connection:
        connection.execute(sa.insert(findings).values(content="gone", version="older", body=b"{}"))
    annotate_waiting(store)
    with store.reading() as connection:
        assert "gone" not in connection.scalars(sa.select(findings.c.content)).all()


def test_what_is_added_twice_is_there_once(store: Store) -> None:
    """The same text at the same address is the same article; annotations are made once."""
    own = examples("harbour")
    assert len(keep(store, own)) == 5
    assert keep(store, own) == []
    assert catch_up(store) == (5, 5)
    assert catch_up(store) == (0, 0)
    assert count_articles(store) == 5
    moved = [msgspec.structs.replace(a, url=None, path=f"elsewhere/{a.path}") for a in own]
    assert len(keep(store, moved)) == 5  # twins are kept
    assert annotate_waiting(store) == 5


def test_a_page_that_changes_gets_a_version(store: Store) -> None:
    """The old text stays; the difference names words, quotes and figures; the story has the page once."""
    [page] = [a for a in examples("harbour") if a.url][:1]
    changed = msgspec.structs.replace(page, text=page.text.replace("12", "13", 1))
    others = [a for a in examples("harbour") if a != page]
    keep(store, [page, changed, *others])
    catch_up(store)
    assert page.url is not None
    [change] = changes_of(store, page.url)
    assert [(w.before, w.after) for w in change.words] == [("12", "13")]
    assert any("13" in (f.after or "") for f in change.figures)
    [story] = list_stories(store)
    collation = collate_story(store, story.id)
    assert [a.text for a in collation.full_articles if a.url == page.url] == [changed.text]
    assert len(collation.articles) == 5
    assert [card.n_versions for card in collation.articles if card.url == page.url] == [2]
    with pytest.raises(UsageError, match="no page of this address"):
        changes_of(store, "https://nowhere.example/")


def test_versions_are_no_reports(store: Store) -> None:
    """A page added three times is one report of one source; its older versions are found, and marked."""
    [page] = [a for a in examples("harbour") if a.url][:1]
    states = [msgspec.structs.replace(page, text=page.text.replace("12", n, 1)) for n in ("12", "13", "14")]
    keep(store, states)
    catch_up(store)
    assert list_by(store, "newest", 2, 20) == []
    [row] = list_by(store, "newest", 1, 20)
    assert (row.n_articles, row.n_sources, row.n_superseded) == (1, 1, 2)
    assert "1 reports of 1 sources, 2 superseded" in render_stories([row])
    hits = search(store, "crane")
    assert {h.article: h.superseded for h in hits} == {library_id(a): a != states[-1] for a in states}
    assert {type(h.superseded) for h in hits} == {bool}
    assert render_hits(hits).count("(superseded)") == 2
    keep(store, [a for a in examples("harbour") if a != page])
    catch_up(store)
    [row] = list_by(store, "sources", 5, 20)
    assert (row.n_articles, row.n_sources, row.n_superseded) == (5, 5, 2)
    assert list_by(store, "newest", 6, 20) == []
    assert check_store(store) == (7, [])


def test_corrections_survive(store: Store) -> None:
    """What a user split stays split when more reports arrive, and comes back when taken back."""
    own = examples("harbour")
    keep(store, own[:4])
    catch_up(store)
    [story] = list_stories(store)
    ids = [a.id for a in articles_of(store, story.id)]
    number = correct_stories(store, StoryCorrection(kind="split", articles=(ids[0],)))
    assert story_of(store, ids[0]) != story_of(store, ids[1])
    keep(store, [*own[4:], *examples("straits")])
    catch_up(store)
    assert story_of(store, ids[0]) != story_of(store, ids[1])
    undo(store, number)
    assert sorted(row.n_articles for row in list_stories(store)) == [5, 5]
    [first, second] = [articles_of(store, row.id)[0].id for row in list_stories(store)]
    correct_stories(store, StoryCorrection(kind="merge", articles=(first, second)))
    assert [row.n_articles for row in list_stories(store)] == [10]
    with pytest.raises(CorrectionError, match="no article of this library"):
        correct_stories(store, StoryCorrection(kind="pin", articles=(first, "a0")))
    with pytest.raises(CorrectionError, match="no correction 99"):
        undo(store, 99)


def test_a_page_is_set_right_with_all_its_versions(store: Store) -> None:
    """Splitting the newest version leaves no older one behind, and a version that comes later goes with the others."""
    first, *others = examples("harbour")
    newer, newest = (msgspec.structs.replace(first, text=f"{first.text}\n\nUpdated at {n}.") for n in (9, 10))
    keep(store, [first, newer, *others])
    catch_up(store)
    number = correct_stories(store, StoryCorrection(kind="split", articles=(library_id(newer),)))
    assert story_of(store, library_id(first)) == story_of(store, library_id(newer))
    keep(store, [newest])
    catch_up(store)
    assert story_of(store, library_id(newest)) == story_of(store, library_id(first))
    assert sorted((row.n_articles, row.n_superseded) for row in list_stories(store)) == [(1, 2), (len(others), 0)]
    undo(store, number)
    assert [(row.n_articles, row.n_superseded) for row in list_stories(store)] == [(len(others) + 1, 2)]


def test_links_have_reasons(store: Store) -> None:
    """Why a story is one: names, numbers, rare words, days."""
    keep(store, examples("harbour"))
    catch_up(store)
    [story] = list_stories(store)
    explained, _ = explain_story(store, story.id)
    assert len(explained.links) >= 4
    assert all(any(r.startswith("same ") for r in link.reasons) for link in explained.links)
    with pytest.raises(UsageError, match="no such story"):
        explain_story(store, "s0")


def test_stories_in_three_orders(store: Store) -> None:
    """By day, by sources, by how much the reports differ."""
    keep(store, examples())
    catch_up(store)
    newest = list_by(store, "newest", 2, 20)
    assert [row.last for row in newest] == sorted((row.last for row in newest), key=str, reverse=True)
    differing = [row.n_differences or 0 for row in list_by(store, "disagreement", 2, 20)]
    assert differing == sorted(differing, reverse=True)
    assert max(differing) > 0


def test_the_check_finds_what_is_off(store: Store) -> None:
    """A library that was tampered with is told article by article."""
    keep(store, examples("harbour"))
    catch_up(store)
    assert check_store(store) == (5, [])
    [victim] = get_articles(store, [library_id(examples("harbour")[0])])
    with store.writing() as connection:
        body = msgspec.json.encode(msgspec.structs.replace(victim, text=victim.text[:500]))
        connection.execute(sa.update(table).where(table.c.id == victim.id).values(body=body))
    n_articles, off = check_store(store)
    assert n_articles == 5
    assert {r.path for r in off} == {victim.id}
    assert any("not the one that was stored" in r.reason for r in off)


def test_the_migrations_make_the_tables(store: Store) -> None:
    """What the migrations make is what tables.py describes."""
    with store.reading() as connection:
        inspector = sa.inspect(connection)
        for name, described in metadata.tables.items():
            assert {c["name"] for c in inspector.get_columns(name)} == {c.name for c in described.columns}
            assert set(inspector.get_pk_constraint(name)["constrained_columns"]) == {
                c.name for c in described.primary_key
            }


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: folder, "is a folder"),
        (lambda folder: (folder / "notes").write_text("not a library " * 100) and folder / "notes", "no library"),
        (lambda _: "mysql://host/db", "postgresql://"),
        (lambda _: "postgresql://nobody@127.0.0.1:1/none", "check the address"),
    ],
)
def test_a_place_that_is_no_library(tmp_path: Path, make: Callable[[Path], object], message: str) -> None:
    """What was found and what to do, in one line."""
    with pytest.raises(StoreError, match=message):
        open_store(str(make(tmp_path)))


def test_lists_of_names_have_one_order(store: Store) -> None:
    """Capitals first, a dash before a letter: whatever the database holds for the order of the alphabet."""
    for name in ("b.txt", "a-b.txt", "aa.txt", "B.txt"):
        note_failure(store, Reject(path=name, reason="broken"))
        put_account(store, Account(name.lower().removesuffix(".txt"), "reader", "a hash"))
    assert [failure.path for failure in failures(store)] == ["B.txt", "a-b.txt", "aa.txt", "b.txt"]
    assert [account.name for account in list_accounts(store)] == ["a-b", "aa", "b"]


def test_a_write_that_fails_leaves_nothing(store: Store) -> None:
    """A transaction is whole or not at all."""
    keep(store, examples("harbour"))

    def write_and_fail() -> None:
        with store.writing() as connection:
            connection.execute(sa.delete(table))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert count_articles(store) == 5
