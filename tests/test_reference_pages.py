"""The reference pages say what the code says."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

import provenance
from provenance import errors
from provenance.casefiles import case_schema, load_case, load_sources, registry_schema
from provenance.scales import DEFAULTS
from tests.docs.defaults import written

PACKAGE = Path(provenance.__file__).parent
PAGES = Path(__file__).parent.parent / "docs" / "reference"


def sections(page: str) -> dict[str, str]:
    """The sections of a page by their headings."""
    text = (PAGES / page).read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def objects() -> dict[str, dict[str, dict[str, object]]]:
    """Every kind of object of the format, with its schema."""
    schemas = (case_schema(), registry_schema())
    found = {
        name: kind
        for schema in schemas
        for name, kind in schema["$defs"].items()
        if "properties" in kind
    }
    return {**found, **{schema["title"]: schema for schema in schemas}}


@pytest.mark.parametrize("name", sorted(objects()))
def test_the_page_of_the_case_format_lists_the_fields_of_the_schema(name: str) -> None:
    schema = objects()[name]
    cells = re.findall(r"^\| (`.+?) \|", sections("case-format.md")[name], flags=re.MULTILINE)

    written = {
        field: bool(star) for cell in cells for field, star in re.findall(r"`([\w-]+)`(\*?)", cell)
    }

    assert set(written) == set(schema["properties"])
    assert {field for field, must in written.items() if must} == set(schema.get("required", ()))


def test_the_page_of_the_case_format_has_a_section_for_every_object_and_no_other() -> None:
    assert set(sections("case-format.md")) - {"Rules for every object", "Codes of problems"} == set(
        objects()
    )


def test_every_code_of_a_problem_of_a_case_is_in_the_table() -> None:
    table = sections("case-format.md")["Codes of problems"]
    listed = {code for row in re.findall(r"^\| (`.+?) \|", table, flags=re.MULTILINE)
              for code in re.findall(r"`([\w-]+)`", row)}  # fmt: skip

    raised = set()
    for room in ("records", "casefiles"):
        for path in (PACKAGE / room).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    raised.add(node.value)

    for path in (PACKAGE / "graph").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Problem", "CaseError.of"):
                assert isinstance(node.args[1], ast.Constant)
                raised.add(node.args[1].value)

    assert listed <= raised
    codes = {text for text in raised if re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", text)}
    assert codes - {"utf-8", "own-inquiry"} <= listed  # an encoding, and a basis


def test_every_error_has_a_section_and_every_section_an_error() -> None:
    assert set(sections("errors.md")) == set(errors.__all__)


def test_every_section_of_an_error_says_what_happened_and_what_to_do() -> None:
    for name, text in sections("errors.md").items():
        assert "*What happened.*" in text, name
        assert "*What to do.*" in text, name


@pytest.mark.parametrize("page", ["reference/case-format.md", "how-to/share-sources.md"])
def test_every_whole_case_and_registry_on_the_pages_loads(page: str) -> None:
    text = (PAGES.parent / page).read_text(encoding="utf-8")
    blocks = [json.loads(block) for block in re.findall(r"```json\n(\{.*?)```", text, re.DOTALL)]

    assert blocks
    for block in blocks:
        assert load_case(block) if "claims" in block else load_sources(block)


MODEL = PAGES.parent / "explanation" / "model.md"
STEPS = (
    *(f"2.{step}" for step in range(1, 11)),
    *(f"3.{step}" for step in range(1, 9)),
    "4",
)


def test_the_page_of_the_model_has_a_heading_for_every_step() -> None:
    text = MODEL.read_text(encoding="utf-8")

    found = re.findall(r"^### ([23]\.\d+) |^## (4)\. ", text, flags=re.MULTILINE)

    assert tuple(one or other for one, other in found) == STEPS


def test_formulas_are_read_by_the_browser_itself_without_script_or_font() -> None:
    text = MODEL.read_text(encoding="utf-8")

    assert text.count("<math") == text.count("</math>") > 10
    assert not re.search(r"<script|<mstyle|mathvariant|font-family|\$\$", text)


def test_a_default_names_a_step_of_the_model() -> None:
    steps = {row.step for row in DEFAULTS.values()} - {""}

    assert steps <= {*STEPS, "3"}


def test_the_page_of_the_model_has_the_table_of_defaults() -> None:
    text = MODEL.read_text(encoding="utf-8")

    assert text == written(text)


def test_every_step_of_the_model_is_named_by_the_code_that_carries_it_out() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))

    cited = set(re.findall(r"\bmodel (\d(?:\.\d+)?)\b", code))

    assert cited <= {*STEPS, "1", "2", "3", "5"}
    assert not set(STEPS) - cited
