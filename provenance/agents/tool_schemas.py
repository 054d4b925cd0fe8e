"""JSON Schemas of what a model may fill in or call, plain and for engines that hold it to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from provenance.agents.tools import TOOLS, AgentTool, case_within_bounds
from provenance.casefiles import case_schema
from provenance.errors import UnknownName
from provenance.records import Case

__all__ = ["case_from_model", "tool_schema"]

RECORD = "record_case"
"""The name of the tool by which a model hands over a case."""
_DESCRIPTION = (
    "Records a case: the claims that may be so, the sources that speak, and every statement as an "
    "attribution, either of a claim (`claim`) or of what another attribution says (`cites`). Record "
    "who has it from whom, not who is right; one attribution for every source on the way."
)
# What the engines that hold a model to a schema do not know, and the loader checks all the same.
_UNKNOWN = frozenset(
    {
        "$schema", "default", "discriminator", "else", "examples", "exclusiveMaximum",
        "exclusiveMinimum", "if", "maxItems", "maxLength", "maximum", "maxProperties", "minItems",
        "minimum", "not", "pattern", "patternProperties", "then", "title", "uniqueItems",
    }
)  # fmt: skip


def tool_schema(tool: str = RECORD, *, strict: bool = False) -> dict[str, Any]:
    """A tool that a model can call: its name, its description, and the JSON Schema of its input.

    The schemas are made from the records themselves, so that they say what `load_case` accepts.
    The input of "record_case" is a case: use its `input_schema` for structured output too. The
    others take a case and some names; `call_tool` answers them.

    Args:
        tool: the name of the tool.
        strict: for engines that hold the model to a part of JSON Schema: every field is required
            and may be null, nothing else is allowed, and rules that such engines do not know are
            left out. Read what comes back with `case_from_model`, which checks them.

    Raises `UnknownName` for a tool that is not there.

    >>> schema = tool_schema()
    >>> schema["name"], schema["input_schema"]["required"]
    ('record_case', ['version', 'claims', 'sources', 'attributions'])
    >>> list(tool_schema("weigh")["input_schema"]["properties"])
    ['case', 'claim', 'as_of']
    """
    if tool == RECORD:
        name, description, schema = RECORD, _DESCRIPTION, _of_case()
    elif tool in TOOLS:
        name, description = tool, TOOLS[tool].description
        schema = _of_tool(TOOLS[tool])
    else:
        raise UnknownName("tool", tool, (RECORD, *TOOLS))
    return {
        "name": name,
        "description": description,
        "input_schema": _strict(schema) if strict else schema,
    }


def _of_case() -> dict[str, Any]:
    described = case_schema()
    del described["$schema"], described["title"]
    return described


def _of_tool(tool: AgentTool) -> dict[str, Any]:
    case = _of_case()
    case.pop("examples")
    definitions = case.pop("$defs")
    properties = {
        each.name: {"$ref": "#/$defs/Case"} if each.kind == "case" else each.schema()
        for each in tool.parameters
    }
    return {
        "type": "object",
        "properties": properties,
        "required": [each.name for each in tool.parameters if each.required],
        "additionalProperties": False,
        "$defs": {**definitions, "Case": case},
    }


def _strict(schema: Any) -> Any:
    """The part of a schema that engines for structured output know, every field required."""
    if isinstance(schema, list):
        return [_strict(item) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    if "$ref" in schema:  # which stands alone there
        reference = {"$ref": schema["$ref"]}
        described = {key: schema[key] for key in ("description",) if key in schema}
        return {"anyOf": [reference], **described} if described else reference
    found: dict[str, Any] = {}
    for key, value in schema.items():
        if key in _UNKNOWN or (key == "oneOf" and "properties" in schema):
            continue
        if key in ("properties", "$defs"):
            found[key] = {name: _strict(item) for name, item in value.items()}
        else:
            found["anyOf" if key == "oneOf" else key] = _strict(value)
    if "properties" in found:
        optional = set(found["properties"]) - set(schema.get("required", ()))
        found["properties"] = {
            name: _nullable(item) if name in optional else item
            for name, item in found["properties"].items()
        }
        found["required"] = list(found["properties"])
        found["additionalProperties"] = False
    return found


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    nothing = {"type": "null"}
    if nothing in schema.get("anyOf", ()):
        return schema
    described = {key: schema[key] for key in ("description",) if key in schema}
    rest = {key: value for key, value in schema.items() if key != "description"}
    forms = rest["anyOf"] if set(rest) == {"anyOf"} else [rest]
    return {"anyOf": [*forms, nothing], **described}


def case_from_model(answer: Mapping[str, Any] | str) -> Case:
    """A case from what a model filled in, as an object or as JSON text; nulls count as absent.

    Raises `CaseError` with everything that is wrong with it, which can be handed back to the model.

    >>> case = case_from_model({
    ...     "version": 1, "title": None, "claims": [{"id": "sailed", "text": "The ship sailed"}],
    ...     "sources": [], "attributions": [], "links": None,
    ... })
    >>> case.title is None, case.links
    (True, ())
    """
    return case_within_bounds(answer)
