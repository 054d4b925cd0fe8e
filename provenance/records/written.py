"""What every record has in common: it is frozen, strict, and keeps the keys that begin with `x-`."""

# Annotations are not put off here: before 2.13 pydantic reads that of `__pydantic_extra__` among the
# names of the module that a subclass is in, where those that it uses may be missing.

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ValidationError,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from provenance.errors import CaseError, Problem
from provenance.records.faults import problems_of

__all__ = ["MOST_FIELDS", "Written", "whole"]

DEEPEST = 64
"""How deeply the value of an `x-` key may be nested."""
MOST_VALUES = 250_000
"""How many values the value of an `x-` key may hold."""
MOST_FIELDS = 1_000
"""How many fields a record may have, `x-` keys included."""


def _extension_key(key: str) -> str:
    if not key.startswith("x-"):
        raise PydanticCustomError("unknown-field", "expected a field of the case format")
    return whole(key)


def _plain(value: Any) -> Any:
    """A copy of a value made of JSON values only, so that it can be written back as it came."""
    return _copied(value, DEEPEST, count(1))


def _copied(value: Any, depth: int, counter: Iterator[int]) -> Any:
    if next(counter) > MOST_VALUES:
        raise PydanticCustomError(
            "too-long",
            "expected at most {most} values in an extension",
            {"most": MOST_VALUES, "fix": "keep it elsewhere and name it here"},
        )
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise PydanticCustomError("not-finite", "expected a finite number")
        return value
    if not depth:
        raise PydanticCustomError(
            "too-deep",
            "expected at most {deepest} levels of nesting, found more",
            {"deepest": DEEPEST, "fix": "flatten the value"},
        )
    if isinstance(value, list | tuple):
        return [_copied(item, depth - 1, counter) for item in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {whole(key): _copied(item, depth - 1, counter) for key, item in value.items()}
    raise PydanticCustomError(
        "not-json",
        "expected a JSON value, found {found}",
        {"found": type(value).__name__, "fix": "write it as text, numbers, lists and objects"},
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
    always_written: ClassVar[tuple[str, ...]] = ()
    """The fields with a default that are written all the same."""
    __pydantic_extra__: dict[
        Annotated[str, AfterValidator(_extension_key)], Annotated[Any, AfterValidator(_plain)]
    ] = Field(init=False)  # no argument of the constructor, type checkers please note

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
    if not TYPE_CHECKING:  # pragma: no branch

        def __init__(self, /, **fields: Any) -> None:
            try:
                super().__init__(**fields)
            except ValidationError as error:
                raise CaseError(self._problems(fields, error, True), type(self).__name__) from error

        def __setattr__(self, name: str, _: Any) -> None:
            raise AttributeError(f"{name} of a record cannot be changed")

        # Nested records are then built without passing through this constructor.
        __init__.__pydantic_base_init__ = True

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """The record that a mapping describes; raises `CaseError` with every problem."""
        by_name = options.get("by_name", True)
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            raise CaseError(cls._problems(obj, error, by_name), cls.__name__) from error

    @classmethod
    def _problems(cls, fields: Any, error: ValidationError, by_name: bool) -> Iterable[Problem]:
        """All that is wrong with the fields that were given, of which pydantic found a part."""
        return problems_of(error)

    @property
    def extensions(self) -> Mapping[str, Any]:
        """The `x-` keys of the record in their order, as they were written."""
        return self.__pydantic_extra__

    def evolve(self, **changes: Any) -> Self:
        """A copy with some fields changed, checked like any new record; None takes a field away.

        >>> from provenance.records import Claim
        >>> Claim(id="armed", text="Egypt supplied weapons").evolve(prior=0.15)
        Claim(id='armed', text='Egypt supplied weapons', prior=0.15)
        """
        fields = {name: getattr(self, name) for name in self.model_fields_set}
        changed = {**fields, **changes}
        optional = {
            name for name, field in type(self).model_fields.items() if not field.is_required()
        }
        kept = {
            name: value
            for name, value in changed.items()
            if value is not None or name not in optional
        }
        return type(self)(**kept)

    def written(self, *, bare: bool = False) -> dict[str, Any]:
        """The record as a JSON object: its own fields in their order, note and refs, `x-` keys.

        Args:
            bare: leave out every field that has its default, so that equal records are written
                alike; otherwise what was stated is written, even where it is the default.
        """
        form: dict[str, Any] = {}
        for name, key, default, always in _order(type(self)):
            value = getattr(self, name)
            stated = value != default if bare else name in self.model_fields_set
            if value is not None and (stated or always):
                form[key] = _as_json(value, bare)
        form.update(self.extensions)
        return form

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        for name, _, default, _ in _order(type(self)):
            value = getattr(self, name)
            if value != default:
                yield name, value
        yield from self.extensions.items()

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        described = handler.resolve_ref_schema(handler(schema))
        described["additionalProperties"] = False
        described["maxProperties"] = MOST_FIELDS
        described["patternProperties"] = {"^x-": {}}
        return described


@cache
def _order(record: type[Written]) -> tuple[tuple[str, str, Any, bool], ...]:
    """How a kind of record is written: field, key, default, and whether it is always written."""
    fields = record.model_fields
    names = sorted(fields, key=lambda name: name in ("note", "refs"))
    return tuple(
        (
            name,
            fields[name].serialization_alias or name,
            ... if fields[name].is_required() else fields[name].default,
            fields[name].is_required() or name in record.always_written,
        )
        for name in names
    )


def _as_json(value: Any, bare: bool) -> Any:
    if isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, Written):
        return value.written(bare=bare)
    if isinstance(value, tuple):
        return [_as_json(item, bare) for item in value]
    return str(value)
