from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.read.plain import build_article

TEXT = (
    "Minister visits the coast\n"
    "Harbour Minister Ilsa Brandvik met Mayor Orrel in Ukraine on Tuesday. Ms Brandvik praised Ukraine’s air force.\n"
    "The air force thanked the Brandvik administration. Ursula von der Leyen wrote to @ibrandvik from the town of Skarn Bay."
)


def mentions() -> dict[str, str]:
    """Each form with its kind."""
    annotations = next(annotate([build_article(id="a", path="a", text=TEXT, language="en")]))
    return {TEXT[m.start : m.end]: m.kind for m in annotations.mentions}


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("Ilsa Brandvik", "person"),
        ("Ms Brandvik", "person"),
        ("Ursula von der Leyen", "person"),
        ("@ibrandvik", "person"),
        ("Ukraine", "place"),
        ("Ukraine’s air force", "organisation"),
        ("air force", "organisation"),
        ("Brandvik administration", "organisation"),
        ("Skarn Bay", "place"),
    ],
)
def test_names_by_kind(form: str, kind: str) -> None:
    """The article as a whole settles what a name names."""
    assert mentions().get(form) == kind


def test_roles_beside_names_are_kept() -> None:
    """The title before a name is its description."""
    annotations = next(annotate([build_article(id="a", path="a", text=TEXT, language="en")]))
    described = [m.description for m in annotations.mentions if m.description]
    assert TEXT[described[0].start : described[0].end] == "Harbour Minister"
