"""What to cite for a statement: the relay in hand that brings it, its document, and the place there."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from provenance.assessment import Assessment
from provenance.graph import Story
from provenance.records import Attribution, Document

__all__ = ["Citations"]

_LONGEST_TEXT = 300


@attrs.frozen
class Citations:
    """Where the statements behind an assessment can be looked up."""

    assessment: Assessment
    """The assessment."""

    @cached_property
    def attributions(self) -> Mapping[str, Attribution]:
        """The attributions of the case by their ids."""
        return {each.id: each for each in self.assessment.case.attributions}

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The documents of the case by their ids."""
        return {each.id: each for each in self.assessment.case.documents}

    @cached_property
    def story(self) -> Story:
        """The statements that were weighed together."""
        return self.assessment.answer.evaluation.story

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where a statement stands in the story."""
        return {each.id: index for index, each in enumerate(self.story.statements)}

    def attribution(self, statement: str) -> str:
        """The id of the attribution that a statement was written as."""
        return self.assessment.graph.attribution_of.get(statement, statement)

    def title(self, sources: Sequence[str]) -> str:
        """What to call some sources."""
        titles = self.assessment.graph.titles
        return " + ".join(titles.get(source, source) for source in sources)

    def best(self, statements: Sequence[str]) -> dict[str, Any]:
        """The best place to look up one of these origins: with a locator, by the shortest way.

        Every origin that is weighed has reached us, so that something in hand goes back to it.
        """
        heard = [found for statement in statements for found in self._heard(statement)]
        index = min(heard, key=lambda found: (*self._missing(found[0]), found[1]))[0]
        route = self.route(index)
        name = min(reversed(route), key=self._missing_of)
        return self.at(name, route)

    def route(self, index: int) -> tuple[str, ...]:
        """The attributions through which a statement has come, the origin first."""
        found: list[str] = []
        at: int | None = index
        while at is not None:
            statement = self.story.statements[at]
            found.append(self.attribution(statement.id))
            at = statement.cites
        return tuple(dict.fromkeys(reversed(found)))

    def _heard(self, statement: str) -> Iterator[tuple[int, int]]:
        """What is in hand and goes back to an origin, and over how many hands, the nearest first."""
        waiting = deque([(self.places[statement], 0)])
        while waiting:
            index, hands = waiting.popleft()
            if self.story.statements[index].in_hand:
                yield index, hands
            waiting.extend((each, hands + 1) for each in self.story.listeners[index])

    def _missing(self, index: int) -> tuple[bool, bool]:
        return self._missing_of(self.attribution(self.story.statements[index].id))

    def _missing_of(self, name: str) -> tuple[bool, bool]:
        """Whether an attribution has no locator, and whether it has no document."""
        found = self.attributions.get(name)
        return (found is None or not found.locators, found is None or found.document is None)

    def at(self, name: str, route: Sequence[str]) -> dict[str, Any]:
        """An attribution with its document and its first locator, as plain data."""
        attribution = self.attributions[name]
        document = self.documents.get(attribution.document or "")
        locator = attribution.locators[0] if attribution.locators else None
        return {
            "attribution": name,
            "route": list(route),
            "document": None if document is None else _described(document),
            "locator": None if locator is None else _shortened(locator.written()),
        }


def _described(document: Document) -> dict[str, Any]:
    fields = ("id", "title", "publisher", "published_on", "url")
    form = document.written()
    return _shortened({field: form[field] for field in fields if field in form})


def _shortened(form: Mapping[str, Any]) -> dict[str, Any]:
    """A record without its asides, its texts cut where they are long."""
    return {
        key: f"{value[: _LONGEST_TEXT - 1]}…"
        if isinstance(value, str) and len(value) > _LONGEST_TEXT
        else value
        for key, value in form.items()
        if key not in ("note", "refs") and not key.startswith("x-")
    }
