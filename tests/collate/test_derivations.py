"""Who may have drawn on whom: by an earlier publication, by a credit, or without a date; and who may not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rashomon.model import Derivation, Lineage
from rashomon.run import collate_paths

TEXT = (
    "Harbour shut after accident\n\n"
    "Divers found two men in the basin at dawn, and the mayor wept when she told their families what had happened.\n\n"
    "The quay stays closed until engineers have looked at every crane, and lorries wait on the road to the capital.\n"
)
CREDIT = "TESSMAR (NPA) — "


def lineage(folder: Path, *reports: dict[str, str]) -> Lineage:
    """The lineage of some reports, their fields given; the text is the same where none is."""
    lines = [json.dumps({"id": chr(97 + n), "text": TEXT, **fields}) for n, fields in enumerate(reports)]
    (folder / "reports.jsonl").write_text("\n".join(lines))
    return collate_paths([folder / "reports.jsonl"])[0].lineage


def grounds(found: Lineage) -> set[tuple[str, str, str]]:
    """Who drew on whom, and the ground."""
    return {(d.article, d.source, d.ground) for d in found.derivations}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2026-04-14", "2026-04-15", {("b", "a", "earlier")}),
        ("2026-04-15", "2026-04-14", {("a", "b", "earlier")}),
        ("2026-04-14T08:00:00+00:00", "2026-04-14T09:30:00+00:00", {("b", "a", "earlier")}),
        # ten in the east is before nine in the west
        ("2026-04-14T10:00:00+02:00", "2026-04-14T09:00:00+00:00", {("b", "a", "earlier")}),
        ("2026-04-14T08:00:00", "2026-04-14T09:30:00+00:00", {("a", "b", "undated"), ("b", "a", "undated")}),
        ("2026-04-14", "2026-04-14", {("a", "b", "undated"), ("b", "a", "undated")}),
    ],
)
def test_by_an_earlier_publication(
    tmp_path: Path, first: str, second: str, expected: set[tuple[str, str, str]]
) -> None:
    """The later report may have drawn on the earlier one; where hours or days do not decide, either may have."""
    found = lineage(tmp_path, {"published": first}, {"published": second})
    assert grounds(found) == expected
    assert all(d.share is not None and d.share > 0.9 for d in found.derivations)
    assert all({r.article for r in d.readings} == {"a", "b"} for d in found.derivations)


def test_the_earliest_of_several_draws_on_nobody(tmp_path: Path) -> None:
    """Each later report may have drawn on an earlier one; the family says which was first, and that this proves little."""
    days = {"a": "2026-04-16", "b": "2026-04-14", "c": "2026-04-15"}
    found = lineage(tmp_path, *({"published": day} for day in days.values()))
    assert {d.article for d in found.derivations} == {"a", "c"}
    assert all(days[source] < days[article] and ground == "earlier" for article, source, ground in grounds(found))
    [family] = found.families
    assert (family.origin.kind, family.origin.name) == ("article", "b")
    assert "a source outside the set is possible" in family.origin.text


def test_an_undated_report_proves_nothing(tmp_path: Path) -> None:
    """A day lent by the other reports is no ground."""
    found = lineage(tmp_path, {"published": "2026-04-14"}, {})
    assert {d.ground for d in found.derivations} == {"undated"}
    assert found.families[0].origin.kind == "unknown"


def test_a_report_that_credits_an_agency_draws_on_it(tmp_path: Path) -> None:
    """Not on the report without a credit, which may have left it out."""
    credited = TEXT.replace("Divers", f"{CREDIT}Divers")
    found = lineage(tmp_path, {"text": credited}, {})
    assert grounds(found) == {("a", "NPA", "credited"), ("b", "a", "undated")}
    assert found.families[0].origin.name == "NPA"


def test_a_credit_without_a_share_has_no_share(tmp_path: Path) -> None:
    """The credit's place is its evidence."""
    found = lineage(tmp_path, {"text": TEXT.replace("Divers", f"{CREDIT}Divers")})
    [derivation] = found.derivations
    assert isinstance(derivation, Derivation)
    assert (derivation.share, len(derivation.readings)) == (None, 1)
