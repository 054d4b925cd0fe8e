"""The published JSON Schema of case files, made from the records."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from provenance.records import Case, Registry

__all__ = ["case_schema", "registry_schema"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Plain(GenerateJsonSchema):
    """Leaves out titles, which would only repeat the names of the fields."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        described = super().default_schema(schema)
        if described.get("default", ...) is None:
            del described["default"]
        return described


def case_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a case file.

    It describes the form of every record. What holds between records (ids, references, signs,
    sums of priors) and whether a date is in the calendar only `load_case` can tell.

    >>> case_schema()["required"]
    ['version', 'claims', 'sources', 'attributions']
    """
    return _described(Case)


def registry_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a registry of sources.

    >>> registry_schema()["required"]
    ['version', 'sources']
    """
    return _described(Registry)


def _described(kind: type[Case] | type[Registry]) -> dict[str, Any]:
    described = kind.model_json_schema(by_alias=True, schema_generator=_Plain)
    described["required"] = ["version", *described["required"]]
    for definition in described.get("$defs", {}).values():
        if "kind" in definition["properties"] and "const" in definition["properties"]["kind"]:
            definition["required"] = ["kind", *definition["required"]]
    return {"$schema": DIALECT, **described}
