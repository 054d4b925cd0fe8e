"""The drafter by rules as a whole: languages, hearsay, dates, headlines, and hostile texts."""

from __future__ import annotations

import sys

import pytest
from drafted_texts import chain_of, content_of, drafted
from hypothesis import example, given
from hypothesis import strategies as st

from provenance.drafting import Draft, draft, load_draft, merge_drafts, read_document
from provenance.errors import InvalidValue

OTHER_LANGUAGES = {
    "German": "Der Minister sagte am Freitag, das Schiff sei in der Nacht aus dem Hafen gelaufen.",
    "French": "Le ministre a dit vendredi que le navire avait quitté le port dans la nuit avec du blé.",
    "Spanish": "El ministro dijo el viernes que el barco había salido del puerto por la noche.",
    "Arabic": "قال الوزير يوم الجمعة إن السفينة غادرت الميناء ليلا وعلى متنها أسلحة.",
    "Cyrillic": "Министр сказал в пятницу, что корабль вышел из порта ночью с оружием.",
}


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_a_text_in_another_language_is_told_and_not_drafted(language: str) -> None:
    found = drafted(OTHER_LANGUAGES[language])

    assert found.statements == ()
    assert language in found.documents[0].remarks[0]


def test_a_text_that_is_declared_to_be_in_another_language_is_not_drafted() -> None:
    page = read_document("The ship sailed, he said.", publisher="The Gazette", language="de-AT")

    assert "declared as 'de-AT'" in draft(page).documents[0].remarks[0]


@pytest.mark.parametrize("text", ["12 34 56", "Xylo brix quon vapt. " * 20])
def test_a_text_without_words_of_any_language_is_not_drafted(text: str) -> None:
    assert drafted(text).documents[0].remarks != ()


def test_hearsay_rests_on_the_outlet_on_which_the_text_draws() -> None:
    found = drafted(
        "The Velm Herald said the ship sailed. The captain reportedly told a clerk that it was grey."
    )

    assert chain_of(found, 1) == "The Velm Herald < The captain"
    assert "reportedly" in (found.statements[1].chain[1].inferred or "")


def test_hearsay_without_an_outlet_rests_on_nobody() -> None:
    found = drafted("The captain reportedly told a clerk that it was grey.")

    assert chain_of(found) == "reports of which the text does not say whose they are < The captain"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Karl Vane said on Friday that the ship sailed.", "2026-03-06"),
        ("Karl Vane said yesterday that the ship sailed.", "2026-03-08"),
        ("Karl Vane said today that the ship sailed.", "2026-03-09"),
        ("On March 2, Karl Vane said that the ship sailed.", "2026-03-02"),
        ("On 2 June, Karl Vane said that the ship sailed.", "2025-06-02"),
        ("On June 2, 2024, Karl Vane said that the ship sailed.", "2024-06-02"),
        ("In late February, Karl Vane said that the ship sailed.", "2026-02-21/2026-02-28"),
        ("In May 2025, Karl Vane said that the ship sailed.", "2025-05"),
        ("In the fall of 2013, Karl Vane said that the ship sailed.", "2013-09/2013-11"),
        ("In 2019 Karl Vane said that the ship sailed.", "2019"),
        ("In the winter of 2013 Karl Vane said that the ship sailed.", "None"),
        ("On 31 June Karl Vane said that the ship sailed.", "None"),
        ("Karl Vane said that the ship sailed on Friday.", "None"),
        ("Karl Vane said that the ship sailed.", "None"),
    ],
)
def test_a_date_is_read_where_it_says_when_something_was_said(sentence: str, said: str) -> None:
    assert str(drafted(sentence).statements[0].said_on) == said


@pytest.mark.parametrize("sentence", ["on Friday", "in May", "on May 2", "yesterday", "today"])
def test_a_date_without_a_year_needs_the_day_of_the_document(sentence: str) -> None:
    found = drafted(f"Karl Vane said {sentence} that the ship sailed.", published=None)

    assert found.statements[0].said_on is None


@pytest.mark.parametrize(
    ("sentence", "mode"),
    [
        ("“The ship sailed at night,” Karl Vane said.", "direct"),
        ("Karl Vane said that the ship “sailed at night”.", "mixed"),
        ("Karl Vane said that the ship sailed.", "indirect"),
    ],
)
def test_a_statement_is_quoted_partly_quoted_or_told(sentence: str, mode: str) -> None:
    assert drafted(sentence).statements[0].mode == mode


ARTICLE = """Port lost track of forty containers, official says

A port official said on Friday that the port had lost track of forty containers.

The containers held toys.

Port lost track of forty containers

Karl Vane denied that anything was lost.
"""


def test_headlines_and_captions_that_repeat_a_statement_are_further_places_of_it() -> None:
    found = drafted(ARTICLE)

    assert [chain_of(found, place) for place in range(2)] == ["A port official", "Karl Vane"]
    assert [each.text for each in found.statements[0].repeats] == [
        "Port lost track of forty containers",
        "Port lost track of forty containers",
    ]
    locators = found.case(unconfirmed=True).attributions[1].locators
    assert len(locators) == 3


def test_a_headline_that_only_the_headline_has_is_a_statement() -> None:
    found = drafted(
        "Ship was lost at dawn, official says\n\nRain.\n\nKarl Vane said the sea was calm.\n\nEnd."
    )

    assert content_of(found) == "Ship was lost at dawn"


def test_contents_that_say_nearly_the_same_are_one_claim() -> None:
    found = drafted(
        "Karl Vane said that the grain ship sailed from Velm at night. "
        "Maria Ost said the grain ship had sailed from Velm at night. "
        "Lena Roth said the grain ship had not sailed from Velm at night."
    )

    assert len(found.claims) == 1
    assert [each.stance for each in found.statements] == ["affirms", "affirms", "denies"]


def test_contents_with_other_numbers_are_other_claims() -> None:
    found = drafted(
        "Karl Vane said that 12 sailors of the crew were lost. "
        "Maria Ost said that 20 sailors of the crew were lost."
    )

    assert len(found.claims) == 2


def test_a_drafted_statement_is_never_weighed_unasked() -> None:
    found = drafted(ARTICLE)

    assert found.case().attributions == ()
    assert all(each.state == "draft" for each in found.statements)


def held(found: Draft) -> None:
    """What is true of every draft."""
    for statement in found.statements:
        document = found.document(statement.document)
        for _, passage in statement.passages:
            assert document.text[passage.start : passage.end] == passage.text
        sources = [hop.source for hop in statement.chain]
        assert len(set(sources)) == len(sources) > 1
        assert all(hop.mention or hop.inferred or hop.cue for hop in statement.chain[1:])
    assert load_draft(found.to_json()) == found
    assert found.case(unconfirmed=True).claims or not found.statements


WORDS = st.sampled_from(
    [
        "\n",
        "",
        "",
        "",
        "the",
        "a",
        "said",
        "says",
        "told",
        "Karl",
        "Vane",
        "Ost",
        "he",
        "she",
        "they",
        "it",
        "that",
        "“",
        "”",
        ",",
        ".",
        "?",
        "!",
        "(",
        ")",
        "—",
        "--",
        ":",
        ";",
        "Herald",
        "daily",
        "Velm\n",
        "",
        "",
        "",
        "according",
        "to",
        "report",
        "reports",
        "claims",
        "source",
        "sources",
        "officials",
        "denied",
        "accused",
        "of",
        "citing",
        "cited",
        "as\n",
        "",
        "",
        "",
        "saying",
        "with",
        "telling",
        "reportedly",
        "allegedly",
        "is",
        "was",
        "reported",
        "ship",
        "sailed",
        "and",
        "but",
        "who",
        "which",
        "while",
        "''\n",
        "",
        "",
        "",
        '"',
        "‘",
        "’",
        "Friday",
        "In",
        "On",
        "adding",
        "believes",
        "\n",
        "\n\n",
        "12",
        "The",
        "A",
        "“It",
        "sailed,”",
        "went",
        "on",
        "to",
        "claim",
        "pointed",
        "out\n",
        "",
        "",
        "",
        "",
    ]
)


@given(st.lists(WORDS, max_size=60).map(" ".join))
@example("“ said Karl (")
@example("said said said")
@example("according to according to , , the Herald")
def test_anything_made_of_such_words_is_drafted_with_true_passages(text: str) -> None:
    if text.strip():
        held(drafted(f"{text} The ship is in the port of the town."))


@given(st.text(max_size=300))
def test_any_text_is_drafted_or_told(text: str) -> None:
    if text.strip() and not any("\ud800" <= each <= "\udfff" for each in text):
        held(drafted(text))


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_the_same_text_gives_the_same_draft(text: str) -> None:
    whole = f"{text} The ship is in the port of the town, he said."

    assert drafted(whole).to_json() == drafted(whole).to_json()


@given(st.lists(st.lists(WORDS, max_size=20).map(" ".join), min_size=1, max_size=3))
def test_merging_a_draft_with_itself_changes_nothing(texts: list[str]) -> None:
    pages = [
        read_document(
            f"{text} It was so, Ost said in the town.", publisher=f"Paper {place}", id=f"p{place}"
        )
        for place, text in enumerate(texts)
    ]
    found = draft(pages)

    assert merge_drafts([found, found]) == found


HOSTILE = {
    "letters": "a",
    "quotation marks": "“",
    "straight marks": '"',
    "parentheses": "(",
    "pairs": "()",
    "commas": ", ",
    "verbs": "said ",
    "reports": "reports that ",
    "sources": "according to ",
    "stops": "A. ",
    "lines": "said\n",
    "dashes": "— ",
    "names": "Karl Vane ",
    "clauses": "Ost said that ",
    "articles": "The ship sailed, Karl Vane said. “It was grey.” He denied that it sank. ",
}


def calls(text: str) -> int:
    """How many functions are called to draft a text, which no clock and no other process changes."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    page = read_document(text, publisher="The Gazette", language="en")
    sys.setprofile(counted)
    try:
        draft(page)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_takes_work_in_proportion_to_its_length(name: str) -> None:
    opening = "The ship is in the port of the town. "

    short, long = (calls(opening + HOSTILE[name] * times) for times in (150, 1_200))

    # Eight times the text: proportional is 8, quadratic 64.
    assert long < 12 * short + 2_000


@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_of_a_hostile_text_comes_to_an_end(name: str) -> None:
    piece = HOSTILE[name]
    text = "The ship is in the port of the town. " + piece * (1_000_000 // len(piece))

    found = drafted(text)

    assert found.documents[0].text == text


def test_an_outlet_that_quotes_itself_under_another_spelling_is_left_out() -> None:
    found = drafted("The ship sailed, Vane’s Echo reported.", publisher="Vane's Echo")

    assert found.statements == ()


def test_a_word_of_hundreds_of_contents_is_not_looked_up() -> None:
    text = " ".join(f"Karl Vane said that ship number {number} sailed." for number in range(305))

    assert len(drafted(text).claims) == 305


def test_a_quotation_with_other_words_around_it_is_no_statement_by_itself() -> None:
    found = drafted("Karl Vane said the ship sailed. Then came “the long night” of Velm.")

    assert len(found.statements) == 1


def test_a_question_that_stands_alone_is_no_statement() -> None:
    found = drafted("“The ship sailed,” Karl Vane said. “Who saw it go?”")

    assert len(found.statements) == 1


def test_a_quotation_after_an_empty_paragraph_of_others_is_not_taken() -> None:
    found = drafted("Karl Vane said the ship sailed.\n\n“Nobody saw it go.”\n\nBread is dear.")

    assert len(found.statements) == 2


def test_a_quotation_that_a_line_announces_is_that_of_its_speaker() -> None:
    found = drafted("The mayor said:\n\n“We have paid every bill.”\n\n“And we will.”")

    assert [chain_of(found, place) for place in range(2)] == ["The mayor", "The mayor"]
    assert found.statements[0].speaker.cue is not None
    assert found.statements[0].speaker.inferred is None
    assert "no words of its own" in (found.statements[1].speaker.inferred or "")


@pytest.mark.parametrize(
    "line", ["The list of the mayor:", "The mayor did not say:", "He was told:", "Said:"]
)
def test_a_line_that_announces_nobody_lends_no_speaker(line: str) -> None:
    assert drafted(f"{line}\n\n“We have paid every bill.”").statements == ()


def test_what_we_announce_ourselves_is_not_drafted() -> None:
    assert drafted("We said:\n\n“The ship sailed at night.”").statements == ()


def test_a_quotation_later_in_the_paragraph_is_still_that_of_its_speaker() -> None:
    found = drafted(
        "“The gate was open,” said Mara Lind. She runs the depot. “Nobody closed it.” "
        "It rained. It went on. It stopped. It rained. “It was a wet year.”"
    )

    assert [content_of(found, place) for place in range(len(found.statements))] == [
        "“The gate was open,”",
        "“Nobody closed it.”",
    ]


def test_a_question_lends_its_speaker_to_the_quotation_after_it() -> None:
    found = drafted(
        "“Is that all there is?” the mayor said. “We need a new bridge.” “Why?” “We do.”"
    )

    assert [chain_of(found, place) for place in range(len(found.statements))] == ["the mayor"]


def test_a_sentence_may_end_with_initials() -> None:
    found = drafted("The Herald reported the letter came from the U.S. The letter was grey.")

    assert content_of(found) == "the letter came from the U.S."


def test_a_quotation_within_a_quotation_ends_with_it() -> None:
    found = drafted("''They told us, 'Velm is a special case,''' the mayor said.")

    assert content_of(found) == "''They told us, 'Velm is a special case,'''"


def test_a_bracket_that_is_never_closed_hides_nothing() -> None:
    found = drafted("The fund (in Velm was empty, the mayor said. It rained in the harbour.")

    assert content_of(found) == "The fund (in Velm was empty"


def test_a_sentence_that_is_all_in_brackets_is_read() -> None:
    found = drafted("It rained. (The mayor, who was there, said that the fund was empty.)")

    assert content_of(found) == "that the fund was empty"


@pytest.mark.parametrize("text", ["(he said", "[The mayor said so", "(", "( said:"])
def test_a_bracket_that_is_never_closed_says_nothing_alone(text: str) -> None:
    assert (
        drafted(f"{text}\n\nIt rained in the harbour of Velm and the crane stood still.").statements
        == ()
    )


@pytest.mark.parametrize(
    "dateline",
    ["VARNA, June 13 (Norda) - ", "PORT VELM (Norda) — ", "WASHINGTON — ", "BEIRUT, Lebanon -- "],
)
def test_where_and_when_a_report_was_written_is_no_part_of_what_is_said(dateline: str) -> None:
    found = drafted(f"{dateline}The guard fired at the ship, an official said.")

    assert content_of(found) == "The guard fired at the ship"


def test_when_something_was_said_is_no_part_of_who_said_it() -> None:
    for words in ("Norda earlier reported", "Norda had earlier reported"):
        assert chain_of(drafted(f"{words} that the ship was hit.")).endswith("Norda")


def test_a_text_is_no_document_yet() -> None:
    with pytest.raises(InvalidValue, match="read_document makes one"):
        draft(["The ship sailed, a source said."])  # type: ignore[list-item]
