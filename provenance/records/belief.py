"""How a person writes down a degree: a number, a mean with a strength, a grade, a track record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, GetJsonSchemaHandler, Tag
from pydantic_core import CoreSchema, PydanticCustomError

from provenance.records.fields import Count, Fraction, Positive, WithinFraction
from provenance.records.record import Record

__all__ = [
    "Accuracy",
    "Estimate",
    "FractionForm",
    "Grade",
    "Outcomes",
    "PriorForm",
    "ReliabilityForm",
]

Grade = Literal["A", "B", "C", "D", "E", "F"]
"""An Admiralty grade of reliability; F cannot be judged."""


class Estimate(Record, frozen=True):
    """A number that is known roughly: Beta(mean * strength, (1 - mean) * strength)."""

    mean: Fraction
    """The mean, in [0, 1]."""
    strength: Positive
    """How many observations the mean is worth, above 0."""


class Accuracy(Record, frozen=True):
    """How often a source is right on yes/no matters, and how many observations that is worth."""

    accuracy: Fraction
    """The share of yes/no matters on which it is right, in [0, 1]; 1/2 is a coin."""
    strength: Positive
    """How many observations the accuracy is worth, above 0."""


class Outcomes(Record, frozen=True):
    """A track record: how often what the source said turned out so, and how often not."""

    confirmed: Count
    """How many of its statements turned out to be so."""
    refuted: Count
    """How many of its statements turned out not to be so."""


def _form(value: Any) -> str:
    if isinstance(value, str):
        return "=grade"
    if isinstance(value, Accuracy | Outcomes):
        return "=accuracy" if isinstance(value, Accuracy) else "=outcomes"
    if not isinstance(value, Mapping | Record):
        return "=number"
    if isinstance(value, Mapping) and "accuracy" in value:
        return "=accuracy"
    if isinstance(value, Mapping) and ("confirmed" in value or "refuted" in value):
        return "=outcomes"
    return "=estimate"


def _plain_form(value: Any) -> str:
    return "=estimate" if isinstance(value, Mapping | Record) else "=number"


class _WithinBounds:
    """Says in the JSON Schema that the mean of a prior is neither 0 nor 1."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            **handler(schema),
            "properties": {"mean": {"exclusiveMinimum": 0, "exclusiveMaximum": 1}},
        }


def _neither_0_nor_1(prior: Estimate) -> Estimate:
    if not 0 < prior.mean < 1:
        raise PydanticCustomError(
            "out-of-range",
            "expected a mean above 0 and below 1, found {found}",
            {"found": f"{prior.mean:g}", "fix": "write a mean above 0 and below 1"},
        )
    return prior


FractionForm = Annotated[
    Annotated[Fraction, Tag("=number")] | Annotated[Estimate, Tag("=estimate")],
    Discriminator(_plain_form),
]
"""A number in [0, 1], known exactly, or a mean with a strength."""

PriorForm = Annotated[
    Annotated[WithinFraction, Tag("=number")]
    | Annotated[Estimate, AfterValidator(_neither_0_nor_1), _WithinBounds, Tag("=estimate")],
    Discriminator(_plain_form),
]
"""A number in (0, 1), or a mean with a strength."""

ReliabilityForm = Annotated[
    Annotated[Grade, Tag("=grade")]
    | Annotated[Fraction, Tag("=number")]
    | Annotated[Estimate, Tag("=estimate")]
    | Annotated[Accuracy, Tag("=accuracy")]
    | Annotated[Outcomes, Tag("=outcomes")],
    Discriminator(_form),
]
"""A grade, a number in [0, 1], a mean with a strength, an accuracy, or a track record."""
