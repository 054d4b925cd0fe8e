"""Cases written out by hand, as shortly as they can be: sources and claims are made as needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from provenance.graph import Graph, Statement, Story
from provenance.records import Case

__all__ = ["case_of", "kept", "only", "origin", "relay", "why"]


def origin(
    name: str, source: str, claim: str | Sequence[str] = "x", **fields: Any
) -> dict[str, Any]:
    """An attribution of a source's own."""
    return {"id": name, "source": source, "claim": claim, **fields}


def relay(name: str, source: str, cites: str | Sequence[str], **fields: Any) -> dict[str, Any]:
    """An attribution that cites others."""
    return {"id": name, "source": source, "cites": cites, **fields}


def case_of(*attributions: dict[str, Any], **sections: Any) -> Case:
    """A case of some attributions; sources are graded C, and claims have no prior."""
    named = [source["id"] for source in sections.get("sources", ())]
    speaking = dict.fromkeys(each["source"] for each in attributions)
    more = [{"id": name, "reliability": "C"} for name in speaking if name not in named]
    claims: dict[str, None] = {}
    for each in attributions:
        written = each.get("claim", ())
        claims.update(dict.fromkeys([written] if isinstance(written, str) else written))
    told = [claim["id"] for claim in sections.get("claims", ())]
    untold = [{"id": name, "text": f"that {name}"} for name in claims if name not in told]
    return Case(
        **{
            **sections,
            "claims": [*sections.get("claims", ()), *untold],
            "sources": [*sections.get("sources", ()), *more],
            "attributions": list(attributions),
        }
    )


def kept(graph: Graph) -> dict[str, Statement]:
    """Every statement of a graph, by id."""
    return {each.id: each for story in graph.stories for each in story.statements}


def only(graph: Graph) -> tuple[Story, Statement]:
    """The one story of a graph and its one statement."""
    (story,) = graph.stories
    (statement,) = story.statements
    return story, statement


def why(graph: Graph) -> dict[str, str]:
    """What a graph ignores, with the reasons."""
    return {each.attribution: each.why.value for each in graph.ignored}
