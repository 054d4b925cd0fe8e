"""What every record has in common: it is frozen, strict, and keeps the keys that begin with `x-`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    ValidationError,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from provenance.errors import CaseError, Problem
from provenance.records.faults import problems_of

__all__ = ["Written"]

DEEPEST = 64
"""How deeply the value of an `x-` key may be nested."""
MOST_FIELDS = 1_000
"""How many fields a record may have, `x-` keys included."""


def _extension_key(key: str) -> str:
    if not key.startswith("x-"):
        raise PydanticCustomError("unknown-field", "expected a field of the case format")
    return key


def _plain(value: Any) -> Any:
    """A copy of a value made of JSON values only, so that it can be written back as it came."""
    return _copied(value, DEEPEST)


def _copied(value: Any, depth: int) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise PydanticCustomError("not-finite", "expected a finite number")
        return value
    if isinstance(value, str):
        return whole(value)
    if not depth:
        raise PydanticCustomError(
            "too-deep",
            "expected at most {deepest} levels of nesting",
            {"deepest": DEEPEST},
        )
    if isinstance(value, list | tuple):
        return [_copied(item, depth - 1) for item in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {whole(key): _copied(item, depth - 1) for key, item in value.items()}
    raise PydanticCustomError(
        "not-json",
        "expected a JSON value, found {found}",
        {"found": type(value).__name__},
    )


def whole(text: str) -> str:
    """The text itself, if it can be written as UTF-8: half of a surrogate pair cannot."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise PydanticCustomError(
                "broken-text",
                "expected whole characters, found half of a surrogate pair",
            ) from error
    return text


class Written(BaseModel, frozen=True):
    """Something that a person wrote down.

    Unknown keys are errors unless they begin with `x-`; those are kept and otherwise ignored.
    A wrong value raises `CaseError` with every problem of the record.
    """

    model_config = ConfigDict(
        extra="allow",
        strict=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
        validate_by_alias=True,
        validate_by_name=True,
    )
    __pydantic_extra__: dict[
        Annotated[str, AfterValidator(_extension_key)],
        Annotated[Any, AfterValidator(_plain)],
    ]

    @model_validator(mode="before")
    @classmethod
    def _of_bounded_width(cls, value: Any) -> Any:
        if isinstance(value, dict) and len(value) > MOST_FIELDS:
            raise PydanticCustomError(
                "too-long",
                "expected at most {most} fields, found {found}",
                {"most": MOST_FIELDS, "found": len(value), "fix": "split the record"},
            )
        return value

    # Type checkers take the constructor from the fields; at run time it speaks our errors.
    if not TYPE_CHECKING:

        def __init__(self, /, **fields: Any) -> None:
            try:
                super().__init__(**fields)
            except ValidationError as error:
                raise CaseError(self._problems(fields, error), type(self).__name__) from error

        # Nested records are then built without passing through this constructor.
        __init__.__pydantic_base_init__ = True

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """The record that a mapping describes; raises `CaseError` with every problem."""
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            raise CaseError(cls._problems(obj, error), cls.__name__) from error

    @classmethod
    def _problems(cls, fields: Any, error: ValidationError) -> Iterable[Problem]:
        """All that is wrong with the fields that were given, of which pydantic found a part."""
        return problems_of(error)

    @property
    def extensions(self) -> Mapping[str, Any]:
        """The `x-` keys of the record, as they were written."""
        return self.__pydantic_extra__ or {}

    def evolve(self, **changes: Any) -> Self:
        """A copy with some fields changed, checked like any new record; None takes a field away."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**{**fields, **self.extensions, **changes})

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        described = handler.resolve_ref_schema(handler(schema))
        described["additionalProperties"] = False
        described["patternProperties"] = {"^x-": {}}
        return described
