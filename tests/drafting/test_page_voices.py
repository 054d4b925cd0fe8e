"""Who takes which side of a claim on a page: unit cases, and properties over any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import audit
from provenance.drafting import read_document
from provenance.drafting.claim_words import ClaimWords
from provenance.drafting.page_voices import HeardPage, heard_on
from provenance.drafting.pages import Page, sides_of

DAM = "The dam at Orlik failed"
VANE = "Karl Vane took a bribe"


def heard(text: str, claim: str = DAM) -> HeardPage:
    return heard_on(read_document(text, publisher="The Gazette"), ClaimWords(claim))


def told(text: str, claim: str = DAM) -> list[tuple[str, list[str]]]:
    return [(each.side, [who.name for who in each.chain]) for each in heard(text, claim).voices]


def sides(claim: str = DAM, **fields: str) -> list[tuple[str, str]]:
    page = Page(publisher="The Gazette", **fields)  # type: ignore[arg-type]
    return [(each.stance, each.reason) for each in sides_of(page, ClaimWords(claim))]


@pytest.mark.parametrize(
    ("text", "voices"),
    [
        ("The dam at Orlik failed, said Ida Kern, the mayor.", [("affirms", ["Ida Kern"])]),
        ("Ida Kern told the Herald that the dam at Orlik failed.",
         [("affirms", ["Herald", "Ida Kern"])]),
        # nobody is told to say so: the page does
        ("The dam at Orlik failed. Ida Kern said she was shocked.", [("affirms", [])]),
        ("It was reported that the dam at Orlik failed.", [("affirms", [])]),
        # the page itself is no second voice beside who it has it from
        ("The dam at Orlik failed.\n\nThe dam at Orlik failed, Ida Kern said.",
         [("affirms", ["Ida Kern"])]),
        ("The dam at Orlik failed, Ida Kern said. The Orlik dam failed at dawn, said Kern.",
         [("affirms", ["Ida Kern"])]),
        # what nobody knows who says is no voice where the page itself denies it
        ("Reports say the dam at Orlik failed. The reports are false.", [("denies", [])]),
        ("Sources say the dam at Orlik failed. That is false.", [("denies", [])]),
        # a claim over two sentences
        ("The water at Orlik rose all night. At dawn the dam failed, Ida Kern said.",
         [("affirms", ["Ida Kern"])]),
        # a hearer who is the paper itself
        ("“The dam at Orlik failed,” Ida Kern told the paper.", [("affirms", ["Ida Kern"])]),
    ],
)  # fmt: skip
def test_a_claim_is_said_by_whom_the_text_names_or_by_the_page(
    text: str, voices: list[tuple[str, list[str]]]
) -> None:
    assert told(text) == voices


def test_a_pronoun_stands_for_whom_the_claim_names() -> None:
    assert told("Prosecutors were busy with Karl Vane. He took a bribe, they said.", VANE) == [
        ("affirms", ["Prosecutors"])
    ]
    assert told("“I took a bribe,” Karl Vane said.", VANE) == [("affirms", ["Karl Vane"])]
    assert told("“I took a walk,” Karl Vane said.", VANE) == []


def test_a_claim_that_denies_is_affirmed_by_who_denies_the_contrary() -> None:
    negative = "The dam at Orlik did not fail"

    assert told(f"Ida Kern denied that {DAM.lower()}.", negative) == [("affirms", ["Ida Kern"])]
    assert told(f"{DAM}. That is false.", negative) == [("affirms", [])]


def test_two_sentences_that_only_ask_state_nothing() -> None:
    text = "Nobody knows whether the dam is safe. Orlik may have seen it fail."

    assert heard(text).unclear in text


@pytest.mark.parametrize(
    "denial",
    [
        "Vane denies fraud.",  # near by, and nothing tells of what it is
        "He pleaded not guilty.",
        "Snow fell. The square was empty. A band played. Karl Vane denies fraud.",  # who is named
        "Karl Vane has denied taking money from builders.",  # by him, of something
    ],
)
def test_a_denial_of_which_words_do_not_tell_what_it_is_of_is_quoted(denial: str) -> None:
    found = heard(f"Karl Vane took a bribe, two officers said. {denial}", VANE)

    assert found.voices == ()
    assert found.is_denial
    assert found.unclear in denial


def test_a_denial_of_something_else_with_a_name_of_the_claim_is_asked_about() -> None:
    text = "Karl Vane took a bribe, two officers said. A builder denied that he had met Vane."

    found = audit([{"publisher": "The Gazette", "text": text}], VANE).claims[0]

    assert found.origins == (1, 1)
    assert [each.pages for each in found.check if each.kind == "perhaps-denied"] == [(0,)]


@pytest.mark.parametrize(
    "other",
    [
        "The ministry denied that it had been warned.",
        "The board rejected a new mill.",
        "A clerk said that tales of ghosts are a hoax.",
    ],
)
def test_a_denial_of_something_else_leaves_who_affirms(other: str) -> None:
    found = heard(f"The dam at Orlik failed, Ida Kern said. {other}")

    assert [each.side for each in found.voices] == ["affirms"]
    assert found.asked == ()


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (f"{DAM}, Ida Kern said. The board said that the dam at Orlik did not fail.",
         ["affirms", "denies"]),
        ("The board denied that the dam at Orlik failed. Ida Kern said it did not fail.",
         ["denies"]),
        (f"{DAM}, Ida Kern said. The board denied that the dam at Orlik did not fail.",
         ["affirms", "affirms"]),
    ],
)  # fmt: skip
def test_who_says_that_it_is_not_so_denies_it_once(text: str, sides: list[str]) -> None:
    assert sorted(side for side, _ in told(text)) == sides


def test_a_clause_beside_the_claim_does_not_make_its_speaker_one_who_states_it() -> None:
    text = "The dam at Orlik failed; the clerk says the count was clean."

    assert told(text) == [("affirms", [])]


def test_whom_the_police_suspect_has_not_been_told_to_have_done_it() -> None:
    text = "A 24-year-old man from Hopwood was arrested on suspicion of murder, the police said."
    claim = "A 24-year-old man from Hopwood stabbed a teenager"

    found = audit([{"publisher": "The Gazette", "text": text}], claim).claims[0]

    assert found.uncounted == (0,)
    assert next(each.kind for each in found.check) == "unclear"
    assert [side for side, _ in told(text, "The man from Hopwood was arrested on suspicion")] == [
        "affirms"
    ]


def test_where_nobody_states_a_claim_the_nearest_sentence_is_told() -> None:
    text = "It rained. The dam at Orlik is old. It is large."

    found = audit([{"publisher": "The Gazette", "text": text}], DAM).claims[0]

    told = found.check[0].text
    assert "the nearest is “The dam at Orlik is old.”, in which “failed” is missing" in told


def test_a_claim_whose_words_stand_far_apart_is_stated_nowhere() -> None:
    text = "The dam is old. Snow fell on the hills. Orlik is a town. A band played. A mill failed."

    assert heard(text) == HeardPage()


@pytest.mark.parametrize("other", ["The clerk denies fraud.", "There is no truth in ghosts."])
def test_a_far_denial_of_somebody_else_leaves_who_affirms(other: str) -> None:
    text = f"{DAM}, Ida Kern said. Snow fell. A band played. It was cold. {other}"

    assert told(text) == [("affirms", ["Ida Kern"])]


def test_a_title_is_read_with_the_text() -> None:
    assert sides(title="Ida Kern: dam at Orlik failed", text="Snow fell.") == [
        ("affirms", "states")
    ]
    assert sides(title="The dam at Orlik failed") == [("affirms", "states")]
    assert sides(title="Did the dam at Orlik fail?") == [("neither", "unclear")]
    assert sides(title=" ", text="") == [("neither", "not-stated")]


def test_what_a_page_is_said_to_say_affirms_but_for_a_denial_in_it() -> None:
    both = "The dam at Orlik failed, Ida Kern said. Karl Vane denied it."
    open_denial = "Karl Vane took a bribe, officers said. Vane denies fraud."

    assert sides(says="It failed") == [("affirms", "given")]
    assert sides(says="It failed", text=both) == [("affirms", "given")]
    assert sides(says="It broke") == [("neither", "other-words")]
    assert sides(says=both) == [("affirms", "states"), ("denies", "divided")]
    assert sides(says=both, text="Snow fell.") == [("affirms", "states"), ("denies", "divided")]
    assert sides(VANE, says=open_denial) == [("neither", "perhaps-denied")]
    assert sides(says="The dam at Orlik did not fail") == [("denies", "denies")]
    assert sides(says="It is open whether the dam at Orlik failed") == [("neither", "unclear")]


def test_a_stance_that_is_given_has_those_on_its_side() -> None:
    text = "The dam at Orlik failed, Ida Kern said. Karl Vane denied it."

    for stance, who in (("affirms", "Ida Kern"), ("denies", "Karl Vane")):
        found = audit([{"publisher": "The Gazette", "text": text, "stance": stance}], DAM)
        assert [each.origin for each in found.claims[0].groups] == [who]
    assert sides(text=text, stance="neither") == [("neither", "given")]


def test_a_page_that_says_both_of_its_own_takes_no_side() -> None:
    text = "The dam at Orlik failed. Snow fell on the town.\n\nThe dam at Orlik did not fail."

    assert sides(text=text) == [("neither", "both")]


def test_speakers_are_found_in_other_words_where_the_side_is_given() -> None:
    pages = [{"publisher": "The Gazette", "stance": "affirms", "says": "dam broke near Orlik",
              "text": "Snow fell. A dam broke near Orlik town, Ida Kern said."}]  # fmt: skip

    assert audit(pages, "Orlik was flooded").claims[0].groups[0].origin == "Ida Kern"


def test_two_unnamed_officials_of_two_papers_may_be_four() -> None:
    pages = [{"publisher": name, "text": f"{DAM}, two officials said."} for name in ("A", "B")]
    minister = [{"publisher": name, "text": f"{DAM}, the minister said."} for name in ("A", "B")]

    assert audit(pages, DAM).claims[0].origins == (1, 2)
    assert audit(minister, DAM).claims[0].origins == (1, 1)


def test_a_speaker_stands_behind_the_agency_whose_text_it_is() -> None:
    text = f"VELM (Reuters) - {DAM}, the water board said."
    registry = [{"id": "reuters", "name": "Reuters", "reliability": "A"}]

    found = audit([{"publisher": "The Gazette", "text": text}], DAM, sources=registry)

    assert found.claims[0].groups[0].origin == "the water board"
    assert [(each.source, each.behind) for each in found.links] == [
        ("Reuters", ""), ("the water board", "Reuters"),
    ]  # fmt: skip
    assert found.claims[0].assessment.probability < 0.8


def test_who_the_list_says_it_is_from_is_no_second_one_where_the_page_names_them() -> None:
    page = {"publisher": "The Gazette", "text": f"{DAM}, Ida Kern said.", "cites": "Ida Kern"}

    found = audit([page], DAM)

    assert [(each.kind, each.counted) for each in found.links] == [("stated", True)]
    assert found.claims[0].origins == (1, 1)


def test_what_a_page_that_is_said_to_deny_links_to_may_be_what_it_denies() -> None:
    text = "Es ist falsch, according to https://hearsay.example/1, laut Nordbote."

    found = audit([{"publisher": "The Gazette", "text": text, "stance": "denies"}], DAM)

    assert "linked" not in {each.kind for each in found.links}
    assert found.claims[0].origins_against == (1, 1)


def test_a_name_that_is_nearly_that_of_another_is_asked_about() -> None:
    pages = [
        {"publisher": "Harbour Hub", "says": "It failed"},
        {"publisher": "Vendor", "cites": "Harbour Hubb"},
        {"publisher": "Reseller", "cites": "Norda"},
    ]

    found = audit(pages, DAM).claims[0]

    asked = [each for each in found.check if each.kind == "near-name"]
    assert [each.pages for each in asked] == [(1,)]
    assert "Is Harbour Hubb, whom Vendor (page 1) cites, Harbour Hub?" in asked[0].text


def test_what_somebody_else_saw_is_not_the_work_of_the_page() -> None:
    text = f"{DAM}. “I saw the water,” Ida Kern said."

    found = audit([{"publisher": "The Gazette", "text": text}], DAM).claims[0]

    assert "own-work" not in {each.kind for each in found.check}


def test_claims_are_taken_from_titles_without_the_name_of_the_site() -> None:
    titles = {"a": "Mill burns | The Gazette", "b": "Mill burns - B", "c": "Mill burns - 3 dead"}
    pages = [{"url": f"https://{name}.example/1", "title": title} for name, title in titles.items()]

    found = audit(pages)

    assert {each.assessment.text for each in found.claims} == {"Mill burns"}
    assert audit(pages[2:]).claims[0].assessment.text == "Mill burns - 3 dead"


words = st.sampled_from(
    [*DAM.split(), "said", "denied", "it", ".", ",", "Ida Kern", "“", "”", "not", "that", "\n\n",
     "The Herald", "reported", "false", "claim", "the", "he", "told", "?"]
)  # fmt: skip


@given(st.lists(words, max_size=40).map(" ".join))
def test_voices_of_any_text_stand_in_it_and_the_same_text_has_the_same(text: str) -> None:
    document = read_document(text or "x", publisher="The Gazette")

    found = heard_on(document, ClaimWords(DAM))

    assert found == heard_on(document, ClaimWords(DAM))
    for each in found.voices:
        assert document.text[each.start : each.end] == each.text
    assert not (found.voices and found.unclear)
