"""MISP events and tags, held to PyMISP, to its schema and templates, and to the taxonomies' own files."""

from __future__ import annotations

import contextlib
import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import load_case, weigh, weigh_all
from provenance.casefiles import load_seed, shipped_seeds
from provenance.errors import FormatError, InvalidValue
from provenance.exchange import from_misp_tags, to_misp, to_misp_tags
from provenance.records import Source
from provenance.scales import scale
from tests.cases.exchange_cases import rich_cases

CASE = {
    "version": 1,
    "title": "A ship",
    "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    "sources": [
        {"id": "pilot", "name": "Ann Li", "reliability": "C"},
        {"id": "daily", "kind": "outlet", "reliability": "B"},
    ],
    "attributions": [
        {"id": "log", "source": "pilot", "claim": "sailed"},
        {"id": "story", "source": "daily", "cites": "log", "stance": "disowns"},
    ],
}


@pytest.fixture(scope="module")
def data() -> Path:
    pymisp = pytest.importorskip("pymisp")
    return Path(pymisp.__file__).parent / "data"


def event_of(case: Any, *assessments: Any) -> dict[str, Any]:
    event = json.loads(json.dumps(to_misp(case, assessments).document))["Event"]
    assert isinstance(event, dict)
    return event


def attributes(event: dict[str, Any]) -> list[dict[str, Any]]:
    return [*event["Attribute"], *(each for part in event["Object"] for each in part["Attribute"])]


def values(part: dict[str, Any], relation: str) -> list[str]:
    return [each["value"] for each in part["Attribute"] if each["object_relation"] == relation]


def check_with_pymisp(event: dict[str, Any], data: Path) -> None:
    pymisp = pytest.importorskip("pymisp")
    jsonschema = pytest.importorskip("jsonschema")

    loaded = pymisp.MISPEvent()
    loaded.load(copy.deepcopy({"Event": event}))

    assert len(loaded.objects) == len(event["Object"])
    assert len(loaded.attributes) == len(event["Attribute"])
    schema = json.loads((data / "schema-lax.json").read_text(encoding="utf-8"))
    jsonschema.validate({"Event": json.loads(loaded.to_json())}, schema)
    jsonschema.validate({"Event": event}, schema)


@pytest.mark.parametrize("seed", shipped_seeds())
def test_pymisp_loads_a_seed_and_its_schema_accepts_it(seed: str, data: Path) -> None:
    case = load_seed(seed)

    check_with_pymisp(event_of(case, *weigh_all(case)), data)


@settings(max_examples=30)
@given(rich_cases())
def test_pymisp_loads_any_case(written: dict[str, Any]) -> None:
    pymisp = pytest.importorskip("pymisp")

    check_with_pymisp(event_of(load_case(written)), Path(pymisp.__file__).parent / "data")


def test_every_object_is_of_the_template_as_misp_has_it(data: Path) -> None:
    path = data / "misp-objects" / "objects" / "intelligence-source-assessment" / "definition.json"
    if not path.exists():
        pytest.skip("this PyMISP ships no template for source assessments")
    template = json.loads(path.read_text(encoding="utf-8"))
    case = load_seed("egypt-arms-2015")

    for part in event_of(case, weigh(case, "armed"))["Object"]:
        assert part["template_uuid"] == template["uuid"]
        assert part["template_version"] == str(template["version"])
        assert {part[key] for key in ("name", "description", "meta-category")} == {
            template[key] for key in ("name", "description", "meta-category")
        }
        relations = [each["object_relation"] for each in part["Attribute"]]
        assert set(relations) & set(template["requiredOneOf"])
        for each in part["Attribute"]:
            field = template["attributes"][each["object_relation"]]
            assert each["type"] == field["misp-attribute"]
            assert each["value"] in field.get("values_list", [each["value"]])
            assert field.get("multiple") or relations.count(each["object_relation"]) == 1


def test_every_type_and_category_is_one_of_misps(data: Path) -> None:
    described = json.loads((data / "describeTypes.json").read_text(encoding="utf-8"))["result"]

    for each in attributes(event_of(load_seed("egypt-syria-2015"))):
        assert each["type"] in described["category_type_mappings"][each["category"]]


def test_every_relation_is_one_of_misps_and_leads_somewhere(data: Path) -> None:
    path = data / "misp-objects" / "relationships" / "definition.json"
    known = {each["name"] for each in json.loads(path.read_text(encoding="utf-8"))["values"]}
    event = event_of(load_seed("egypt-syria-2015"))

    references = [each for part in event["Object"] for each in part["ObjectReference"]]

    places = {each["uuid"] for each in (*event["Object"], *event["Attribute"])}
    assert {each["relationship_type"] for each in references} <= known
    assert {each["referenced_uuid"] for each in references} <= places


def test_the_original_is_the_source_of_a_derivation_as_misp_defines_it(data: Path) -> None:
    path = data / "misp-objects" / "relationships" / "definition.json"
    (meaning,) = (
        each["description"]
        for each in json.loads(path.read_text(encoding="utf-8"))["values"]
        if each["name"] == "derived-from"
    )
    passed_on = {"id": "story", "source": "daily", "cites": "log"}
    case = load_case(CASE | {"attributions": [*CASE["attributions"][:1], passed_on]})
    _, _, log, story = event_of(case)["Object"]

    (derived,) = (
        each for each in log["ObjectReference"] if each["relationship_type"] == "derived-from"
    )

    assert "target object is based on information from the source object" in meaning
    assert derived["referenced_uuid"] == story["uuid"]


def test_the_taxonomies_own_files_have_every_tag_that_can_be_written() -> None:
    pytaxonomies = pytest.importorskip("pytaxonomies")
    path = Path(pytaxonomies.__file__).parent / "data" / "misp-taxonomies" / "MANIFEST.json"
    taxonomies = pytaxonomies.Taxonomies(manifest_path=str(path))
    known = {
        tag
        for name in ("admiralty-scale", "estimative-language")
        for tag in taxonomies[name].machinetags()
    }

    ours = {
        term.tag
        for name in (
            "misp-source-reliability",
            "misp-information-credibility",
            "misp-estimative-language",
            "misp-analytic-confidence",
        )
        for term in scale(name)
    }

    assert ours == known


def test_a_graded_source_and_an_assessed_claim_are_tagged() -> None:
    case = load_case(CASE)
    assessment = weigh(case, "sailed")
    event = event_of(case, assessment)

    tags = [each["name"] for part in attributes(event) for each in part.get("Tag", ())]

    assert 'admiralty-scale:source-reliability="c"' in tags
    assert f'admiralty-scale:information-credibility="{assessment.credibility}"' in tags
    (words,) = scale("misp-estimative-language").term_for(assessment.probability)
    assert words.tag in tags
    level = assessment.confidence.level
    assert f'estimative-language:confidence-in-analytic-judgment="{level}"' in tags


def test_a_statement_names_its_side_and_its_source() -> None:
    _, _, log, story = event_of(load_case(CASE))["Object"]

    assert values(log, "source-id") == ["pilot"]
    sides = {each["relationship_type"]: each["comment"] for each in story["ObjectReference"]}
    assert sides == {"attributed-to": "", "related-to": "disowns this"}


def test_what_cannot_be_judged_has_no_word_for_its_likelihood() -> None:
    case = load_case(CASE | {"sources": [{"id": "pilot"}, {"id": "daily"}]})

    assert to_misp_tags(weigh(case, "sailed")) == (
        'admiralty-scale:information-credibility="6"',
        'estimative-language:confidence-in-analytic-judgment="low"',
    )


def test_exporting_twice_gives_the_same_event() -> None:
    case = load_seed("egypt-arms-2015")

    assert to_misp(case).document == to_misp(case).document


def test_every_uuid_stands_once() -> None:
    event = event_of(load_seed("egypt-syria-2015"))

    uuids = [each["uuid"] for each in (*attributes(event), *event["Object"])]

    assert len(set(uuids)) == len(uuids)


@pytest.mark.parametrize("grade", "ABCDEF")
def test_a_grade_written_as_a_tag_is_read_back(grade: str) -> None:
    read = from_misp_tags(to_misp_tags(Source(id="s", reliability=grade)))  # type: ignore[arg-type]

    assert (read.reliability, read.losses) == (grade, ())


@settings(max_examples=30)
@given(rich_cases())
def test_the_tags_of_an_assessment_are_read_back(written: dict[str, Any]) -> None:
    try:
        assessment = weigh(load_case(written), "c0")
    except ValueError:  # some statements at random cannot all be true
        return

    read = from_misp_tags(to_misp_tags(assessment))

    assert read.credibility == assessment.credibility
    assert read.confidence == assessment.confidence.level
    words = scale("icd203").term_for(assessment.probability)
    expected = None if read.credibility == "6" or len(words) != 1 else words[0].label
    assert (read.likelihood, read.losses) == (expected, ())


def test_the_range_of_the_words_is_that_of_misps_file() -> None:
    read = from_misp_tags(['estimative-language:likelihood-probability="likely"'])

    assert str(read.likelihood_range) == "55 to 80 %"


def test_tags_as_misp_writes_them_are_read_too() -> None:
    read = from_misp_tags([{"name": 'admiralty-scale:source-reliability="b"', "colour": "#fff"}])

    assert read.reliability == "B"


def test_the_tag_for_deceit_is_read_as_the_lowest_grade_with_a_loss() -> None:
    read = from_misp_tags(['admiralty-scale:source-reliability="g"'])

    assert read.reliability == "E"
    assert [(loss.path, loss.partly) for loss in read.losses] == [("tags[0]", True)]


def test_two_tags_that_contradict_each_other_count_for_nothing() -> None:
    read = from_misp_tags([f'admiralty-scale:source-reliability="{code}"' for code in "ab"])

    assert read.reliability is None
    assert "contradict" in read.losses[0].why


@settings(max_examples=25)
@given(
    st.one_of(
        st.lists(
            st.one_of(st.text(max_size=40), st.dictionaries(st.text(max_size=4), st.integers()))
        ),
        st.text(),
        st.none(),
        st.dictionaries(st.text(), st.text()),
    )
)
def test_hostile_tags_are_read_or_refused(tags: Any) -> None:
    with contextlib.suppress(FormatError):
        assert len(from_misp_tags(tags).losses) <= len(tags)


def test_too_many_tags_and_too_long_ones_are_refused() -> None:
    with pytest.raises(FormatError, match="at most"):
        from_misp_tags("t" for _ in iter(int, 1))
    with pytest.raises(FormatError, match="longer"):
        from_misp_tags(["t" * 5_000])


def test_an_assessment_of_another_case_is_refused() -> None:
    with pytest.raises(InvalidValue, match="another case"):
        to_misp(load_case(CASE | {"title": "Another"}), [weigh(load_case(CASE), "sailed")])
