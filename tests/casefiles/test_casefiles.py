"""Case files: read, written, merged, shared and described by a schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from provenance.casefiles import (
    case_digest,
    case_schema,
    dump_case,
    load_case,
    load_seed,
    load_sources,
    merge_cases,
    registry_schema,
    save_case,
    shipped_seeds,
)
from provenance.errors import CaseError, UnknownName
from provenance.records import Case, Claim, Source
from tests.cases.written_cases import MINIMAL, documents, spoiled

DESK = {"graded_by": "the desk", "graded_on": "2015-09", "note": "corrects its errors"}
SHARED = {"version": 1, "sources": [
    {"id": "now", "name": "NOW", "kind": "outlet", "reliability": "B", **DESK,
     "interests": [{"claims": "all", "stake": "gains"}], "refs": [{"scheme": "a", "id": "1"}]},
    {"id": "unused"},
]}  # fmt: skip


def codes(error: pytest.ExceptionInfo[CaseError]) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in error.value.problems]


def relayed(**changes: Any) -> dict[str, Any]:
    """The minimal case with a relay by a source that only the registry has."""
    relay = {"id": "relay", "source": "now", "cites": "tweet"}
    return {
        **MINIMAL,
        "attributions": [*MINIMAL["attributions"], relay],
        "sources_from": "shared/sources.json",
        **changes,
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "sources.json").write_text(json.dumps(SHARED), encoding="utf-8")
    return tmp_path


def written(folder: Path, document: object) -> Path:
    path = folder / "case.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


# ---------------------------------------------------------------- reading and writing


def test_a_case_is_the_same_from_a_path_a_text_bytes_and_a_mapping(tmp_path: Path) -> None:
    text = json.dumps(MINIMAL)
    path = written(tmp_path, MINIMAL)

    cases = [load_case(source) for source in (path, str(path), text, f" \n{text}", text.encode(),
                                              bytearray(text.encode()), MINIMAL)]  # fmt: skip

    assert all(case == Case(**MINIMAL) for case in cases)
    assert load_case(cases[0]) is cases[0]


@settings(max_examples=40)
@given(documents())
def test_loading_saving_and_loading_again_loses_nothing(document: dict[str, Any]) -> None:
    text = json.dumps(document)

    case = load_case(text)
    once = dump_case(case)

    assert json.loads(once) == document
    assert load_case(once) == case
    assert dump_case(load_case(once)) == once
    assert case_digest(load_case(once)) == case_digest(case)


def test_keys_are_written_in_one_order_however_they_stood() -> None:
    backwards = dict(reversed([(key, [dict(reversed(entry.items())) for entry in value]
                                if isinstance(value, list) else value)
                               for key, value in MINIMAL.items()]))  # fmt: skip

    assert dump_case(load_case(backwards)) == dump_case(load_case(MINIMAL))


def test_one_record_stands_on_one_line() -> None:
    assert dump_case(load_case(MINIMAL)).splitlines()[2:4] == [
        '  "claims": [',
        '    {"id": "armed", "text": "Egypt supplied weapons"}',
    ]


def test_equal_cases_have_one_digest_and_different_ones_do_not() -> None:
    case = load_case(MINIMAL)
    stated = load_case({**MINIMAL, "links": [], "sources": [{"id": "general", "kind": "other"}]})

    assert case_digest(case) == case_digest(stated)
    assert case_digest(case) != case_digest(case.evolve(title="T"))
    assert len(case_digest(case)) == 64


def test_a_saved_case_replaces_the_old_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = written(tmp_path, {"old": True})

    save_case(load_case(MINIMAL), path)

    assert load_case(path) == load_case(MINIMAL)
    assert [entry.name for entry in tmp_path.iterdir()] == ["case.json"]


def test_a_failed_save_leaves_the_old_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, MINIMAL)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(CaseError, match="no space left") as caught:
        save_case(load_case(MINIMAL).evolve(title="T"), path)

    assert codes(caught) == [("", "cannot-write")]
    assert load_case(path) == load_case(MINIMAL)
    assert [entry.name for entry in tmp_path.iterdir()] == ["case.json"]


def test_a_case_saved_through_a_link_stays_where_it_was(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    real = written(tmp_path / "there", {"old": True})
    link = tmp_path / "link.json"
    link.symlink_to(real)

    save_case(load_case(MINIMAL), link)

    assert link.is_symlink()
    assert load_case(real) == load_case(MINIMAL)


def test_a_case_can_be_saved_to_what_is_no_regular_file() -> None:
    save_case(load_case(MINIMAL), "/dev/null")


def test_version_must_be_written_and_must_be_1() -> None:
    for document, code in (({**MINIMAL, "version": 2}, "not-one-of"),
                           ({**MINIMAL, "version": True}, "not-one-of"),
                           ({**MINIMAL, "version": "1"}, "not-one-of"),
                           ({k: v for k, v in MINIMAL.items() if k != "version"}, "missing-field")):  # fmt: skip
        with pytest.raises(CaseError) as caught:
            load_case(document)

        assert codes(caught) == [("version", code)]


def test_a_file_speaks_of_from_and_not_of_its_name_in_python() -> None:
    tweet = {**MINIMAL["attributions"][0], "basis": "inference"}

    case = load_case({**MINIMAL, "attributions": [{**tweet, "from": "tweet"}]})

    assert case.attributions[0].inferred_from == ("tweet",)
    with pytest.raises(CaseError, match="unknown-field"):
        load_case({**MINIMAL, "attributions": [{**tweet, "drawn_from": "tweet"}]})


def test_problems_of_the_text_and_of_the_records_are_reported_together() -> None:
    text = """{"version": 1, "claims": [{"id": "c", "text": "t", "id": "d"}], "sources":
      [{"id": "s", "zz": 1}], "attributions": [{"id": "a", "source": "q", "claim": "d",
      "wording": NaN}]}"""

    with pytest.raises(CaseError) as caught:
        load_case(text)

    assert codes(caught) == [
        ("claims[0].id", "duplicate-key"),
        ("attributions[0].wording", "not-finite"),
        ("sources[0].zz", "unknown-field"),
        ("attributions[0].source", "dangling-reference"),
    ]


def test_an_error_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"case\.json"):
        load_case(written(tmp_path, {}))


@pytest.mark.parametrize(
    ("record", "changes", "meant"),
    [
        ("claims", {"priors": 0.2}, "did you mean 'prior'?"),
        ("claims", {"prior": {"mean": 0.2, "strenght": 4}}, "did you mean 'strength'?"),
        ("sources", {"kind": "outlett"}, "did you mean 'outlet'?"),
        ("sources", {"intrests": []}, "did you mean 'interests'?"),
        ("attributions", {"stance": "deny"}, "did you mean 'denies'?"),
        ("attributions", {"form": "tweet"}, "did you mean 'from'?"),
    ],
)
def test_a_misspelt_field_or_word_gets_the_nearest_of_its_record(
    record: str, changes: dict[str, Any], meant: str
) -> None:
    first, *others = MINIMAL[record]

    with pytest.raises(CaseError) as caught:
        load_case({**MINIMAL, record: [{**first, **changes}, *others]})

    assert any(meant in problem.fix for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("link", "message", "fix"),
    [
        ({"kind": "evidnce"}, "found 'evidnce'", "did you mean 'evidence'?"),
        ({"kind": 3}, "found 3", "write one of these as its kind"),
        ({}, "found none", "write one of these as its kind"),
        ("evidence", "found 'evidence'", "write one of these as its kind"),
    ],
)
def test_a_link_of_no_kind_says_what_was_found(link: object, message: str, fix: str) -> None:
    with pytest.raises(CaseError) as caught:
        load_case({**MINIMAL, "links": [link]})

    (problem,) = caught.value.problems
    assert problem.message.endswith(message)
    assert problem.fix == fix


@pytest.mark.parametrize("section", ["claims", "sources", "attributions"])
def test_of_a_section_that_is_not_there_nothing_else_is_said_to_be_missing(section: str) -> None:
    with pytest.raises(CaseError) as caught:
        load_case({key: value for key, value in MINIMAL.items() if key != section})

    assert codes(caught) == [(section, "missing-field")]


def test_an_empty_file_is_called_empty() -> None:
    with pytest.raises(CaseError, match="found an empty text"):
        load_case(b" \n")


def test_a_file_that_holds_no_object_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, [])

    with pytest.raises(CaseError, match=r"1 problem in .*case\.json"):
        load_case(path)


def test_a_dangling_reference_is_told_in_plain_english() -> None:
    relay = {"id": "relay", "source": "general", "cites": "nothing"}

    with pytest.raises(CaseError, match="expected the id of an attribution, found 'nothing'"):
        load_case({**MINIMAL, "attributions": [*MINIMAL["attributions"], relay]})


# ---------------------------------------------------------------- shared sources


def test_a_case_takes_the_sources_that_it_speaks_of_from_the_registry(folder: Path) -> None:
    case = load_case(written(folder, relayed()))

    assert [source.id for source in case.sources] == ["general", "now"]
    assert case.sources[1].graded_by == "the desk"
    assert case.sources_from == "shared/sources.json"


def test_a_case_with_shared_sources_survives_the_round_trip(folder: Path) -> None:
    case = load_case(written(folder, relayed()))
    save_case(case, folder / "again.json")

    assert load_case(folder / "again.json") == case
    assert load_case(dump_case(case)) == case  # every source is written, so it stands alone


def test_shared_sources_can_be_left_out_again(folder: Path) -> None:
    registry = load_sources(folder / "shared" / "sources.json")
    case = load_case(written(folder, relayed()))

    text = dump_case(case, registry=registry)

    assert json.loads(text) == relayed()
    assert load_case(text, registry=registry) == case


def test_a_registry_can_be_handed_over(folder: Path) -> None:
    from_path = load_case(written(folder, relayed()))

    for registry in (load_sources(SHARED), SHARED, json.dumps(SHARED)):
        assert load_case(relayed(), registry=registry) == from_path


def test_a_source_that_a_registry_has_nearly_is_offered() -> None:
    registry = {"version": 1, "sources": [{"id": "alpha"}, {"id": "beta"}]}
    said = [
        {"id": f"a{n}", "source": name, "claim": "x"} for n, name in enumerate(("Alpha", "Zulu"))
    ]
    case = {"version": 1, "claims": [{"id": "x", "text": "It is so"}], "sources": []}

    with pytest.raises(CaseError) as caught:
        load_case({**case, "attributions": said}, registry=registry)

    assert [problem.fix for problem in caught.value.problems] == [
        "did you mean 'alpha', as the registry has it?",
        "add that source, or correct the id",
    ]


def test_a_case_from_nowhere_needs_its_registry_handed_over() -> None:
    with pytest.raises(CaseError) as caught:
        load_case(relayed())

    assert codes(caught) == [("sources_from", "no-registry")]


@pytest.mark.parametrize(
    "named",
    ["../sources.json", "shared/../../sources.json", "/etc/passwd", "http://x.org/s.json",
     "file:///etc/passwd", "C:\\s.json", "\\\\host\\s.json", "~/s.json", "a\0b", ".."],
)  # fmt: skip
def test_a_registry_is_never_looked_for_outside_the_folder(folder: Path, named: str) -> None:
    with pytest.raises(CaseError) as caught:
        load_case(written(folder, relayed(sources_from=named)))

    assert codes(caught) == [("sources_from", "no-registry")]


def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    inside = folder / "inside"
    inside.mkdir()
    (inside / "sources.json").symlink_to(folder / "shared" / "sources.json")

    with pytest.raises(CaseError, match="leads out of it"):
        load_case(written(inside, relayed(sources_from="sources.json")))


def test_what_is_wrong_with_a_registry_is_told_with_the_case(folder: Path) -> None:
    (folder / "shared" / "sources.json").write_text('{"version": 1, "sources": [{"id": 3}]}')

    with pytest.raises(CaseError) as caught:
        load_case(written(folder, relayed(zz=1)))

    assert codes(caught) == [("sources_from.sources[0].id", "not-text"), ("zz", "unknown-field")]


def test_a_missing_registry_is_one_problem(folder: Path) -> None:
    with pytest.raises(CaseError) as caught:
        load_case(written(folder, relayed(sources_from="none.json")))

    assert codes(caught) == [("sources_from", "cannot-read")]


def test_a_case_extends_what_the_registry_says(folder: Path) -> None:
    own = {"id": "now", "access": 0.5, "interests": [{"claims": "armed", "stake": "loses"}]}

    case = load_case(written(folder, relayed(sources=[*MINIMAL["sources"], own])))

    source = case.sources[1]
    assert (source.reliability, source.access, source.name) == ("B", 0.5, "NOW")
    assert [interest.stake for interest in source.interests] == ["gains", "loses"]


def test_a_case_and_its_registry_may_not_disagree(folder: Path) -> None:
    own = {"id": "now", "name": "Then", "reliability": "C"}

    with pytest.raises(CaseError) as caught:
        load_case(written(folder, relayed(sources=[*MINIMAL["sources"], own])))

    assert codes(caught) == [
        ("sources[1].name", "registry-conflict"),
        ("sources[1].reliability", "registry-conflict"),
    ]


def test_a_case_that_says_who_graded_the_source_judges_for_itself(folder: Path) -> None:
    own = {"id": "now", "reliability": "C", "graded_by": "the night desk"}

    case = load_case(written(folder, relayed(sources=[*MINIMAL["sources"], own])))

    source = case.sources[1]
    assert (source.reliability, source.graded_by, source.graded_on) == ("C", "the night desk", None)
    assert (source.note, source.name) == (None, "NOW")


def test_a_case_whose_sources_are_no_list_is_refused_beside_its_registry() -> None:
    with pytest.raises(CaseError) as caught:
        load_case(relayed(sources=3), registry=SHARED)

    assert codes(caught) == [("sources", "not-a-list")]


def test_records_built_in_python_take_from_a_registry_too() -> None:
    own = Source(id="now", access=0.5)

    case = load_case(relayed(sources=[*MINIMAL["sources"], own]), registry=SHARED)

    assert case.sources[1].reliability == "B"


# ---------------------------------------------------------------- merging


def test_merging_a_case_with_itself_changes_nothing() -> None:
    case = load_seed("egypt-arms-2015")

    assert merge_cases([case, case]) == merge_cases([case])
    assert case_digest(merge_cases([case])) == case_digest(case)


def test_cases_complete_each_other() -> None:
    one = Case(claims=[Claim(id="c", text="C")], sources=[], attributions=[], title="One")
    two = Case(claims=[Claim(id="c", text="C", prior=0.3), Claim(id="d", text="D")], sources=[],
               attributions=[], title="Two", **{"x-a": 1})  # fmt: skip

    merged = merge_cases([one, two])

    assert merged == Case(claims=two.claims, sources=[], attributions=[], title="One; Two",
                          **{"x-a": 1})  # fmt: skip


def test_conflicts_between_cases_are_reported_all_together() -> None:
    case = load_case({**MINIMAL, "x-a": 1})
    other = load_case(
        {
            **MINIMAL,
            "claims": [{"id": "armed", "text": "Something else"}],
            "attributions": [{**MINIMAL["attributions"][0], "stance": "denies"}],
            "x-a": 2,
        }
    )

    with pytest.raises(CaseError) as caught:
        merge_cases([case, other])

    assert codes(caught) == [
        ("cases[1].claims[0].text", "merge-conflict"),
        ("cases[1].attributions[0].stance", "merge-conflict"),
        ("cases[1].x-a", "merge-conflict"),
    ]


def test_nothing_merged_is_an_empty_case() -> None:
    assert merge_cases([]) == Case(claims=[], sources=[], attributions=[])


# ---------------------------------------------------------------- the schema

# What holds between records or inside a word, which a schema cannot say.
BEYOND_A_SCHEMA = {
    "ambiguous-id", "circle-of-evidence", "circle-of-voices", "claim-in-two-questions",
    "dangling-reference", "duplicate-id", "impossible-date", "linked-to-itself", "no-registry",
    "no-true-answer", "out-of-order", "prior-in-question", "prior-sum", "reserved-id",
    "sign-in-question", "sign-of-two", "sign-with-prior", "two-true-answers", "unequal-priors",
    "unknown-hedge", "voice-on-another-question",
}  # fmt: skip
VALIDATOR = jsonschema.Draft202012Validator(case_schema())


def test_the_schemas_are_valid_json_schema() -> None:
    for schema in (case_schema(), registry_schema()):
        jsonschema.Draft202012Validator.check_schema(schema)

    jsonschema.Draft202012Validator(registry_schema()).validate(SHARED)


@settings(max_examples=40)
@given(documents())
def test_what_the_loader_accepts_the_schema_accepts(document: dict[str, Any]) -> None:
    load_case(document)

    VALIDATOR.validate(document)


@settings(max_examples=100)
@given(spoiled())
def test_the_schema_and_the_loader_refuse_the_same_forms(document: dict[str, Any]) -> None:
    try:
        load_case(document)
        found = set()
    except CaseError as error:
        found = {problem.code for problem in error.problems} - BEYOND_A_SCHEMA

    assert VALIDATOR.is_valid(document) == (not found), found


def test_every_field_is_described_in_the_schema() -> None:
    schema = case_schema()
    shared = schema["$defs"]
    objects = {
        "Case": schema,
        **{name: each for name, each in shared.items() if "properties" in each},
    }

    undescribed = [
        (kind, name)
        for kind, described in objects.items()
        for name, field in described["properties"].items()
        if "description" not in field
        and "description" not in shared[field["$ref"].removeprefix("#/$defs/")]
    ]

    assert undescribed == []


def parts_of(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a schema."""
    if isinstance(schema, list):
        for item in schema:
            yield from parts_of(item)
    elif isinstance(schema, dict):
        yield schema
        for key, value in schema.items():
            inner = (
                value.values() if key in ("properties", "patternProperties", "$defs") else [value]
            )
            for item in inner:
                yield from parts_of(item)


KEYWORDS = {
    "$defs", "$ref", "$schema", "additionalProperties", "anyOf", "const", "default", "description",
    "else", "enum", "examples", "exclusiveMaximum", "exclusiveMinimum", "if", "items", "maxItems",
    "maxLength", "maxProperties", "maximum", "minItems", "minimum", "not", "oneOf", "pattern",
    "patternProperties", "properties", "required", "then", "title", "type", "uniqueItems",
}  # fmt: skip


@pytest.mark.parametrize("make", [case_schema, registry_schema])
def test_a_schema_has_keywords_that_every_validator_knows_beside_their_types(make: Any) -> None:
    schema = {key: value for key, value in make().items() if key != "examples"}

    for part in parts_of(schema):
        assert set(part) <= KEYWORDS
        if {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"} & set(part):
            assert part["type"] in ("number", "integer")
        if {"minItems", "maxItems", "uniqueItems"} & set(part):
            assert part["type"] == "array"


def test_a_pattern_is_defined_once_and_the_whole_fits_in_a_context() -> None:
    schema = case_schema()

    patterns = [part["pattern"] for part in parts_of(schema) if "pattern" in part]
    assert len(set(patterns)) == len(patterns)
    assert len(json.dumps(schema, ensure_ascii=False).encode()) < 24_000


def test_the_example_of_the_schema_is_a_case() -> None:
    (example,) = case_schema()["examples"]

    VALIDATOR.validate(example)
    assert load_case(example).claims


def test_the_hedges_are_listed_with_their_numbers() -> None:
    told = case_schema()["$defs"]["Wording"]["description"]

    assert "likely 0.729" in told
    assert "These commit to nothing: " in told
    assert "might" in told.partition("nothing: ")[2]


# ---------------------------------------------------------------- seeds


def test_every_seed_loads_and_is_written_as_it_is_read() -> None:
    assert shipped_seeds() == tuple(sorted(shipped_seeds()))
    for name in shipped_seeds():
        case = load_seed(name)

        assert load_case(dump_case(case)) == case


def test_a_misspelt_seed_gets_the_nearest_name() -> None:
    with pytest.raises(UnknownName, match="egypt-arms-2015"):
        load_seed("egypt-arm-2015")


def test_where_the_schema_of_a_file_is_stands_first_and_is_kept() -> None:
    case = load_case({**MINIMAL, "$schema": "./case.schema.json"})

    assert dump_case(case).splitlines()[1] == '  "$schema": "./case.schema.json",'
    assert load_case(dump_case(case)) == case
    jsonschema.Draft202012Validator(case_schema()).validate(json.loads(dump_case(case)))


def test_what_one_of_two_records_lacks_hides_no_conflict_behind_it() -> None:
    one, other = (
        load_case({**MINIMAL, "documents": [{"id": "d", **fields}]})
        for fields in ({"title": "Report", "language": "en"}, {"language": "fr"})
    )

    with pytest.raises(CaseError) as caught:
        merge_cases([one, other])

    assert [each.path for each in caught.value.problems] == ["cases[1].documents[0].language"]
