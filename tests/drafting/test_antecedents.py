"""Whom a pronoun means: who acts or speaks nearest and agrees, and nobody where two fit as well."""

from __future__ import annotations

import pytest
from drafted_texts import chain_of, drafted
from hypothesis import given
from hypothesis import strategies as st

from provenance.drafting import read_document
from provenance.drafting.antecedents import Before, gender_of
from provenance.drafting.layout import laid_out
from provenance.drafting.speakers import Speakers
from provenance.drafting.told_names import bodies_in, people_in

NEAREST = {
    "a woman passes over a man": (
        "Maria Ost said it was late. Karl Vane said it was early. She said that the bus had left.",
        "Maria Ost",
    ),
    "who acts beats who spoke before": (
        "Maria Ost said it was late. Ida Kern went to the quay. She said that the bus had left.",
        "Ida Kern",
    ),
    "who acts after a role": (
        "Karl Vane said it was late. The town's lawyer, Dilo Brak, went further. He said that it burned down.",
        "Dilo Brak",
    ),
    "who acts before a description": (
        "Karl Vane said it was late. Ida Kern, a spokeswoman for the port, left. She said that it burned down.",
        "Ida Kern",
    ),
    "who acts in a clause of a sentence that says nothing": (
        "Karl Vane said it was so. Suppose for once that Ida Kern knew of it. She said it was dark.",
        "Ida Kern",
    ),
    "who acts after what leads in": (
        "Ida Kern said it was late. On Friday, in the old hall, Karl Vane resigned. He said it was so.",
        "Karl Vane",
    ),
    "kin": (
        "Gwen Moor said it was late. The victim's widow, Carol Lunt, wept. She said that it rained.",
        "Carol Lunt",
    ),
    "the one who leads in to the sentence": (
        "Ida Kern said it was late. When Karl Vane came, he said that it rained.",
        "Karl Vane",
    ),
    "over sentences that begin with the same pronoun": (
        "Karl Vane left the hall. He did not look back. He took a cab. He said that it rained.",
        "Karl Vane",
    ),
    "over a sentence of others": (
        "Karl Vane said it was late. She shrugged. The rain fell. He said that the bus had left.",
        "Karl Vane",
    ),
    "over a heading of several": (
        "Ida Kern said it was late. Karl Vane and Otto Lund left. She said that it rained there.",
        "Ida Kern",
    ),
    "by the pronoun of its description": (
        (
            "Karl Vane said it was late. A clerk who feared that she would be fired went home. "
            "She said that it rained."
        ),
        "A clerk",
    ),
    "the only one named before in which": (
        "Ida Kern said it was late. They met at Karl Vane's show, in which he said that it rained.",
        "Karl Vane",
    ),
    "who was asked answers": (
        "Rao suggested to Ms Moor that it was late. She replied: “I know what I saw that day.”",
        "Moor",
    ),
    "who spoke answers where nobody was asked": (
        "Ida Kern said it was late. Asked about the bus, she replied that it had left at noon.",
        "Ida Kern",
    ),
    "the one who was asked, of whom alone was spoken": (
        "Karl Vane was asked about it. He replied that the bus had left at noon.",
        "Karl Vane",
    ),
    "nobody who leads in": (
        "Karl Vane was tired of it. When rain fell, he said that the bus had left at noon.",
        "Karl Vane",
    ),
    "who acts, with an age": (
        "Otto Lund said it was late. Karl Vane (52) left. He said that the bus had left at noon.",
        "Karl Vane",
    ),
    "who acts after a role of another kind": (
        "Ida Kern said it was late. Her counterpart, Jorn Lund, left. He said that the bus had left.",
        "Jorn Lund",
    ),
    "whom alone the sentence before tells of": (
        "Detective Mark Sloan met Julia Park on Monday. She said that the bus had left.",
        "Julia Park",
    ),
    "the body that acts": (
        "Karl Vane said it was late. The coastguard widened its search. It said that it rained.",
        "The coastguard",
    ),
    "a name that is no person's": (
        "Dormo, which makes beds, said it was late. It said that the fire was put out.",
        "Dormo",
    ),
    "people": (
        "Two clerks said it was late. Neighbours ran into the street. They said that it burned down.",
        "Neighbours",
    ),
}


@pytest.mark.parametrize("name", NEAREST)
def test_a_pronoun_means_the_nearest_who_acts_or_speaks_and_agrees(name: str) -> None:
    text, expected = NEAREST[name]

    found = drafted(text)

    assert chain_of(found, len(found.statements) - 1) == expected


NOBODY = {
    "two who act": "While Karl Vane waited, since Otto Lund came, nothing moved. He said that it rained there.",
    "one who spoke, and a woman of whom her words speak": (
        "Robin Ost said that Ida Kern had left. She said that the bus was late."
    ),
    "another word for who spoke, or somebody else": (
        "Karl Vane said it was late. The captain walked to the pier. He said that it rained."
    ),
    "one who is introduced in between": (
        "Ida Kern said it was late. One of the names is that of Ewa Brandt, a dyer. "
        "She laughed when I called. She said that it rained."
    ),
    "nobody named before in which": (
        "Ida Kern said it was late. They held an old show, in which he said that it rained."
    ),
    "one of two who act together": (
        "Ida Kern and her sister Maria left. She said that it rained there."
    ),
    "a role of another kind without a name": (
        "Her old counterpart, of Velm, left. He said that it rained there."
    ),
    "a body for he": "The Port of Velm widened its search. He said that it rained on the quay.",
    "a place for he": "It was quiet in Port Velm. Port Velm slept all day. He said that it rained.",
    "a paper for a person": "The phone records said that it was late. She said that it rained.",
    "a cry": "READ ALL ABOUT THE FIRE now. He said that it rained on the quay.",
    "a topic": "Gender Equality.\n\nIt was dark. He said that it rained on the quay.",
    "a verb after a plural": "The rules empower the port. He said that it rained on the quay.",
    "a teacher of whom only the union was told": (
        "The teacher union said it was late. The teacher left. He said that it rained there."
    ),
    "a time": "After Friday the port slept. He said that it rained on the quay.",
    "an adjective": "The president's Pacific roots were old. He said that it rained on the quay.",
    "he is not she": "Nobody came. He said that it rained. She said that it was dry on the quay.",
}


@pytest.mark.parametrize("name", NOBODY)
def test_a_pronoun_that_could_mean_two_or_none_is_given_to_nobody(name: str) -> None:
    found = drafted(NOBODY[name])
    last = found.statements[-1].speaker

    assert ".unresolved-" in last.source
    assert "could mean" in (last.inferred or "") or "nobody before" in (last.inferred or "")


def test_a_pronoun_that_could_mean_two_names_both() -> None:
    found = drafted(NOBODY["another word for who spoke, or somebody else"])

    assert found.statements[-1].speaker.inferred == "“he” could mean The captain or Karl Vane"


def test_the_captain_of_whom_was_spoken_is_himself() -> None:
    found = drafted(
        "Captain Karl Vane said it was late. The captain walked to the pier. He said that it rained."
    )

    assert chain_of(found, 1) == "Karl Vane"


@pytest.mark.parametrize("border", ["13.31", "10:42 am: rain", "What we know so far"])
def test_a_block_of_a_live_page_ends_what_a_pronoun_remembers(border: str) -> None:
    post = "Karl Vane said that the ship sailed at noon."

    found = drafted(f"{post}\n\n{border}\n\nHe said that it was grey.")

    assert found.statements[-1].speaker.inferred == "nobody before “he” could be meant"


def test_a_paragraph_alone_ends_nothing() -> None:
    found = drafted("Karl Vane said the ship sailed at noon.\n\nHe said that it was grey.")

    assert chain_of(found, 1) == "Karl Vane"


@pytest.mark.parametrize(
    ("between", "count"),
    [
        ("It was late.", 2),
        ("He shrugged at the crowd.", 2),
        ("Ida Kern shrugged at the crowd.", 1),
        ("The captain shrugged at the crowd.", 2),
        ("Two neighbours shook their heads.", 1),
    ],
)
def test_a_quotation_alone_is_nobodys_once_somebody_else_has_acted(
    between: str, count: int
) -> None:
    found = drafted(
        f"Captain Karl Vane said the ship sailed. {between} “It was an old grey ship of ours.”"
    )

    assert len(found.statements) == count


def test_a_quotation_alone_is_nobodys_in_another_block() -> None:
    said = "Karl Vane said the ship sailed."

    assert len(drafted(f"{said}\n\n“It was an old grey ship.”").statements) == 2
    assert len(drafted(f"{said}\n\n14.20\n\n“It was an old grey ship.”").statements) == 1


def test_without_the_text_before_it_a_pronoun_means_who_was_told_of_last() -> None:
    speakers = Speakers(read_document("The ship sailed.", publisher="The Gazette"))
    vane = speakers.meant("Karl Vane", 0).speaker
    speakers.touch(vane, 0, ())

    assert speakers.meant("he", 1).speaker.id == vane.id
    assert speakers.meant("she", 1).inferred == "nobody before “she” could be meant"


# --- one person under several names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Joan Pike kept it. Pike said it was late.", "Joan Pike"),
        ("Pike said it was late. It was a day for Joan Pike.", "Joan Pike"),
        ("The clerk, Sava Pike, kept it. Pike said it was late.", "Sava Pike"),
        ("Joan Pike met Karl Pike. Pike said it was late.", "Pike"),
        ("Joan Pike met Karl Pike. Mr Pike said it was late.", "Karl Pike"),
        ("Joan Pike met Sava Pike. Pike said it was late.", "Pike"),
        ("Unlike Pike she kept it. Pike said it was late.", "Pike"),
        ("It was a Velmish Pike there. Pike said it was late.", "Pike"),
        ("Joan Pike KC said it was late.", "Joan Pike"),
        ("Joan Pike KC kept it. Pike said it was late.", "Joan Pike"),
        ("The accused, Dilo Pike, said it was late.", "Dilo Pike"),
        ("His lawyer, Pike, said it was late.", "Pike"),
        ("Velm Mayor Joan Pike said it was late.", "Joan Pike"),
        ("A UN spokesman, Dilo Pike, said it was late.", "Dilo Pike"),
        ("One of the town's lawyers, Joan Pike, said it was late.", "Joan Pike"),
        ("It was late, according to the governor of the region, Milo Reth.", "Milo Reth"),
    ],
)
def test_one_who_speaks_has_the_fullest_name_of_the_text(text: str, expected: str) -> None:
    assert chain_of(drafted(text)) == expected


def test_the_only_governor_told_of_is_the_one_who_is_named_next() -> None:
    found = drafted(
        "It was late, the regional governor said. Governor Milo Reth said that it rained there."
    )

    assert {each.speaker.source for each in found.statements} == {
        found.statements[0].speaker.source
    }


def test_one_general_of_several_is_not_the_one_who_is_named_next() -> None:
    found = drafted(
        "It was late, a Velmish general said. General Milo Reth said that it rained there."
    )

    assert len({each.speaker.source for each in found.statements}) == 2


def test_the_merid_agency_is_not_the_paper_that_is_named_next() -> None:
    found = drafted(
        "The Merid news agency said it was late. The daily Novy Den said that it rained there."
    )

    assert len({each.speaker.source for each in found.statements}) == 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Velmia said it was late. The Velmian army slept.", "government"),
        ("Velmia said it was late. Velmia's foreign minister slept.", "government"),
        ("Dormo, which makes beds, said it was late.", "organisation"),
        ("Aid Abroad, the charity that runs it, said it was late.", "organisation"),
        ("Aid Abroad said it was late. Aid Abroad is a medical charity.", "organisation"),
        ("Dormo said it was late. Dormo Ltd makes beds.", "organisation"),
        ("The daily Novy Den said it was late.", "outlet"),
        ("Novy Den said it was late. It was in the daily Novy Den.", "outlet"),
        ("Karl Vane said it was late. It was the firm Karl Vane had built.", "person"),
        ("Vane said it was late.", "person"),
        ("Ost said it was late. The Ostian army slept. Maria Ost left.", "person"),
        ("The prosecution said it was late.", "organisation"),
        ("The family said it was late.", "collective"),
        ("His deputy said it was late.", "person"),
    ],
)
def test_the_text_tells_of_what_kind_a_name_is(text: str, kind: str) -> None:
    found = drafted(text)

    assert found.source(found.statements[0].speaker.source).kind == kind


# --- words of people


@pytest.mark.parametrize(
    ("words", "name", "gender"),
    [
        ("Ida Kern", "Ida Kern", "she"),
        ("Karl Vane", "Karl Vane", "he"),
        ("Mrs Ost", "Ost", "she"),
        ("a spokesman", None, "he"),
        ("the lawyer for his widow", None, None),
        ("a clerk who hurt himself", None, "he"),
        ("a clerk who hurt herself", None, "she"),
        ("a clerk who left", None, None),
        ("Robin Ost", "Robin Ost", None),
    ],
)
def test_words_tell_whether_somebody_is_he_or_she(
    words: str, name: str | None, gender: str | None
) -> None:
    assert gender_of(words, name) == gender


@given(st.text(alphabet="AaBb Mr.Ida, ’s\n", max_size=60))
def test_names_are_found_in_any_text(text: str) -> None:
    for surname, known in people_in(text).items():
        assert surname == surname.casefold()
        assert all(name.split()[-1].casefold().startswith(surname[:1]) for _, name in known)
    assert all(name == name.casefold() for name in bodies_in(text))


@given(
    st.lists(
        st.sampled_from(
            ["He left.", "Karl Vane left.", "the clerk", "()", "In", "It", "“So,”", "13.30", "\n\n"]
        )
    )
)
def test_whom_sentences_begin_with_stands_in_them(pieces: list[str]) -> None:
    layout = laid_out(" ".join(pieces))
    for number in range(len(layout.sentences)):
        before = Before(layout, number, layout.sentences[number].end)
        assert all(each.words in before.text_of(number) for each in before.subjects(number))
        for earlier in before.sentences():
            assert earlier < number
            assert all(each.words in before.text_of(earlier) for each in before.subjects(earlier))
        assert all(each.words in before.text_of(number) for each in before.leading())


def test_a_sentence_that_ends_with_a_name_or_has_no_words_begins_with_nobody() -> None:
    assert Before(laid_out("Karl Vane"), 0).subjects(0) == ()
    assert Before(laid_out("()"), 0).subjects(0) == ()
