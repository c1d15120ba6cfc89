"""Names: how each is written and described, where that is more than one way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from rashomon.model import Description, Form, MentionKind, Name
from rashomon.report.view.cites import Cites, ViewContext, cite

Written = TypeVar("Written", Form, Description)
# Names that are open, and in the fold.
MOST_OPEN, MOST_FOLDED = 60, 200
KINDS: dict[MentionKind, str] = {
    "person": "People",
    "organisation": "Organisations",
    "place": "Places",
    "group": "Groups",
}


class WrittenForm(Struct, frozen=True):
    """A form or description with the letters of those that use it."""

    text: str
    cites: Cites


class NameRow(Struct, frozen=True):
    """A name with all its forms and descriptions."""

    id: str
    name: str
    forms: tuple[WrittenForm, ...]
    descriptions: tuple[WrittenForm, ...]


class NamesSection(Struct, frozen=True):
    """Names written or described in more than one way, and the others by kind."""

    rows: tuple[NameRow, ...]
    others: tuple[tuple[str, tuple[WrittenForm, ...]], ...]
    n_others: int

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.rows or self.others)


def view_names(context: ViewContext) -> NamesSection:
    """All names, in the order of the collation."""
    rows: list[NameRow] = []
    others: dict[MentionKind, list[WrittenForm]] = defaultdict(list)
    n_others = 0
    for name in context.collation.names:
        forms = _merged(plain_forms(name))
        if (len(forms) > 1 or len(_merged(name.descriptions)) > 1) and len(rows) < MOST_OPEN:
            rows.append(_row(context, name, forms))
        elif n_others < MOST_FOLDED:
            n_others += 1
            others[name.kind].append(WrittenForm(name.name, cite(context, [r for f in name.forms for r in f.readings])))
    by_kind = tuple((title, tuple(others[kind])) for kind, title in KINDS.items() if others[kind])
    return NamesSection(tuple(rows), by_kind, n_others)


def _row(context: ViewContext, name: Name, forms: list[Form]) -> NameRow:
    return NameRow(
        name.id,
        context.words.cut(name.name),
        tuple(WrittenForm(context.words.cut(f.text), cite(context, f.readings)) for f in forms),
        tuple(WrittenForm(context.words.cut(d.text), cite(context, d.readings)) for d in _merged(name.descriptions)),
    )


def _merged(forms: Sequence[Written]) -> list[Written]:
    """Forms that differ only in capitals or in the shape of an apostrophe as one, written as the first of them."""
    alike: dict[str, list[Written]] = defaultdict(list)
    for form in forms:
        alike[form.text.casefold().replace("’", "'")].append(form)
    return [replace(same[0], readings=tuple(r for form in same for r in form.readings)) for same in alike.values()]


def plain_forms(name: Name) -> list[Form]:
    """The forms of a name without those that only add the article: "the coast guard" beside "coast guard"."""
    texts = {form.text for form in name.forms}
    return [f for f in name.forms if f.text[:4].lower() != "the " or f.text[4:] not in texts]
