"""The tools that an agent can call: check, weigh, chains, compare and leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from provenance.assessment import check, mentions_of, weigh, weigh_all
from provenance.assessment.leads import leads
from provenance.assessment.prose import percent
from provenance.assessment.prospects import Lead
from provenance.errors import CaseError, ProvenanceError, UnknownName
from provenance.exchange.answers import answer_for_model, quoted
from provenance.exchange.citing import Citations
from provenance.exchange.tool_calls import (
    MOST_LISTED,
    AgentTool,
    Arguments,
    Parameter,
    ToolAnswer,
    case_within_bounds,
)
from provenance.methods import compare
from provenance.records import Case

__all__ = ["TOOLS", "call_tool"]

_LONGEST_ANSWER = 6_000


def call_tool(
    name: str,
    arguments: Arguments,
    *,
    read_case: Callable[[Any], Case] = case_within_bounds,
) -> ToolAnswer:
    """Calls a tool as an agent asked for it; what is wrong comes back as an answer that says so.

    Nothing is read from files unless `read_case` does so.

    Args:
        name: the name of the tool, one of `TOOLS`.
        arguments: the arguments by their names, as JSON gave them.
        read_case: makes a case of the argument `case`.

    >>> case = {
    ...     "version": 1,
    ...     "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     "sources": [{"id": "pilot", "reliability": "C"}],
    ...     "attributions": [{"id": "log", "source": "pilot", "claim": "sailed"}],
    ... }
    >>> answer = call_tool("weigh", {"case": case, "claim": "sailed"})
    >>> answer.data["likelihood"]["in_words"], answer.is_error
    ('about 1 in 4', False)
    >>> print(call_tool("weigh", {"case": case, "claim": "saled"}))
    no claim 'saled'; did you mean 'sailed'?
    """
    try:
        tool = TOOLS.get(name)
        if tool is None:
            raise UnknownName("tool", quoted(name), TOOLS)
        checked = tool.checked(arguments)
        return tool.run(read_case(checked["case"]), checked)
    except ProvenanceError as error:
        return _failed(error)


def _failed(error: ProvenanceError) -> ToolAnswer:
    text = str(error)
    data: dict[str, Any] = {"error": type(error).__name__, "message": text[:_LONGEST_ANSWER]}
    if isinstance(error, CaseError):
        data["problems"] = [attrs.asdict(problem) for problem in error.problems[:20]]
    return ToolAnswer(data, text[:_LONGEST_ANSWER], is_error=True)


def _check(case: Case, arguments: Arguments) -> ToolAnswer:
    found, mentions = check(case), mentions_of(case)
    data = {
        "valid": True,
        "weaknesses": [
            {
                "kind": each.kind,
                "text": quoted(each.text),
                "claim": each.claim,
                "about": list(each.about[:MOST_LISTED]),
            }
            for each in found[:MOST_LISTED]
        ],
        "mentions": [attrs.asdict(each) for each in mentions[:MOST_LISTED]],
        "left_out": max(0, len(found) - MOST_LISTED),
    }
    lines = [f"- {each.kind}: {quoted(str(each))}" for each in found[:MOST_LISTED]]
    lines += [f"[{each.claim}] {each}" for each in mentions[:MOST_LISTED]]
    first = f"The case is valid; {len(found)} weaknesses were found."
    return ToolAnswer(data, "\n".join([first, *lines]))


def _weigh(case: Case, arguments: Arguments) -> ToolAnswer:
    day = arguments.get("as_of")
    if "claim" in arguments:
        assessment = weigh(case, arguments["claim"], as_of=day)
        return ToolAnswer(answer_for_model(assessment), answer_for_model(assessment, "text"))
    every = weigh_all(case, as_of=day)
    shown = every[:20]
    data = {
        "answers": [answer_for_model(each, most=3) for each in shown],
        "left_out": len(every) - len(shown),
    }
    text = "\n\n".join(answer_for_model(each, "text", most=3) for each in shown)
    return ToolAnswer(data, text)


def _chains(case: Case, arguments: Arguments) -> ToolAnswer:
    assessment = weigh(case, arguments["claim"], as_of=arguments.get("as_of"))
    citations, most = Citations(assessment), arguments.get("most", 50)
    sides = {1: "for", -1: "against", 0: "either way"}
    chains = [
        {
            "statements": list(chain.ids),
            "sources": list(chain.sources),
            "side": sides[chain.direction],
            "cite": citations.at(
                citations.attribution(chain.ids[-1]), [*map(citations.attribution, chain.ids)]
            ),
        }
        for chain in assessment.chains[:most]
    ]
    circles = [list(each.members) for each in assessment.graph.circles_of(assessment.claim)]
    data = {
        "claim": {"id": assessment.claim, "text": quoted(assessment.text)},
        "chains": chains,
        "routes": assessment.lineage.routes,
        "shared_by_all": list(assessment.lineage.shared),
        "independent_origins": assessment.independent_origins,
        "opposing_origins": assessment.opposing_origins,
        "circles": circles,
        "left_out": assessment.lineage.routes - len(chains),
    }
    return ToolAnswer(data, "\n".join(_chains_in_words(data)))


def _chains_in_words(data: Mapping[str, Any]) -> list[str]:
    lines = [f"Claim [{data['claim']['id']}]: “{data['claim']['text']}”"]
    for chain in data["chains"]:
        steps = " → ".join(
            f"{source} [{statement}]"
            for source, statement in zip(chain["sources"], chain["statements"], strict=True)
        )
        lines.append(f"{chain['side']}: {steps}")
    lines += [f"circular: {', '.join(circle)}" for circle in data["circles"]]
    counts = f"{data['independent_origins']} for, {data['opposing_origins']} against"
    lines.append(f"Routes: {data['routes']}. Independent origins: {counts}.")
    if data["shared_by_all"]:
        lines.append(f"Every route passes through: {', '.join(data['shared_by_all'])}")
    return lines


def _compare(case: Case, arguments: Arguments) -> ToolAnswer:
    found = compare(case, arguments["claim"], as_of=arguments.get("as_of"))
    data = {
        "claim": found.claim,
        "prior": found.prior,
        "rows": [attrs.asdict(row) for row in found.rows],
        "warnings": list(found.warnings),
        "reading": "The testimony network is the answer; the others show what simpler counting says.",
    }
    return ToolAnswer(data, f"{found}\n{data['reading']}")


def _leads(case: Case, arguments: Arguments) -> ToolAnswer:
    found = leads(
        case, arguments["claim"], as_of=arguments.get("as_of"), most=arguments.get("most", 10)
    )
    reading = "For the answer with its interval and its analytic confidence, call weigh."
    lines = [f"{number}. {_lead(each)}" for number, each in enumerate(found, start=1)]
    first = f"Claim [{found.claim}]: “{quoted(found.text)}”. To find out next:"
    text = "\n".join([first, *(lines or ["nothing that could move the answer"]), reading])
    return ToolAnswer({**found.data, "reading": reading}, text)


def _lead(lead: Lead) -> str:
    best, worst = lead.best, lead.worst
    return (
        f"{quoted(lead.text)}. Expected to move it by {100.0 * lead.expected_change:.1f} points; "
        f"at best {percent(best.probability)} ({quoted(best.text)}), "
        f"at worst {percent(worst.probability)} ({quoted(worst.text)})"
    )


_CASE = Parameter("case", "case", "The case: claims, sources, and who said what from whom.", True)
_CLAIM = Parameter("claim", "text", "The id of a claim of the case.", True)
_DAY = Parameter("as_of", "text", "Leave out what was said after this day, such as 2015-09-04.")
_MOST = Parameter("most", "count", "How many to list at most.")

TOOLS: Mapping[str, AgentTool] = {
    tool.name: tool
    for tool in (
        AgentTool(
            "check",
            "Check a case",
            "Lists what an editor would ask before trusting any number from a case: circular "
            "reporting, claims that go back to one origin or one outlet, sources that cannot be "
            "judged, priors that are not stated. Lists every problem of a case that is not valid.",
            (_CASE,),
            _check,
        ),
        AgentTool(
            "weigh",
            "Weigh a claim",
            "Says how likely a claim is, with its interval, its analytic confidence, its reasons "
            "with a place to cite for each, and its caveats. Without a claim, every claim in short.",
            (_CASE, attrs.evolve(_CLAIM, required=False), _DAY),
            _weigh,
        ),
        AgentTool(
            "chains",
            "List chains of attribution",
            "Lists how a claim has reached us: every path from an origin, relay by relay, to what is "
            "in hand, with the document and the place, and how many origins are independent.",
            (_CASE, _CLAIM, _DAY, _MOST),
            _chains,
        ),
        AgentTool(
            "compare",
            "Compare methods",
            "Shows what other methods and simple counting say of the same claim, each with a "
            "sentence on why it differs.",
            (_CASE, _CLAIM, _DAY),
            _compare,
        ),
        AgentTool(
            "leads",
            "Find leads",
            "Lists what to find out next about a claim, ranked by how much it is expected to move "
            "the answer.",
            (_CASE, _CLAIM, _DAY, _MOST),
            _leads,
        ),
    )
}
"""Every tool by its name."""
