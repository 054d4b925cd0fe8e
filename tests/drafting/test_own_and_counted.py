"""What outlets say of their own, voices that a text counts, and short names of the same source."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from drafted_texts import chain_of, drafted

from provenance.drafting import draft, read_document

Told = Callable[[str], list[tuple[str, str]]]

OWN = {
    "The Gazette has learned that the crane was sold.": "secondhand",
    "The crane was sold, the Gazette understands.": "secondhand",
    "The newspaper has learned that the crane was sold.": "secondhand",
    "The Gazette can reveal that the crane was sold.": "own-inquiry",
    "We can reveal that the crane was sold.": "own-inquiry",
    "An investigation by the Gazette has found that the crane was sold.": "own-inquiry",
    "Documents seen by the Gazette show that the crane was sold.": "own-inquiry",
}


@pytest.mark.parametrize("text", OWN)
def test_what_an_outlet_says_of_its_own_has_the_outlet_as_its_origin(text: str) -> None:
    found = drafted(text)

    author = found.statements[0].chain[0]
    assert author.source == "the-gazette"
    assert author.basis == OWN[text]
    assert found.claims[0].text == "The crane was sold"


def test_the_case_has_the_outlet_itself_as_the_origin() -> None:
    case = drafted("The Gazette has learned that the crane was sold.").case(unconfirmed=True)

    assert [(each.source, each.basis) for each in case.attributions] == [
        ("the-gazette", "secondhand")
    ]


def test_what_another_outlet_has_learned_is_its_own_word() -> None:
    found = drafted("The Velm Herald has learned that the crane was sold.")

    assert chain_of(found) == "The Velm Herald"
    assert found.statements[0].speaker.basis == "secondhand"


@pytest.mark.parametrize(
    "text",
    [
        "Karl Vane has learned that the crane was sold.",
        "We have learned that bread is dear.",
        "The clerk understands that the crane was sold.",
        "The Gazette could reveal that the crane was sold.",
        "The Gazette said that the crane was sold.",
    ],
)
def test_what_nobody_else_says_by_learning_it_is_not_drafted(text: str) -> None:
    assert drafted(text).statements == ()


def test_a_quotation_after_what_the_outlet_has_learned_is_nobodys() -> None:
    found = drafted("The Gazette has learned that the crane was sold. “Nobody saw it go there.”")

    assert len(found.statements) == 1


def test_within_somebodys_words_what_an_outlet_has_learned_is_the_outlets() -> None:
    found = drafted(
        "Norda said that the Velm Herald has learned that the crane was sold. "
        "The Velm Herald said that the Velm Herald has learned that it was grey."
    )

    assert chain_of(found) == "Norda < Velm Herald"


@pytest.mark.parametrize(
    "text",
    [
        "It is understood that the crane was sold in June.",
        "The Velm Herald said so. The crane is understood to have been sold in June.",
    ],
)
def test_what_is_understood_the_outlet_itself_has_heard(text: str) -> None:
    found = drafted(text)

    assert [(hop.source, hop.basis) for hop in found.statements[0].chain] == [
        ("the-gazette", "secondhand")
    ]


@pytest.mark.parametrize(
    ("who", "voices"),
    [
        ("Two people familiar with the matter", 2),
        ("At least three officials briefed on the matter", 3),
        ("4 dockers", 4),
        ("Both clerks", 2),
        ("Several people", 1),
        ("Two in five dockers", 1),
    ],
)
def test_several_who_are_counted_speak_as_so_many(who: str, voices: int) -> None:
    found = drafted(f"{who} said that the crane was sold.")

    assert found.statements[0].speaker.voices == voices


def test_each_of_those_who_are_counted_is_a_source_of_the_case() -> None:
    found = drafted("Two people familiar with the matter said the crane was sold.")

    case = found.case(unconfirmed=True)

    assert [each.described_as for each in case.sources[1:]] == [
        "the first of two people familiar with the matter",
        "the second of two people familiar with the matter",
    ]
    first, second, relay = case.attributions
    assert second.same_voice_as is not None
    assert second.same_voice_as.attribution == first.id
    assert relay.cites == (first.id, second.id)


def test_several_who_pass_something_on_cite_it_each() -> None:
    found = drafted("Two officials said that Karl Vane had said that the crane was sold.")

    case = found.case(unconfirmed=True)

    origin = case.attributions[0].id
    assert [each.cites for each in case.attributions[1:3]] == [origin, origin]
    assert all(each.same_voice_as is None for each in case.attributions)


def test_one_of_several_is_a_voice_of_its_own() -> None:
    found = drafted("Two dockers said the crane was sold. One of them said it was grey.")

    assert [each.speaker.voices for each in found.statements] == [2, 1]
    assert [chain_of(found, place) for place in (0, 1)] == ["Two dockers", "One of two dockers"]


def test_one_of_several_is_meant_by_a_later_word_for_one() -> None:
    found = drafted(
        "One of the reviewers told the Herald that he had seen it. "
        "According to the reviewer, a second one had doubts."
    )

    assert found.statements[0].speaker.source == found.statements[1].speaker.source


def test_several_of_them_are_those_who_spoke_before() -> None:
    found = drafted("Residents said the crane was sold. Some of them said it was quite new.")

    assert chain_of(found, 1) == "Residents"
    assert "is taken to be of" in (found.statements[1].speaker.inferred or "")


def test_of_several_whom_nobody_has_counted_one_is_one_voice() -> None:
    found = drafted("One of the two dockers said the crane was sold.")

    assert found.statements[0].speaker.voices == 1


SHORT = {
    "an agency": ("The Associated Press", "AP"),
    "an agency, the other way": ("AP", "The Associated Press"),
    "initials": ("The International Monetary Fund", "The IMF"),
    "a short name that is told": ("The Port Workers' Union (PWU)", "The PWU"),
    "a short name of its own": ("The Velm Dock Council (VeDoC)", "VeDoC"),
    "a title": ("Karl Vane", "Mr. Vane"),
}


@pytest.mark.parametrize("name", SHORT)
def test_a_short_name_means_the_same_source(name: str) -> None:
    first, second = SHORT[name]

    found = drafted(f"{first} said the crane was sold. {second} said that it was grey.")

    assert found.statements[0].speaker.source == found.statements[1].speaker.source


def test_a_short_name_that_is_told_of_in_passing_is_known() -> None:
    found = drafted(
        "The Port Workers' Union (PWU) met. The PWU said the crane was sold. "
        "The Port Workers' Union said it was grey."
    )

    assert found.statements[0].speaker.source == found.statements[1].speaker.source


def test_initials_of_another_document_mean_the_name_that_fits() -> None:
    pages = [
        read_document(
            "The National Audit Office said the crane was sold.", publisher="The Gazette"
        ),
        read_document("The NAO said the crane was sold.", publisher="The Velm Herald"),
        read_document("AP said the crane was sold.", publisher="The Orrel Post"),
        read_document("The Associated Press said it was grey.", publisher="The Coast Mirror"),
    ]

    found = draft(pages)

    speakers = [each.speaker.source for each in found.statements]
    assert speakers[0] == speakers[1]
    assert speakers[2] == speakers[3]


def test_he_is_no_union() -> None:
    found = drafted(
        "Karl Vane said the crane was sold. The union said it was grey. He said that it leaked."
    )

    assert found.statements[2].speaker.source == found.statements[0].speaker.source


def test_papers_that_an_outlet_has_seen_are_not_the_outlet() -> None:
    found = drafted("The report, seen by Norda News, said the pump was 30 years old.")

    assert chain_of(found) == "Norda News < The report"


def test_the_publisher_is_known_by_its_short_name() -> None:
    assert drafted("The Associated Press said the crane was sold.", publisher="AP").statements == ()


@pytest.mark.parametrize(
    "words",
    [
        "Jan Moor, a spokesman for the ministry, said",
        "Jan Moor, the ministry's spokesman, said",
        "Ministry spokesman Jan Moor said",
        "The spokesman, Jan Moor, said",
    ],
)
def test_a_ministry_does_not_become_its_spokesman(words: str) -> None:
    found = drafted(
        f"The ministry denied that the crane was sold. {words} nothing was sold at all."
    )

    assert [found.source(each.speaker.source).label for each in found.statements] == [
        "The ministry",
        "Jan Moor",
    ]


CITING = {
    "before": "The Herald reported, citing two officials, that the crane was sold.",
    "aside": "The Herald, citing two officials, reported that the crane was sold.",
    "at the end": "The Herald reported that the crane was sold, quoting two officials.",
    "a document": "The Herald reported that the crane was sold, citing a leaked memo.",
    "a name": "The Herald reported that the crane was sold, citing Karl Vane.",
}


@pytest.mark.parametrize("name", CITING)
def test_whom_somebody_cites_says_it(name: str) -> None:
    found = drafted(CITING[name])

    assert len(found.statements) == 1
    assert len(found.statements[0].chain) == 3
    assert found.statements[0].chain[1].role == "relay"


@pytest.mark.parametrize(
    "text",
    [
        "The Herald reported that the crane was sold, citing a lack of money.",
        "The Herald reported that the crane was sold — citing officials.",
        "The Herald reported — in May — that the crane was sold, citing officials.",
        "The Herald reported that the crane was sold, citing.",
        "The Herald reported that the crane was sold, citing the Herald.",
        "The Herald reported that the crane was sold, citing it.",
    ],
)
def test_what_cannot_say_anything_is_not_cited(text: str) -> None:
    assert all(len(each.chain) == 2 for each in drafted(text).statements)
