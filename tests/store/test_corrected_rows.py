"""Names, speakers and days that users set right in a library hold on every run, until they are taken back."""

from __future__ import annotations

import msgspec
import pytest
import sqlalchemy as sa

import rashomon
from rashomon.errors import ChangedError, CorrectionError, UsageError
from rashomon.model import Article, Collation, Correction, Place
from rashomon.run.library import Library
from rashomon.store import Store, rows_corrected
from rashomon.store.tables import findings, stages

INSIDE, ROOF = "Nobody was inside", "The roof fell within minutes"
PAGE = "https://post.example/depot"
FIRST = (
    "The depot of Lorwick burned down on Monday, and forty buses were lost.\n\n"
    "“Nobody was inside,” said Hanna Voss, the director of Lorwick Transit. The director spoke beside the ruin.\n\n"
    "Fire chief Per Aldous was there too. “The roof fell within minutes,” Aldous said."
)
SECOND = (
    "Forty buses were lost when the depot of Lorwick burned down on Monday.\n\n"
    "“Nobody was inside,” said Hanna Voss. Lorwick Transit Company runs the depot."
)


@pytest.fixture
def library(store: Store) -> Library:
    """A story of two reports in each database."""
    own = Library(store)
    own.add(
        Article.from_text(FIRST, title="Depot of Lorwick burns", published="2026-02-03", source="Post", url=PAGE),
        Article.from_text(SECOND, title="Lorwick depot burns down", published="2026-02-03", source="Echo"),
        workers=1,
    )
    assert [row.n_articles for row in own.stories()] == [2]
    return own


def ids(library: Library) -> dict[str, str]:
    """The ids of the reports by source."""
    return {str(a.source): a.id for a in library.story(library.stories()[0].id).articles()}


def collated(library: Library) -> Collation:
    """The collation of the story as it is now."""
    return library.story(library.stories()[0].id).collation()


def speaker(article: str, at: int, value: str = "Per Aldous") -> Correction:
    """A correction of who speaks at a place."""
    return Correction(kind="speaker", places=(Place(article=article, at=at),), value=value)


def speakers(library: Library, article: str) -> dict[str, str | None]:
    """Who is held to speak in an article, by what is said."""
    text = library.article(article).text
    return {text[q.content[0].start : q.content[0].end]: q.speaker_name for q in library.annotations(article).quotes}


def test_a_speaker_is_set_right_wherever_the_quote_is_looked_at(library: Library) -> None:
    """In the report, in search, and in the collation, which tells of it; and back."""
    post = ids(library)["Post"]
    before = speakers(library, post)
    number = library.correct(speaker(post, FIRST.index(INSIDE)))
    assert speakers(library, post) == before | {INSIDE: "Per Aldous"}
    assert [hit.source for hit in library.search("speaker:Voss")] == ["Echo"]
    [told] = collated(library).corrections
    assert (told.value, told.places[0].words) == ("Per Aldous", INSIDE)
    [listed] = library.corrections()
    assert (listed.number, listed.kind, listed.articles) == (number, "speaker", (post,))
    library.undo(number)
    assert speakers(library, post) == before
    assert {hit.source for hit in library.search("speaker:Voss")} == {"Post", "Echo"}
    assert collated(library).corrections == ()


def test_it_holds_when_all_is_found_anew(library: Library) -> None:
    """As after an upgrade: findings are let go and made again, and search still knows who speaks."""
    post = ids(library)["Post"]
    library.correct(speaker(post, FIRST.index(INSIDE)))
    with library.store.writing() as connection:
        connection.execute(sa.delete(findings))
        connection.execute(sa.delete(stages))
    library.add(workers=1)
    assert [hit.source for hit in library.search("speaker:Aldous")] == ["Post"]
    assert speakers(library, post)[INSIDE] == "Per Aldous"


def test_it_goes_with_a_page_that_changes_while_the_words_stand(library: Library) -> None:
    """Above a new paragraph the quote is found again; once it is gone the correction is set aside with its reason."""
    number = library.correct(speaker(ids(library)["Post"], FIRST.index(INSIDE)))
    later = f"New: the cause is not known.\n\n{FIRST}"
    library.add(Article.from_text(later, title="Depot", published="2026-02-04", source="Post", url=PAGE), workers=1)
    assert speakers(library, ids(library)["Post"])[INSIDE] == "Per Aldous"
    gone = FIRST.replace("“Nobody was inside,” said", "“All had left,” said")
    library.add(Article.from_text(gone, title="Depot", published="2026-02-04", source="Post", url=PAGE), workers=1)
    assert speakers(library, ids(library)["Post"])["All had left"] == "Hanna Voss"
    made = collated(library)
    assert made.corrections == ()
    [aside] = made.skipped
    assert aside.path == f"correction {number}"
    assert "Nobody was inside" in aside.reason


def test_a_day_is_set_right_for_the_report_and_its_story(library: Library) -> None:
    """The report, lists, the story and its times know the new day; the next version of the page keeps it; and back."""
    post = ids(library)["Post"]
    story = library.stories()[0].id
    number = library.correct(Correction(kind="date", places=(Place(article=post, at=9),), value="2026-02-10"))
    assert library.stories()[0].id == story
    own = library.article(post)
    assert (own.published, own.published_basis) == ("2026-02-10", rashomon.model.Basis(kind="correction"))
    assert [hit.source for hit in library.search("depot since:2026-02-09")] == ["Post"]
    assert (library.stories()[0].first, library.stories()[0].last) == ("2026-02-03", "2026-02-10")
    assert {t.first for t in library.annotations(post).times if t.first} == {"2026-02-09"}
    later = Article.from_text(f"{FIRST}\n\nMore follows.", published="2026-02-04", source="Post", url=PAGE)
    library.add(later, workers=1)
    assert {a.published for a in library.versions(PAGE)} == {"2026-02-10"}
    library.undo(number)
    assert [a.published for a in library.versions(PAGE)] == ["2026-02-03", "2026-02-04"]
    assert library.check().off == ()


def test_names_are_joined_and_split(library: Library) -> None:
    """Two spellings are one name in the story from then on; a form that nobody writes is refused."""
    post = ids(library)["Post"]
    forms = ("Lorwick Transit", "Lorwick Transit Company")
    join = Correction(kind="merge", what="names", forms=forms, places=(Place(article=post, at=0),))
    library.correct(join)
    assert [n for n in collated(library).names if {f.text for f in n.forms} >= set(forms)]
    library.correct(msgspec.structs.replace(join, kind="split", forms=forms[1:]))
    assert all(not {f.text for f in n.forms} >= set(forms) for n in collated(library).names)
    with pytest.raises(CorrectionError, match="no report of the story writes the name 'Kestrel'"):
        library.correct(msgspec.structs.replace(join, forms=("Lorwick Transit", "Kestrel")))


def test_a_remark_is_taken_apart(library: Library) -> None:
    """What two reports have of one remark are two from then on."""

    def most() -> int:
        return max(len({r.article for r in quote.readings}) for quote in collated(library).quotes)

    assert most() == 2
    place = Place(article=ids(library)["Post"], at=FIRST.index(INSIDE) + 3)
    library.correct(Correction(kind="split", what="quotes", places=(place,)))
    assert most() == 1


def test_of_two_who_set_the_same_right_the_second_is_told(library: Library) -> None:
    """Whoever knows no later change than the first correction may not go over it; another row, and a new look, may."""
    post = ids(library)["Post"]
    seen = library.last_change
    number = library.correct(speaker(post, FIRST.index(INSIDE)), seen=seen)
    with pytest.raises(ChangedError, match=f"correction {number}: Per Aldous"):
        library.correct(speaker(post, FIRST.index("was inside"), "Greta Holm"), seen=seen)
    library.correct(speaker(post, FIRST.index(ROOF), "Greta Holm"), seen=seen)
    assert speakers(library, post) == {INSIDE: "Per Aldous", ROOF: "Greta Holm"}
    second = library.correct(speaker(post, FIRST.index(INSIDE), "Hanna Voss"), seen=library.last_change)
    stale = library.last_change
    library.undo(second)
    with pytest.raises(ChangedError, match="was taken back"):
        library.correct(speaker(post, FIRST.index(INSIDE), "Greta Holm"), seen=stale)
    assert library.correct(speaker(post, FIRST.index(INSIDE))) > second


def test_the_corrections_of_a_story_are_told_apart(library: Library) -> None:
    """What a collation is kept under changes with each, and comes back with its taking back."""
    story = library.stories()[0].id
    assert rows_corrected(library.store, story) == ()
    number = library.correct(speaker(ids(library)["Echo"], SECOND.index("Nobody")))
    assert rows_corrected(library.store, story) == (number,)
    library.undo(number)
    assert rows_corrected(library.store, story) == ()


def test_what_cannot_be_set_right_is_refused(library: Library) -> None:
    """With what to do instead, and nothing is kept."""
    post = ids(library)["Post"]
    changes: list[tuple[dict[str, object], str]] = [
        ({"places": ()}, "needs places"),
        ({"value": None}, "needs value"),
        ({"value": "x" * 201}, "1 to 200 characters"),
        ({"value": "two\nlines"}, "in one line"),
        ({"places": (Place(article="a0", at=0),)}, "no article of this library"),
        ({"places": (Place(article=post, at=0),)}, "no quote stands"),
        ({"places": (Place(article=post, at=10**6),)}, "characters, and the place is"),
        ({"kind": "date", "value": "someday"}, "no date"),
        ({"kind": "split", "what": "points", "places": (Place(article=post, at=0, words="Nobody"),)}, "not 'Nobody'"),
    ]
    for change, said in changes:
        with pytest.raises(CorrectionError, match=said):
            library.correct(msgspec.structs.replace(speaker(post, FIRST.index(INSIDE)), **change))
    assert library.last_change == 0


def test_notes_stand_on_passages(library: Library) -> None:
    """A note is kept with who wrote it and when, on every version of a page, until it is deleted."""
    post = ids(library)["Post"]
    note = library.note(post, 0, 9, "  Ask the fire brigade.\r\n\r\nTwice. ", "ada")
    assert (note.text, note.who, note.number) == ("Ask the fire brigade.\n\nTwice.", "ada", 1)
    assert library.notes(post) == (note,)
    later = Article.from_text(f"{FIRST}\n\nMore follows.", published="2026-02-04", source="Post", url=PAGE)
    library.add(later, workers=1)
    assert library.notes(ids(library)["Post"]) == (note,)
    library.unnote(note.number)
    assert library.notes(post) == ()
    for start, end, text, said in (
        (0, 9, " ", "1 to 2,000"),
        (0, 9, "x" * 2001, "1 to 2,000"),
        (5, 10**6, "x", "no stretch"),
    ):
        with pytest.raises(UsageError, match=said):
            library.note(post, start, end, text)
    with pytest.raises(UsageError, match="no note 9"):
        library.unnote(9)
