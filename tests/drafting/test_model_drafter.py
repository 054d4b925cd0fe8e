"""Recorded answers of models, good and bad: every span is true, or refused with a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic_ai.messages import ModelMessage, ModelResponse, ToolCallPart
from pydantic_ai.models.function import AgentInfo, FunctionModel
from pydantic_ai.models.test import TestModel

from provenance.drafting import (
    Draft,
    draft,
    load_draft,
    merge_drafts,
    model_prompt,
    model_schema,
    pydantic_ai_complete,
    read_document,
)
from provenance.errors import CaseError, FormatError, InvalidValue, MissingExtra

ANSWERS = Path(__file__).parent / "answers"
PAGE = (ANSWERS / "page.txt").read_text("utf-8")

LEFT_EARLY = ("orrel-echo < page.a-harbour-clerk", "The night ferry left Orrel quay an hour early")
UNTIED = ("ines-varga", "“I untied the rope myself,”")
ON_BOARD = ("ines-varga", "the ledger was on board")
MISSING = ("page.the-ferry-company denies", "any ledger was missing")
LAWYER = "page.the-company-s-lawyer"

# file, the statements that are used, the kinds of what is refused
GOOD = {
    "good.json": [LEFT_EARLY, UNTIED, ON_BOARD, MISSING],
    "fenced.txt": [LEFT_EARLY, UNTIED, ON_BOARD, MISSING],
    "nothing-found.txt": [],
    "other-typography.json": [
        (
            "ines-varga",
            "“The ledger, which had been kept since May, lay in the office — all of it,”",
        ),
        (LAWYER, "the quay was closed"),
    ],
    "spliced-with-ellipsis.json": [("ines-varga", "The ledger … lay in the office")],
    "spliced-without-a-sign.json": [("ines-varga", "which had been kept since May … all of it")],
    "in-two-parts.json": [
        ("ines-varga", "“I untied the rope myself,” … “Nobody asked me why.”")
    ],
    "same-words-twice.json": [
        (LAWYER, "the quay was closed"),
        ("page.the-mayor", "the quay was closed"),
    ],
    "other-spelling.json": [("page.a-harbour-clerk", LEFT_EARLY[1])],
    "an-offset-that-is-right.json": [ON_BOARD],
}  # fmt: skip
BAD = {
    "invented-words.json": ([UNTIED], ["not-in-text"]),
    "a-number-changed.json": ([], ["not-in-text"]),
    "invented-source.json": ([], ["invented-source"]),
    "invented-mention.json": ([], ["not-in-text"]),
    "invented-cue.json": ([], ["not-in-text"]),
    "invented-date.json": ([], ["not-in-text"]),
    "duplicate.json": ([UNTIED], ["duplicate"]),
    "wrong-offsets.json": ([], ["wrong-offset"]),
    "half-an-offset.json": ([], ["wrong-offset"]),
    "parts-in-the-wrong-order.json": ([], ["not-in-text"]),
    "one-source-twice.json": ([], ["circular-chain"]),
    "publisher-alone.json": ([], ["no-source"]),
    "two-words.json": ([], ["no-claim"]),
    "unknown-hedge.json": ([], ["wrong-shape"]),
    "another-stance.json": ([], ["wrong-shape"]),
    "basis-without-words.json": ([], ["wrong-shape"]),
    "another-basis.json": ([], ["wrong-shape"]),
    "an-unknown-key.json": ([], ["wrong-shape"]),
    "a-missing-key.json": ([], ["wrong-shape"]),
    "no-chain.json": ([], ["wrong-shape"]),
    "blank-content.json": ([], ["wrong-shape"]),
    "a-number-for-words.json": ([], ["wrong-shape"]),
    "statement-that-is-a-text.json": ([], ["wrong-shape"]),
    "cut-off.txt": ([], ["broken-json"]),
    "prose.txt": ([], ["broken-json"]),
    "a-key-twice.txt": ([], ["broken-json"]),
    "not-a-number.txt": ([], ["broken-json"]),
    "empty.txt": ([], ["empty-answer"]),
    "no-object.txt": ([], ["wrong-shape"]),
    "statements-and-more.txt": ([], ["wrong-shape"]),
}  # fmt: skip


def replayed(answer: Any, text: str = PAGE, **options: Any) -> Draft:
    """A draft of a text by a model that gives one answer."""
    page = read_document(text, publisher="The Gazette", published_on="2026-03-12", id="page")
    return draft(page, lambda prompt, schema: answer, **options)


def told(found: Draft) -> list[tuple[str, str]]:
    """Every statement as its chain, with its stance, and its content."""
    return [
        (
            " < ".join(hop.source for hop in each.chain[1:])
            + (" denies" if each.stance == "denies" else ""),
            " … ".join(one.text for one in each.content),
        )
        for each in found.statements
    ]


@pytest.mark.parametrize("name", GOOD)
def test_a_good_answer_is_found_in_the_text(name: str) -> None:
    found = replayed((ANSWERS / name).read_text("utf-8"))

    assert told(found) == GOOD[name]
    assert found.refused == ()


@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_is_refused_in_one_line_and_never_half_used(name: str) -> None:
    used, kinds = BAD[name]

    found = replayed((ANSWERS / name).read_text("utf-8"))

    assert told(found) == used
    assert [each.kind for each in found.refused] == kinds
    assert all("\n" not in str(each) and str(each).startswith("page: ") for each in found.refused)


def test_every_recorded_answer_is_replayed() -> None:
    assert {each.name for each in ANSWERS.iterdir()} == {*GOOD, *BAD, "page.txt"}


def test_what_the_model_says_of_a_hop_is_in_the_draft() -> None:
    found = replayed((ANSWERS / "good.json").read_text("utf-8"), model="some model")

    early, untied, aboard, missing = found.statements
    assert str(early.said_on) == "2026-03-10"
    assert [hop.role for hop in early.chain] == ["author", "relay", "speaker"]
    assert (untied.speaker.basis, untied.mode) == ("firsthand", "direct")
    assert (aboard.speaker.role, aboard.speaker.hedge) == ("holder", "probably")
    assert aboard.speaker.inferred == "“She” is taken by the model to mean Ines Varga"
    assert str(missing.said_on) == "2026-03-11"
    assert str(early.drafted_by[0]).startswith("some model prompt ")


def test_a_source_that_the_passage_does_not_mention_is_marked() -> None:
    said = {"who": "Ines Varga", "mention": None, "cue": None}
    answer = statements_of(statement(["Nobody asked me why"], [said]))

    found = replayed(answer)

    assert "whom these words do not mention" in (found.statements[0].speaker.inferred or "")


def statement(content: list[str], chain: list[dict[str, Any]]) -> dict[str, Any]:
    return {"content": content, "chain": chain, "stance": "affirms", "when": None,
            "hedge": None, "basis": None, "basis_words": None}  # fmt: skip


def statements_of(*several: dict[str, Any]) -> str:
    return json.dumps({"statements": several})


@pytest.mark.parametrize("answer", [None, 7, {"statements": []}, b"{}"])
def test_an_answer_that_is_no_text_is_refused(answer: Any) -> None:
    found = replayed(answer)

    assert [each.kind for each in found.refused] == ["broken-json"]
    assert type(answer).__name__ in found.refused[0].message


def test_more_statements_than_anybody_reads_are_refused_and_counted() -> None:
    said = [{"who": "Ines Varga", "mention": None, "cue": None}]
    several = [statement([f"no such words {number}"], said) for number in range(501)]

    found = replayed(statements_of(*several))

    assert len(found.refused) == 501
    assert "at most 500 statements, found 501" in found.refused[500 - 1].message or any(
        "at most 500 statements, found 501" in each.message for each in found.refused
    )


def test_words_longer_than_any_quotation_are_refused() -> None:
    said = [{"who": "Ines Varga", "mention": None, "cue": None}]

    found = replayed(statements_of(statement(["untied " * 2_000], said)))

    assert [each.kind for each in found.refused] == ["not-in-text"]


# --- long documents


def long_text(paragraphs: int) -> str:
    return "\n\n".join(
        f"Clerk{number} Ost said that crate {number} was empty and the lid was loose."
        for number in range(paragraphs)
    )


def reading(prompt: str, schema: dict[str, Any]) -> str:
    """A model that reads every sentence of the text that it is shown."""
    shown = prompt.rpartition("instruction to you.\n\n")[2]
    several = []
    for line in shown.split("\n\n"):
        who, verb, content = line.partition(" said ")
        if verb and content.strip().endswith("loose."):
            hop = {"who": who.strip(), "mention": who.strip(), "cue": "said"}
            several.append(statement([content.strip(". \n")], [hop]))
    return statements_of(*several)


def test_a_long_document_is_read_in_pieces_that_are_joined() -> None:
    page = read_document(long_text(120), publisher="The Gazette", id="page")
    asked: list[str] = []

    def complete(prompt: str, schema: dict[str, Any]) -> str:
        asked.append(prompt)
        return reading(prompt, schema)

    found = draft(page, complete, window=2_000)

    assert len(asked) > 4
    assert found.refused == ()
    speakers = [each.speaker.source for each in found.statements]
    assert speakers == [f"clerk{number}-ost" for number in range(120)]


def test_names_of_earlier_pieces_are_told_to_later_ones() -> None:
    page = read_document(long_text(60), publisher="The Gazette", id="page")
    asked: list[str] = []

    def complete(prompt: str, schema: dict[str, Any]) -> str:
        asked.append(prompt)
        return reading(prompt, schema)

    draft(page, complete, window=2_000)

    assert "for `who`: nobody" in asked[0]
    assert "for `who`: Clerk0 Ost; Clerk1 Ost" in asked[1]


def test_where_two_pieces_differ_the_one_with_more_text_around_counts() -> None:
    page = read_document(long_text(60), publisher="The Gazette", id="page")
    asked: list[str] = []

    def complete(prompt: str, schema: dict[str, Any]) -> str:
        asked.append(prompt)
        answer: dict[str, Any] = json.loads(reading(prompt, schema))
        for each in answer["statements"]:
            each["hedge"] = None
            if len(asked) == 2 and each is answer["statements"][0]:
                each["stance"] = "denies"  # at the very beginning of the second piece
        return json.dumps(answer)

    found = draft(page, complete, window=2_000)

    assert {each.stance for each in found.statements} == {"affirms"}
    assert len(found.statements) == 60


def test_a_sentence_longer_than_a_piece_is_cut() -> None:
    page = read_document("grain and " * 600, publisher="The Gazette", id="page")
    lengths: list[int] = []

    def complete(prompt: str, schema: dict[str, Any]) -> str:
        lengths.append(len(prompt.rpartition("instruction to you.\n\n")[2]))
        return '{"statements": []}'

    draft(page, complete, window=1_000)

    assert max(lengths) <= 1_001
    assert sum(lengths) >= 5_999


def test_pieces_that_are_too_short_are_refused() -> None:
    with pytest.raises(InvalidValue, match="at least 1000 characters, found 999"):
        replayed("", window=999)


# --- prompts


def test_a_prompt_of_ones_own_replaces_the_one_that_is_shipped() -> None:
    asked: list[str] = []

    def complete(prompt: str, schema: dict[str, Any]) -> str:
        asked.append(prompt)
        return '{"statements": []}'

    page = read_document("It costs $5, or ${text}.", publisher="The Gazette")
    draft(page, complete, prompt="$publisher writes: $text")

    assert asked == ["The Gazette writes: It costs $5, or ${text}."]


@pytest.mark.parametrize(
    "prompt", ["Read this.", "Read $text in $language.", "Read $text for 5 $."]
)
def test_a_prompt_with_other_blanks_is_refused(prompt: str) -> None:
    with pytest.raises(InvalidValue, match="prompt"):
        replayed("", prompt=prompt)


def test_the_shipped_prompt_shows_an_answer_of_the_schema() -> None:
    prompt = model_prompt()
    start = prompt.index('{"statements": [\n')

    shown = json.loads(prompt[start : prompt.index("\n\nRules:")])

    jsonschema.validate(shown, model_schema())


# --- properties

words = st.sampled_from([*PAGE.split(), "Ines Varga", "the quay was closed", "She", "said", "…"])
phrases = st.one_of(
    st.text(max_size=20),
    st.lists(words, min_size=1, max_size=6).map(" ".join),
    st.sampled_from(sorted({a + " " + b for a, b in zip(PAGE.split(), PAGE.split()[1:], strict=False)})),
)  # fmt: skip
chains = st.lists(
    st.fixed_dictionaries(
        {"who": phrases, "mention": st.none() | phrases, "cue": st.none() | phrases}
    ),
    max_size=3,
)
shaped = st.fixed_dictionaries(
    {
        "content": st.lists(phrases, min_size=1, max_size=3),
        "chain": chains,
        "stance": st.sampled_from(["affirms", "denies"]),
        "when": st.none() | phrases,
        "hedge": st.none() | st.sampled_from(["probably", "may"]) | phrases,
        "basis": st.none() | st.sampled_from(["firsthand", "magic"]),
        "basis_words": st.none() | phrases,
    }
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(
    st.lists(shaped | anything, max_size=4).map(lambda each: json.dumps({"statements": each}))
    | anything.map(json.dumps)
    | st.text(max_size=40)
)
@example('{"statements": [{"content": ["\\ud800"]}]}')
def test_whatever_a_model_answers_every_span_is_true_or_refused(answer: str) -> None:
    found = replayed(answer)

    # A draft checks itself that every passage says the words it points to.
    assert load_draft(found.to_json()) == found
    assert all("\n" not in str(each) for each in found.refused)


@given(st.lists(shaped | anything, max_size=4))
def test_what_the_schema_refuses_is_never_used(several: list[Any]) -> None:
    validator = jsonschema.Draft202012Validator(model_schema())
    fitting = [one for one in several if validator.is_valid({"statements": [one]})]

    found = replayed(json.dumps({"statements": several}))

    assert len(found.statements) <= len(fitting)


def test_the_same_answers_give_the_same_draft() -> None:
    answer = (ANSWERS / "good.json").read_text("utf-8")

    assert replayed(answer) == replayed(answer)


# --- beside the rules


def test_rules_and_a_model_that_agree_are_both_named() -> None:
    page = read_document(PAGE, publisher="The Gazette", id="page")
    by_model = replayed((ANSWERS / "good.json").read_text("utf-8"), model="some model")

    merged = merge_drafts([draft(page), by_model])

    both = [each for each in merged.statements if len(each.drafted_by) == 2]
    assert len(both) >= 3


def test_what_was_refused_stays_when_drafts_are_merged() -> None:
    found = replayed((ANSWERS / "invented-words.json").read_text("utf-8"))

    assert merge_drafts([found, found]).refused == found.refused


def test_a_refusal_of_a_document_that_is_not_there_is_a_problem() -> None:
    found = json.loads(replayed("").to_json())
    found["refused"][0]["document"] = "another"

    with pytest.raises(CaseError, match=r"refused\[0\]\.document"):
        load_draft(found)


# --- Pydantic AI


def test_a_model_of_pydantic_ai_drafts() -> None:
    recorded = json.loads((ANSWERS / "good.json").read_text("utf-8"))

    def answer(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        return ModelResponse(parts=[ToolCallPart(info.output_tools[0].name, recorded)])

    page = read_document(PAGE, publisher="The Gazette", id="page")
    found = draft(page, pydantic_ai_complete(FunctionModel(answer)))

    assert told(found) == GOOD["good.json"]


def test_a_model_that_makes_things_up_is_refused() -> None:
    page = read_document(PAGE, publisher="The Gazette", id="page")

    found = draft(page, pydantic_ai_complete(TestModel(seed=3)))

    assert found.statements == ()
    assert len(found.refused) == 1


def test_a_model_that_cannot_be_asked_is_told() -> None:
    ask = pydantic_ai_complete("no-such-model")

    with pytest.raises(FormatError, match="expected an answer of the model no-such-model, found"):
        ask("Read this", model_schema())


def test_without_pydantic_ai_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pydantic_ai", None)

    with pytest.raises(MissingExtra, match="llm"):
        pydantic_ai_complete("some-model")
