"""Sources that may be one under several names, and sources that are not."""

from __future__ import annotations

from typing import Any

import pytest

from provenance import check, load_case


def found(*names: str, kind: str = "other", **more: Any) -> list[tuple[str, ...]]:
    """The sources that are asked about, of some that all say the same."""
    sources = [{"id": f"s{n}", "name": name, "kind": kind, "reliability": "C"}
               for n, name in enumerate(names)]  # fmt: skip
    said = [{"id": f"a{n}", "source": each["id"], "claim": "hit", "basis": "firsthand"}
            for n, each in enumerate(sources)]  # fmt: skip
    case = {
        "version": 1,
        "claims": [{"id": "hit", "text": "The hospital was hit"}],
        "sources": sources,
        "attributions": said,
    }
    return [each.about for each in check(load_case(case | more)) if each.kind == "lookalike"]


@pytest.mark.parametrize(
    "names",
    [
        ("Dr Maran", "Dr Leyla Maran", "Leyla Maran, surgeon"),
        ("Leyla Maran", "L. Maran"),
        ("Leyla Maran", "Maran Leyla"),
        ("Prof. José Maran", "Jose Maran (Kest University)"),
    ],
)
def test_a_person_may_be_one_under_several_names(names: tuple[str, ...]) -> None:
    assert found(*names, kind="person") == [tuple(f"s{n}" for n in range(len(names)))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Leyla Maran", "Nadia Maran"),
        ("L. Maran", "Nadia Maran"),
        ("John Maran", "John Maran Jr"),
        ("Nurse", "Second nurse"),
        ("a resident of Kest", "a resident of Vard"),
        ("Witness A", "Witness B"),
        ("Dr", "Dr Maran"),
        ("Maran 2", "Maran 3"),
    ],
)
def test_two_people_are_two(one: str, other: str) -> None:
    assert not found(one, other, kind="person")


def test_a_surname_that_two_have_is_asked_about_with_each_of_them() -> None:
    asked = found("Dr Maran", "Leyla Maran", "Nadia Maran", kind="person")

    assert asked == [("s0", "s1"), ("s0", "s2")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NYT", "The New York Times"),
        ("AFP", "Agence France-Presse"),
        ("UN", "United Nations"),
        ("MoD Kestria", "Kestrian Ministry of Defence"),
        ("Ministry of Health", "Health Ministry"),
        ("Kestrian Ministry of Defence", "Ministry of Defence of Kestria"),
        ("Kaspersky", "kaspersky lab"),
        ("Acme Co., Ltd.", "ACME Inc"),
    ],
)
def test_an_organisation_may_be_one_under_two_names(one: str, other: str) -> None:
    assert found(one, other, kind="government") == [("s0", "s1")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Defence", "Ministry of Defence spokesman"),
        ("Ministry of Defence", "Kestrian Ministry of Defence"),
        ("Reuters", "Reuters Graphics"),
        ("UN", "UN mission"),
        ("MoD Kestria", "Vardanian Ministry of Defence"),
        ("NYT", "New York Post"),
        ("Associated Press", "Anatolian Post"),
        ("Vardan", "Vardanians"),
        ("us", "Unified Station"),
        ("feedA", "feedB"),
        ("feed1", "feed2"),
        ("feed_a", "feed_b"),
        ("sensor a", "sensor b"),
        ("Kaspersky Lab", "Kesselsky Lab"),
        ("Lab", "Inc"),
    ],
)
def test_two_organisations_are_two(one: str, other: str) -> None:
    assert not found(one, other, kind="organisation")


def test_of_whom_the_case_knows_that_they_are_two_nobody_asks() -> None:
    said = {"id": "a0", "source": "s0", "claim": "hit"}
    cites = {"id": "a1", "source": "s1", "cites": "a0"}
    voice = {"id": "a1", "source": "s1", "claim": "hit",
             "same_voice_as": {"attribution": "a0", "probability": 0.5}}  # fmt: skip

    assert found("NYT", "New York Times", attributions=[said, cites]) == []
    assert found("NYT", "New York Times", attributions=[said, voice]) == []


def test_a_source_that_is_only_described_has_no_other_names() -> None:
    named, described = ({"id": "s0", key: "Dr Maran"} for key in ("name", "described_as"))
    other = {"id": "s1", "name": "Leyla Maran", "kind": "person"}

    assert found("one", "two", sources=[named, other]) == [("s0", "s1")]
    assert found("one", "two", sources=[described, other]) == []


def test_an_id_is_a_name_where_a_source_has_no_other() -> None:
    firms = [{"id": name, "kind": "organisation"} for name in ("Kaspersky", "kaspersky lab")]
    said = {"id": "a0", "source": "Kaspersky", "claim": "hit"}

    assert found("one", "two", sources=firms, attributions=[said]) == [
        ("Kaspersky", "kaspersky lab")
    ]


def test_a_name_that_very_many_could_stand_for_is_not_asked_about() -> None:
    names = [f"{3 * (chr(65 + n // 26) + chr(97 + n % 26))} Maran" for n in range(51)]

    assert found("Maran", *names, kind="person") == []
    assert len(found("Maran", *names[:5], kind="person")) == 5


def test_initials_that_very_many_could_stand_for_are_not_asked_about() -> None:
    words = ["New", "North", "Nice", "Noble", "Near", "Neat", "Narrow", "Nasty"]
    names = [f"{one} {other} Courier" for one in words for other in words if one != other]

    assert ("s0", f"s{len(names)}") not in found(*names, "NNC", kind="outlet")
    assert found(*names[:3], "NNC", kind="outlet") == [("s0", "s3"), ("s1", "s3"), ("s2", "s3")]


def test_of_four_of_which_two_are_no_pair_those_that_are_one_are_told_together() -> None:
    # The first is each of the others, of whom only two are one.
    asked = found("Maran", "Leyla Maran", "L. Maran", "Nadia Maran", kind="person")

    assert asked == [("s0", "s1", "s2"), ("s0", "s3")]


def test_two_that_both_fit_two_others_but_not_each_other_are_told_apart() -> None:
    asked = found("Maran", "L. Maran", "Leyla Maran", "Lina Maran", kind="person")

    assert asked == [("s0", "s1", "s2"), ("s0", "s1", "s3")]


def test_one_name_that_very_many_have_is_no_question_of_spelling() -> None:
    assert found(*["Health Ministry"] * 51, kind="government") == []
    assert found(*["Health Ministry"] * 3, kind="government") == [("s0", "s1", "s2")]
