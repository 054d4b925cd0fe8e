"""Who is meant: names, roles, pronouns and "the daily", each with its reason where it is inferred."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from drafted_texts import chain_of, drafted

from provenance.drafting import read_document
from provenance.drafting.speakers import Speakers

Told = Callable[[str], list[tuple[str, str]]]

MEANT = {
    "he": ("Karl Vane said the ship sailed. He said it was grey.", "Karl Vane"),
    "a surname": ("Karl Vane said the ship sailed. Vane said it was grey.", "Karl Vane"),
    "a title": (
        "General Karl Vane said the ship sailed. The general said it was grey.",
        "Karl Vane",
    ),
    "another word for a soldier": (
        "Retired General Karl Vane said the ship sailed. The former officer said it was grey.",
        "Karl Vane",
    ),
    "they": ("Two dockworkers said the ship sailed. They said it was grey.", "Two dockworkers"),
    "one of them": (
        "Two dockworkers said the ship sailed. One of them said it was grey.",
        "One of two dockworkers",
    ),
    "the paper": (
        "The Velm Herald reported that the ship sailed. The paper said it was grey.",
        "The Velm Herald",
    ),
    "it": (
        "The Velm Herald reported that the ship sailed. It said the ship was grey.",
        "The Velm Herald",
    ),
    "the report": (
        "The Velm Herald reported that the ship sailed. The report said it was grey.",
        "The Velm Herald",
    ),
    "the source, through the paper it spoke to": (
        "A source told the Velm Herald that the ship sailed. The source said it was grey.",
        "Velm Herald < A source",
    ),
    "a described one who is named later": (
        "A retired general accused the port of fraud. “It was grey,” retired General Karl Vane said.",
        "Karl Vane",
    ),
    "the surname of one who was described first": (
        (
            "A retired general known for his temper accused the port of fraud. "
            "“It was grey,” retired General Karl Vane said. Vane said that it leaked."
        ),
        "Karl Vane",
    ),
    "a described paper that is named later": (
        "The ship sailed, according to a leading daily. It was grey, the Velm Herald reported.",
        "Velm Herald",
    ),
    "a paper named before": (
        (
            "The pro-shipping daily Velm Herald said the ship sailed. "
            "It was grey, according to a report in a leading pro-shipping newspaper."
        ),
        "Velm Herald",
    ),
    "whom a sentence before begins with": (
        "Karl Vane walked to the pier on Monday. “It was grey, all of it,” he said.",
        "Karl Vane",
    ),
}


@pytest.mark.parametrize("name", MEANT)
def test_a_later_mention_is_taken_to_mean_somebody_and_says_why(name: str) -> None:
    text, expected = MEANT[name]

    found = drafted(text)

    assert chain_of(found, len(found.statements) - 1) == expected
    hops = found.statements[-1].chain[1:]
    assert any(hop.inferred for hop in hops) or name == "a described paper that is named later"


def test_a_pronoun_that_nobody_could_be_meant_by_says_so() -> None:
    found = drafted("“It was grey, all of it,” he said.")

    assert found.statements[0].speaker.inferred == "nobody before “he” could be meant"


def test_the_publisher_is_not_a_source_of_its_own_document(told: Told) -> None:
    assert told("Karl Vane told the Gazette that the ship sailed.") == [
        ("Karl Vane", "that the ship sailed")
    ]
    assert told("The Gazette reported that the ship sailed.") == []


LATER_SUBJECTS = {
    "a role and a name": (
        "“Both have them,” Lind said. Velm’s mayor, Ida Kern, went further. It was “a store”, she added.",
        "Ida Kern",
    ),
    "a surname that was told of": (
        "Karl Vane said it was so. Ost Lind said it was late. Vane left early. It was cold, he said.",
        "Karl Vane",
    ),
    "the one who spoke, where nobody else came in between": (
        "Karl Vane said it was so. Rain fell on the quay. It was cold there, he said.",
        "Karl Vane",
    ),
    "after a preposition": (
        "For Petra Solin it was over. She said that nobody went home.",
        "Petra Solin",
    ),
}


@pytest.mark.parametrize("name", LATER_SUBJECTS)
def test_a_pronoun_means_the_subject_of_the_sentence_before_rather_than_an_earlier_speaker(
    name: str,
) -> None:
    text, expected = LATER_SUBJECTS[name]
    found = drafted(text)

    assert chain_of(found, len(found.statements) - 1) == expected


@pytest.mark.parametrize(
    ("later", "same"),
    [
        ("The Velmish prime minister", False),
        ("The former minister", True),
        ("The transport minister", True),
        ("The minister", True),
    ],
)
def test_of_one_office_in_two_places_there_are_two(later: str, same: bool) -> None:
    found = drafted(
        f"Karl Vane, Orrel’s transport minister, said it was late. {later} said it was shut."
    )

    assert (found.statements[1].speaker.source == "karl-vane") == same


def test_a_general_staff_is_no_general() -> None:
    found = drafted(
        "Orrel’s General Staff said the plant was hit. The General Staff said it burned down."
    )

    assert {found.source(each.speaker.source).label for each in found.statements} == {
        "Orrel’s General Staff", "General Staff",
    }  # fmt: skip


def test_channels_close_to_somebody_are_nobody_well_informed() -> None:
    found = drafted("Telegram channels close to the army claimed that the depot burned.")

    assert found.source(found.statements[0].speaker.source).naming == "sources say"


def test_a_spokesman_of_initials_is_named() -> None:
    found = drafted(
        "A UN spokesman, Daoud Farah, said it was late. Daoud Farah said that it rained there."
    )

    assert len({each.speaker.source for each in found.statements}) == 1


def test_two_unnamed_sources_are_two() -> None:
    found = drafted("A source said the ship sailed. Another source said it was grey.")

    assert found.statements[0].speaker.source != found.statements[1].speaker.source


def test_the_same_plural_words_are_one_voice() -> None:
    found = drafted("Residents said the ship sailed. Residents said it was grey.")

    assert found.statements[0].speaker.source == found.statements[1].speaker.source


def test_a_quotation_with_no_words_of_its_own_goes_to_the_one_before() -> None:
    found = drafted("“The ship sailed,” Karl Vane said. “It was grey.”\n\n“Nobody saw it.”")

    assert [chain_of(found, place) for place in range(3)] == ["Karl Vane"] * 3
    assert found.statements[2].speaker.inferred is not None


def test_a_quotation_far_from_any_speaker_is_left_out() -> None:
    found = drafted("Karl Vane said the ship sailed.\n\nRain fell on the quay.\n\n“Nobody saw it.”")

    assert len(found.statements) == 1


def test_who_speaks_inside_another_report_is_that_other(told: Told) -> None:
    assert told("Lena Roth said the ship sailed. Karl Vane said he believed it was grey.")[1] == (
        "Karl Vane",
        "he believed it was grey",
    )


def test_what_somebody_says_he_believes_is_his_claim_with_a_hedge() -> None:
    found = drafted("Karl Vane said he believed that the ship had sailed.")

    assert found.statements[0].speaker.hedge == "believe"
    assert found.claims[0].text == "The ship had sailed"


@pytest.mark.parametrize(
    ("mention", "kind"),
    [
        ("The Velm Herald", "outlet"),
        ("Reuters", "outlet"),
        ("Al-Sahil", "outlet"),
        ("The Ministry of Supply", "government"),
        ("The Velm Police Department", "organisation"),
        ("Cairo", "government"),
        ("Karl Vane", "person"),
        ("The government", "government"),
        ("A source", "unnamed"),
        ("Residents", "collective"),
        ("A clerk", "person"),
        ("The port authority", "organisation"),
    ],
)
def test_a_source_is_of_a_kind(mention: str, kind: str) -> None:
    found = drafted(f"{mention} said that the ship sailed.", publisher="The Gazette")

    assert found.source(found.statements[0].speaker.source).kind == kind


def test_a_mention_without_words_means_nobody() -> None:
    page = read_document("The ship sailed.", publisher="The Gazette")

    assert Speakers(page).meant("“ ”", 0).inferred == "nobody before “…” could be meant"


def test_a_name_that_does_not_begin_the_sentence_before_is_not_taken_for_a_pronoun() -> None:
    found = drafted("rain fell on Karl Vane. “It was grey, all of it,” he said.")

    assert found.statements[0].speaker.inferred == "nobody before “he” could be meant"


def test_a_pronoun_is_not_taken_to_mean_somebody_who_spoke_long_ago() -> None:
    rain = "Rain fell on the town. " * 13

    late_he = drafted(f"Karl Vane said the ship sailed. {rain}“It was grey, all of it,” he said.")
    late_it = drafted(f"The Velm Echo said the ship sailed. {rain}It said that the ship was grey.")

    assert "nobody before" in (late_he.statements[-1].speaker.inferred or "")
    assert "nobody before" in (late_it.statements[-1].speaker.inferred or "")


def test_a_pronoun_passes_over_those_whom_it_cannot_mean() -> None:
    found = drafted(
        "Karl Vane said the ship sailed. The Velm Echo said it was grey. "
        "Two clerks said it was old. He said that it leaked."
    )

    assert chain_of(found, 3) == "Karl Vane"


def test_it_passes_over_people() -> None:
    found = drafted(
        "The Velm Echo said the ship sailed. Karl Vane said it was grey. It said that it leaked."
    )

    assert chain_of(found, 2) == "The Velm Echo"


def test_they_inside_the_words_of_one_man_are_others() -> None:
    found = drafted("Two clerks left. Karl Vane said that they believed that the ship was grey.")

    assert chain_of(found).startswith("Karl Vane < ")


def test_a_role_written_in_capitals_is_not_a_part_of_a_name() -> None:
    found = drafted("The ship sailed, according to Spokesman Karl Vane.")

    assert chain_of(found) == "Karl Vane"


def test_a_description_that_comes_later_is_known_from_then_on(told: Told) -> None:
    found = told(
        "Karl Vane said the ship sailed. Karl Vane, the former captain, said it was grey. "
        "The captain said it leaked."
    )

    assert [each[0] for each in found] == ["Karl Vane"] * len(found)
