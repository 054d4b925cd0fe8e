"""Files that mean harm, or are merely broken: a clear error, in bounded time and memory."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.casefiles import dump_case, load_case, load_sources, merge_cases
from provenance.errors import CaseError
from provenance.records import Case, Registry
from tests.cases.written_cases import MINIMAL, spoiled

HEAD = json.dumps(MINIMAL)[:-1]


def code_of(source: Any, **limits: int) -> str:
    with pytest.raises(CaseError) as caught:
        load_case(source, **limits)
    return caught.value.problems[0].code


def outcome(source: Any, load: Callable[[Any], Case | Registry] = load_case) -> Any:
    """What loading gives: a case, or the problems of our own error."""
    try:
        return load(source)
    except CaseError as error:
        return error.problems


def extended(value: str) -> str:
    """The minimal case as text, with an extension."""
    return f'{HEAD}, "x-more": {value}}}'


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "not-json"),
        (b"{", "not-json"),
        (b"{}}", "not-json"),
        (b"{'a': 1}", "not-json"),
        (b'{"a": 01}', "not-json"),
        (b'{"a": "\n"}', "not-json"),
        (b"null", "not-an-object"),
        (b"[]", "not-an-object"),
        (b'"{}"', "not-an-object"),
        (b'{"a": "\xff"}', "not-utf-8"),
        (b'{"a": "\xed\xa0\x80"}', "not-utf-8"),
        (b"\xff\xfe{\0}\0", "not-utf-8"),
        ("\ufeff\ufeff{}", "not-json"),
        ("{}".encode("utf-16"), "not-utf-8"),
        ('{"a": "\ud800"}', "broken-text"),
        (3, "cannot-read"),
        (None, "cannot-read"),
        (["{}"], "cannot-read"),
        ("", "cannot-read"),
        ("\0", "cannot-read"),
        ("\ud800", "cannot-read"),
        ("no such file.json", "cannot-read"),
        ("a" * 100_000, "cannot-read"),
        ("[]", "cannot-read"),
    ],
)
def test_what_is_no_case_is_refused_in_our_words(source: object, code: str) -> None:
    assert code_of(source) == code


@pytest.mark.parametrize("mark", ["\ufeff", "\ufeff \n"])
def test_the_mark_that_windows_puts_before_utf_8_is_passed_over(mark: str, tmp_path: Path) -> None:
    text = mark + '{"version": 1, "claims": [], "sources": [], "attributions": []}'
    path = tmp_path / "notepad.json"
    path.write_text(text, encoding="utf-8")

    assert load_case(path) == load_case(text.encode()) == load_case(text)


@pytest.mark.parametrize("text", ["version: 1\n", "# a case\n---\n\ntitle: x", "claims:\n- id: a"])
def test_yaml_is_told_how_to_become_json(text: str) -> None:
    with pytest.raises(CaseError) as refused:
        load_case(text.encode())

    (problem,) = refused.value.problems
    assert problem.code == "not-json"
    assert "looks like YAML" in problem.fix
    assert "json.dumps" in problem.fix


def test_what_is_neither_json_nor_yaml_is_corrected_where_it_is_wrong() -> None:
    with pytest.raises(CaseError) as refused:
        load_case(b"https://example.org")

    assert refused.value.problems[0].fix == "correct the text there"


def test_a_folder_is_no_case(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "cannot-read"


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity", "1e999", "-1e400", "9" * 500])
def test_numbers_that_are_none_are_named_with_their_path(literal: str) -> None:
    with pytest.raises(CaseError) as caught:
        load_case(extended(f'{{"deep": [1, {literal}]}}'))

    (problem,) = caught.value.problems
    assert (problem.path, problem.code) == ("x-more.deep[1]", "not-finite")


def test_a_number_of_millions_of_digits_is_not_converted() -> None:
    assert code_of(extended("9" * 5_000_000)) == "not-finite"


def test_a_key_that_stands_twice_is_named_with_its_path() -> None:
    with pytest.raises(CaseError) as caught:
        load_case(extended('{"a": [{"b": 1, "b": 1, "b": 2}], "a": [{"c": 1, "c": 1}]}'))

    assert [(problem.path, problem.code) for problem in caught.value.problems] == [
        ("x-more.a", "duplicate-key"),
        ("x-more.a[0].c", "duplicate-key"),
    ]


def test_half_a_surrogate_pair_is_refused_wherever_it_stands() -> None:
    for text in (extended('"\\ud800"'), extended('{"\\udfff": 1}'),
                 HEAD + ', "title": "\\ud800"}', HEAD + ', "x-\\ud800": 1}'):  # fmt: skip
        assert code_of(text) == "broken-text"


def test_a_file_above_the_limit_is_refused_and_one_at_the_limit_is_read(tmp_path: Path) -> None:
    text = json.dumps(MINIMAL)
    path = tmp_path / "case.json"
    path.write_text(text)

    for source in (path, text, text.encode()):
        assert load_case(source, max_bytes=len(text)) == load_case(MINIMAL)
        assert code_of(source, max_bytes=len(text) - 1) == "too-large"


def test_the_limit_is_64_mebibytes_unless_one_says_otherwise() -> None:
    assert code_of(b" " * (64 * 2**20 + 1)) == "too-large"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless file here")
def test_an_endless_file_is_read_to_the_limit_only() -> None:
    assert code_of("/dev/zero", max_bytes=1000) == "too-large"


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_nesting_bombs_are_refused_before_they_are_read(opening: str) -> None:
    assert code_of(extended(opening * 100_000)) == "too-deep"


def test_brackets_inside_text_are_no_nesting() -> None:
    value = json.dumps('[{"' * 1000 + "\\" * 7)

    assert load_case(extended(value)).extensions["x-more"] == json.loads(value)


def test_depth_is_counted_to_the_limit() -> None:
    def nested(levels: int) -> str:
        return extended("[" * levels + "]" * levels)

    assert load_case(nested(63))
    assert code_of(nested(64)) == "too-deep"
    assert code_of(nested(10), max_depth=10) == "too-deep"
    assert load_case(nested(9), max_depth=10)


def test_a_limit_above_what_python_can_read_is_still_no_crash() -> None:
    deep = extended("[" * 10 * sys.getrecursionlimit())

    assert code_of(deep, max_depth=10**9) in {"too-deep", "not-json"}


def test_a_small_file_of_many_values_is_refused_before_it_is_read() -> None:
    assert code_of(extended("[" + "[]," * 5_000_000 + "[]]")) == "too-large"


def test_a_record_of_very_many_fields_is_refused_as_one_problem() -> None:
    keys = ", ".join(f'"k{number}": 1' for number in range(2_000))

    with pytest.raises(CaseError) as caught:
        load_case(f'{{"version": 1, "claims": [{{{keys}}}], "sources": [], "attributions": []}}')

    assert [problem.code for problem in caught.value.problems] == ["too-long"]


def test_thousands_of_wrong_entries_give_a_bounded_list() -> None:
    with pytest.raises(CaseError) as caught:
        load_case({**MINIMAL, "attributions": [1] * 200_000})

    assert len(caught.value.problems) == 1001


def test_a_value_that_holds_itself_is_refused() -> None:
    endless: dict[str, Any] = {**MINIMAL}
    endless["x-self"] = endless
    doubling: list[Any] = []
    for _ in range(60):
        doubling = [doubling, doubling]

    assert code_of(endless) == "too-deep"
    assert code_of({**MINIMAL, "x-more": doubling}) == "too-long"


def test_a_mapping_may_not_have_keys_that_are_no_text() -> None:
    assert code_of({**MINIMAL, 1: 2}) == "unknown-field"


def test_a_hundred_thousand_statements_are_read() -> None:
    many = [{"id": f"a{number}", "source": "general", "claim": "armed"} for number in range(10**5)]
    text = json.dumps({**MINIMAL, "attributions": many})

    case = load_case(text)

    assert len(case.attributions) == 10**5


def test_a_long_chain_of_citations_and_voices_is_checked() -> None:
    voice = {"same_voice_as": {"attribution": "a0", "probability": 0.5}}
    chain = [{"id": "a0", "source": "general", "claim": "armed"}] + [
        {"id": f"a{number}", "source": "general", "cites": f"a{number - 1}", **voice}
        for number in range(1, 20_000)
    ]

    assert len(load_case({**MINIMAL, "attributions": chain}).attributions) == 20_000


@settings(max_examples=100)
@given(st.binary(max_size=200) | st.text(max_size=200) | st.text(max_size=100).map("{{{}".format))
def test_any_bytes_and_any_text_give_a_case_or_our_error(source: bytes | str) -> None:
    for load in (load_case, load_sources):
        assert outcome(source, load)


_TREE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=100)
@given(st.sampled_from(("claims", "questions", "sources", "documents", "attributions", "links",
                        "version", "title", "sources_from", "x-more")), _TREE)  # fmt: skip
def test_any_value_in_any_section_gives_a_case_or_our_error(section: str, value: object) -> None:
    found = outcome({**MINIMAL, section: value})

    assert found
    if isinstance(found, Case):
        assert load_case(dump_case(found)) == found


@settings(max_examples=80)
@given(spoiled())
def test_a_spoiled_case_gives_a_case_or_our_error(document: dict[str, Any]) -> None:
    found = outcome(json.dumps(document))

    if isinstance(found, Case):
        assert load_case(dump_case(found)) == found
        assert merge_cases([found, found]) == merge_cases([found])
    else:
        assert all(problem.code and problem.message for problem in found)
