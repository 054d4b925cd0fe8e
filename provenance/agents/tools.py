"""The tools that an agent can call: their arguments, their answers, and what they take."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

import attrs

from provenance.agents.answers import (
    Quotations,
    answer_for_model,
    answers_for_model,
    cleaned,
    named,
    quoted,
)
from provenance.agents.page_answers import CLAIMS, DOCUMENTS, EVIDENCE, GRADED, audited, drafted
from provenance.assessment import (
    Assessment,
    Change,
    Lead,
    Remove,
    check,
    leads,
    mentions_of,
    read_change,
    weigh,
    weigh_all,
    what_if,
)
from provenance.bounds import Cancel, called_off_by
from provenance.casefiles import case_schema, load_case, parsed
from provenance.errors import CaseError, InvalidValue, ProvenanceError, UnknownName
from provenance.methods import compare
from provenance.records import Case, Question
from provenance.scales import percent

__all__ = [
    "MOST_LISTED",
    "TOOLS",
    "AgentTool",
    "Arguments",
    "ToolAnswer",
    "ToolParameter",
    "call_tool",
    "case_from_model",
    "case_within_bounds",
    "in_bounds",
    "tool_schema",
]

# Calls of tools: what an argument may be, a case that is handed over, and what comes back.

MOST_BYTES = 1_000_000
"""How large a case may be that an agent hands over, as JSON in UTF-8."""
MOST_STATEMENTS = 5_000
"""How many attributions such a case may have."""
MOST_LISTED = 200
"""How many chains or leads an agent may ask for."""
MOST_TEXTS = 20
"""How many texts an argument may have."""
LONGEST_NAME = 400
"""How many characters an argument that is a name may have."""
_DEPTH = 64

Arguments = Mapping[str, Any]


@attrs.frozen
class ToolAnswer:
    """What a tool says: as data for programs, and the same in words for the model."""

    data: dict[str, Any]
    """Plain data that JSON can carry."""
    text: str
    """The same in words."""
    is_error: bool = False
    """Whether the call failed; the text then says what was wrong and how to put it right."""

    def __str__(self) -> str:
        return self.text


@attrs.frozen
class ToolParameter:
    """An argument of a tool."""

    name: str
    """Its name."""
    kind: Literal["case", "text", "count", "texts", "data"]
    """What it is: a case, a name or a day, a number of entries, several texts, or a form."""
    description: str
    """What it is for, in a sentence."""
    required: bool = False
    """Whether a call must have it."""
    form: Mapping[str, Any] | None = None
    """Of a form of its own: its JSON Schema."""
    example: str = ""
    """What a text may be, for telling it to who hands over something else."""

    def schema(self) -> dict[str, Any]:
        """Its JSON Schema; that of a case is filled in by those who know where cases come from."""
        if self.form is not None:
            return {**self.form, "description": self.description}
        if self.kind == "texts":
            texts = {"type": "string", "maxLength": LONGEST_NAME}
            return {"type": "array", "items": texts, "description": self.description}
        if self.kind == "count":
            bounds = {"type": "integer", "minimum": 1, "maximum": MOST_LISTED}
            return {**bounds, "description": self.description}
        return {"type": "string", "maxLength": LONGEST_NAME, "description": self.description}

    def read(self, value: Any) -> Any:
        """The value that is meant; a number may come as a text, and one text for several.

        Raises `InvalidValue` for another kind of value.
        """
        if self.kind in ("case", "data"):
            return value
        if self.kind == "count":
            if isinstance(value, str) and value.strip().isdecimal() and len(value) < 10:
                value = int(value)
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_LISTED:
                return value
            raise InvalidValue(f"a whole number from 1 to {MOST_LISTED}, found {_shown(value)}")
        several = self.kind == "texts"
        texts = value if several and isinstance(value, list) else [value]
        if len(texts) > MOST_TEXTS:
            raise InvalidValue(f"at most {MOST_TEXTS} texts, found {len(texts)}")
        for text in texts:
            if not isinstance(text, str) or len(text) > LONGEST_NAME:
                such = f", such as {self.example}" if self.example else ""
                raise InvalidValue(
                    f"text of at most {LONGEST_NAME} characters{such}, found {_shown(text)}"
                )
        return texts if several else value


def _shown(value: Any) -> str:
    text = (
        repr(value) if isinstance(value, str | int | float | bool | None) else type(value).__name__
    )
    return text if len(text) <= 80 else f"{text[:79]}…"


@attrs.frozen
class AgentTool:
    """Something that an agent can ask for."""

    name: str
    """Its name."""
    title: str
    """Its name for people."""
    description: str
    """What it does and when to use it, for the model."""
    parameters: tuple[ToolParameter, ...]
    """Its arguments."""
    run: Callable[[Arguments], ToolAnswer] = attrs.field(repr=False)
    """Answers, the arguments being checked and the case, if it takes one, being read."""

    def checked(self, arguments: Arguments) -> Arguments:
        """The arguments, if all of them are there and in bounds; nothing counts as absent."""
        known = {each.name: each for each in self.parameters}
        for name in arguments:
            if name not in known:
                raise UnknownName(f"argument of {self.name}", quoted(str(name)), known)
        found = {name: value for name, value in arguments.items() if value is not None}
        for each in self.parameters:
            if each.required and each.name not in found:
                raise InvalidValue(
                    f"expected the argument {each.name!r} of {self.name}, found none"
                )
            if each.name in found:
                try:
                    found[each.name] = each.read(found[each.name])
                except InvalidValue as error:
                    raise InvalidValue(
                        f"expected as {each.name!r} of {self.name} {error}"
                    ) from error
        return found


def case_within_bounds(case: Any) -> Case:
    """A case that an agent hands over, as an object or as JSON text; nulls count as absent.

    Raises `CaseError` with everything that is wrong with it, and for one that is too large.
    """
    return in_bounds(load_case(_without_nulls(_plain_case(case))))


def _plain_case(case: Any) -> Mapping[str, Any]:
    """The object that an agent hands over, if it is one, of JSON values, and not too large."""
    if isinstance(case, Mapping):
        try:
            case = json.dumps(case)
        except (TypeError, ValueError, RecursionError) as error:
            message, fix = "expected an object of JSON values", "hand over plain data"
            raise CaseError.of("case", "not-json", message, fix) from error
    if not isinstance(case, str) or not case.lstrip().startswith("{"):
        message = f"expected a case as an object, found {_shown(case)}"
        raise CaseError.of("case", "not-an-object", message, "hand over the case itself, as JSON")
    read = parsed(case, max_bytes=MOST_BYTES, max_depth=_DEPTH)
    if read.problems:
        raise CaseError(read.problems)
    found: Mapping[str, Any] = read.document
    return found


def _without_nulls(value: Any) -> Any:
    """Plain data without what is null, except under the keys that are the writer's own."""
    if isinstance(value, Mapping):
        return {
            key: item if key.startswith("x-") else _without_nulls(item)
            for key, item in value.items()
            if item is not None or key.startswith("x-")
        }
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def in_bounds(case: Case) -> Case:
    """The case, unless it has too many statements for an answer in good time."""
    if len(case.attributions) > MOST_STATEMENTS:
        message = f"expected at most {MOST_STATEMENTS} attributions, found {len(case.attributions)}"
        raise CaseError.of("case", "too-large", message, "split the case, or weigh it from Python")
    return case


# The tools that an agent can call.

_LONGEST_ANSWER = 6_000
_MOST_SHOWN = 50
_MOST_CLAIMS = 20
_MOST_PROBLEMS = 200
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


def call_tool(
    name: str,
    arguments: Arguments,
    *,
    read_case: Callable[[Any], Case] = case_within_bounds,
    cancel: Cancel | None = None,
) -> ToolAnswer:
    """Calls a tool as an agent asked for it; what is wrong comes back as an answer that says so.

    Nothing is read from files unless `read_case` does so.

    Args:
        name: the name of the tool, one of `TOOLS`.
        arguments: the arguments by their names, as JSON gave them.
        read_case: makes a case of the argument `case`.
        cancel: what is asked now and then whether to stop, such as a `threading.Event`; the answer
            says then that the work was called off.

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
    no claim 'saled'; did you mean 'sailed' (“The ship sailed”)?
    """
    try:
        tool = TOOLS.get(name) if isinstance(name, str) else None
        if tool is None:
            raise UnknownName("tool", quoted(str(name)), TOOLS)
        if not isinstance(arguments, Mapping):
            raise InvalidValue(f"expected the arguments by their names, found {arguments!r:.80}")
        with called_off_by(cancel):
            checked = tool.checked(arguments)
            if "case" in checked:
                checked = {**checked, "case": read_case(checked["case"])}
            return tool.run(checked)
    except ProvenanceError as error:
        return failed(error)


def failed(error: ProvenanceError) -> ToolAnswer:
    """What was wrong with a call, as its answer: the texts of a case in it cannot pose as ours."""
    told = str(error).splitlines()
    problems = error.problems if isinstance(error, CaseError) else ()
    if len(problems) > 1:
        told = [told[0], *(f"  {problem}" for problem in problems)]
    lines = [_UNSEEN.sub(" ", line) for line in told]
    text, shown = "", 0
    for line in lines:  # whole lines, as many as there is room for
        if shown and len(text) + len(line) > _LONGEST_ANSWER:
            text += f"\n  … and {len(lines) - shown} more: put these right first, and check again"
            break
        text, shown = f"{text}\n{line}" if shown else line[:_LONGEST_ANSWER], shown + 1
    data: dict[str, Any] = {"error": type(error).__name__, "message": text}
    if problems:
        data["problems"] = [attrs.asdict(problem) for problem in problems[:_MOST_PROBLEMS]]
    return ToolAnswer(data, text, is_error=True)


def _check(arguments: Arguments) -> ToolAnswer:
    case = arguments["case"]
    found, mentions = check(case), mentions_of(case)
    data = {
        "valid": True,
        "weaknesses": [
            {
                "kind": each.kind,
                "text": quoted(each.text),
                "claim": each.claim,
                "about": list(each.about[:10]),
            }
            for each in found[:_MOST_SHOWN]
        ],
        "mentions": cleaned([attrs.asdict(each) for each in mentions[:_MOST_SHOWN]]),
        "left_out": max(0, len(found) - _MOST_SHOWN),
    }
    lines = [f"- {each.kind}: “{quoted(str(each))}”" for each in found[:_MOST_SHOWN]]
    lines += [f"[{named(each.claim)}] “{quoted(str(each))}”" for each in mentions[:_MOST_SHOWN]]
    first = f"The case is valid; {len(found)} weaknesses were found."
    return ToolAnswer(data, "\n".join([first, *lines]))


def _weigh(arguments: Arguments) -> ToolAnswer:
    case, day = arguments["case"], arguments.get("as_of")
    asked = next((each for each in case.questions if each.id == arguments.get("claim")), None)
    if asked is not None:
        return _answers_of(asked, weigh_all(case, as_of=day))
    if "claim" in arguments:
        assessment = weigh(case, arguments["claim"], as_of=day)
        return ToolAnswer(answer_for_model(assessment), answer_for_model(assessment, "text"))
    every = weigh_all(case, as_of=day)
    data, text = answers_for_model(every[:_MOST_CLAIMS], len(every) - _MOST_CLAIMS)
    return ToolAnswer(data, text)


def _answers_of(question: Question, every: tuple[Assessment, ...]) -> ToolAnswer:
    """The answers of a question together, and what is left for none of them."""
    found = tuple(each for each in every if each.claim in question.claims)
    data, text = answers_for_model(found)
    none = 0.0 if question.exhaustive else max(0.0, 1.0 - sum(each.probability for each in found))
    data |= {
        "question": {"id": question.id, "text": quoted(question.text)},
        "none_of_these": round(none, 4),
    }
    first = f"Question [{named(question.id)}]: “{quoted(question.text)}”"
    return ToolAnswer(data, "\n".join([first, f"None of these: {percent(none)}.", text]))


def _chains(arguments: Arguments) -> ToolAnswer:
    case = arguments["case"]
    assessment = weigh(case, arguments["claim"], as_of=arguments.get("as_of"))
    citations, most = Quotations(assessment), arguments.get("most", 20)
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
    lines = [f"Claim [{named(data['claim']['id'])}]: “{data['claim']['text']}”"]
    for chain in data["chains"]:
        steps = " → ".join(
            f"{named(source)} [{named(statement)}]"
            for source, statement in zip(chain["sources"], chain["statements"], strict=True)
        )
        lines.append(f"{chain['side']}: {steps}")
    lines += [f"circular: {', '.join(map(named, circle))}" for circle in data["circles"]]
    counts = f"{data['independent_origins']} for, {data['opposing_origins']} against"
    lines.append(f"Routes: {data['routes']}. Independent origins: {counts}.")
    if data["shared_by_all"]:
        lines.append(f"Every route passes through: {', '.join(map(named, data['shared_by_all']))}")
    return lines


def _compare(arguments: Arguments) -> ToolAnswer:
    found = compare(arguments["case"], arguments["claim"], as_of=arguments.get("as_of"))
    data = {
        "claim": found.claim,
        "prior": found.prior,
        "rows": cleaned([attrs.asdict(row) for row in found.rows]),
        "warnings": cleaned(list(found.warnings)),
        "reading": "The testimony network is the answer; the others show what simpler counting says.",
    }
    lines = [f"Claim [{named(found.claim)}], prior {percent(found.prior)}"]
    for row in found.rows:
        number = "no answer" if row.probability is None else percent(row.probability)
        lines.append(f"{row.method}: {number}; “{quoted(row.finding)}” “{quoted(row.why)}”")
    lines += [f"warning: “{quoted(each)}”" for each in found.warnings]
    return ToolAnswer(data, "\n".join([*lines, data["reading"]]))


def _leads(arguments: Arguments) -> ToolAnswer:
    found = leads(
        arguments["case"],
        arguments["claim"],
        as_of=arguments.get("as_of"),
        most=arguments.get("most", 10),
    )
    reading = "For the answer with its interval and its analytic confidence, call weigh."
    lines = [f"{number}. {_lead(each)}" for number, each in enumerate(found, start=1)]
    first = f"Claim [{named(found.claim)}]: “{quoted(found.text)}”. To find out next:"
    text = "\n".join([first, *(lines or ["nothing that could move the answer"]), reading])
    return ToolAnswer({**cleaned(found.data), "reading": reading}, text)


def _lead(lead: Lead) -> str:
    best, worst = lead.best, lead.worst
    return (
        f"“{quoted(lead.text)}” Expected to move it by {100.0 * lead.expected_change:.1f} points; "
        f"at best {percent(best.probability)} (“{quoted(best.text)}”), "
        f"at worst {percent(worst.probability)} (“{quoted(worst.text)}”)"
    )


def _what_if(arguments: Arguments) -> ToolAnswer:
    case = arguments["case"]
    written = [each for text in arguments.get("changes", ()) for each in _of_group(text, arguments)]
    changes: list[Change | Remove] = [
        *map(read_change, written),
        *(Remove(text) for text in arguments.get("without", ())),
    ]
    if not changes:
        raise InvalidValue("expected changes or without, so that something is supposed, found none")
    found = what_if(case, arguments["claim"], *changes, as_of=arguments.get("as_of"))
    before, after = (
        {
            "probability": round(probability, 6),
            "interval": [round(interval.low, 6), round(interval.high, 6)],
            "confidence": level,
        }
        for probability, interval, level in (
            (found.before.probability, found.before.interval, found.before.confidence.level),
            (found.probability, found.interval, found.level),
        )
    )
    data = {
        "claim": {"id": found.before.claim, "text": quoted(found.before.text)},
        "changes": cleaned([str(each) for each in found.changes]),
        "before": before,
        "after": after,
        "change": round(found.change, 6),
        "in_words": found.in_words,
    }
    supposed = "; ".join(f"“{each}”" for each in data["changes"])
    text = f"Claim [{named(found.before.claim)}]. Supposing {supposed}: {found.in_words}"
    return ToolAnswer(data, text)


_GROUP = re.compile(
    r"\A(?:(?:cites|basis):(?P<of>[^=]+)=(?P<to>.*)|one_voice=(?P<all>[^@]+)(?P<sure>@.*)?)\Z", re.S
)


def _of_group(change: str, arguments: Arguments) -> list[str]:
    """A change of a group of statements as those of its members: one_voice=unrecorded, cites:citing:ID=OTHER.

    "unrecorded" are the voices of the claim whose lineage nobody has recorded, and "citing:ID" all
    that cite a statement. An attribution that is called so itself is meant first.
    """
    found = _GROUP.match(change)
    group = "" if found is None else (found["of"] or found["all"]).strip()
    case = arguments["case"]
    if found is None or any(each.id == group for each in case.attributions):
        return [change]
    if group == "unrecorded":
        weighed = weigh(case, arguments["claim"], as_of=arguments.get("as_of"))
        name = Quotations(weighed).attribution
        members = dict.fromkeys(name(each.id) for each in weighed.origins if not each.lineage_known)
    elif group.startswith("citing:"):
        cited = group.removeprefix("citing:")
        members = dict.fromkeys(each.id for each in case.attributions if cited in each.cited)
    else:
        return [change]
    if not members:
        raise InvalidValue(f"expected a group with a statement in it, found none in {group!r:.80}")
    if found["all"]:
        return [f"one_voice={','.join(members)}{found['sure'] or ''}"]
    head = change.partition(":")[0]
    return [f"{head}:{each}={found['to']}" for each in members if each != found["to"].strip()]


def _audit(arguments: Arguments) -> ToolAnswer:
    names = ("claims", "sources", "ungraded", "as_of")
    given = {name: arguments[name] for name in names if name in arguments}
    data, text = audited(arguments["evidence"], **given)
    return ToolAnswer(data, text)


def _draft(arguments: Arguments) -> ToolAnswer:
    data, text = drafted(arguments["documents"])
    return ToolAnswer(data, text)


_CASE = ToolParameter(
    "case",
    "case",
    "The case: claims, sources, and who said what from whom. Its form is in the tool case_schema "
    "and the resource provenance://schema; provenance://example is a whole one.",
    True,
)
_CLAIM = ToolParameter("claim", "text", "The id of a claim of the case.", True)
_DAY = ToolParameter(
    "as_of",
    "text",
    "Leave out what was said after this day, such as 2015-09-04.",
    example="2015-09-04",
)
_MOST = ToolParameter("most", "count", "How many to list at most.")

TOOLS: Mapping[str, AgentTool] = {
    tool.name: tool
    for tool in (
        AgentTool(
            "audit",
            "Audit a list of pages",
            "Takes pages, notes or search results on a claim and says how many origins they go back "
            "to, which page has it from which and why, how likely that makes the claim, and what to "
            "check next. Call it before you count pages as confirmations. Nothing is fetched: hand "
            "over what each page says, or its text, and from whom it has it where you know. A text "
            "that nowhere states the claim is left out, and told: then give `says` or `stance`.",
            (
                ToolParameter(
                    "evidence",
                    "data",
                    "The pages, each with url or publisher, and what it says, a quote or its text.",
                    True,
                    EVIDENCE,
                ),
                ToolParameter(
                    "claims",
                    "data",
                    "What the pages are about; with several, every page names its claim. Without "
                    "them, what the pages say, those that state the same together.",
                    form=CLAIMS,
                ),
                ToolParameter(
                    "sources",
                    "data",
                    "How reliable publishers are, where you know: their id, which may be a domain, "
                    "and their reliability. The others count as grade C.",
                    form=GRADED,
                ),
                ToolParameter(
                    "ungraded",
                    "text",
                    "The grade of all others, A to F; F judges nobody whom `sources` leaves out.",
                    example="C",
                ),
                _DAY,
            ),
            _audit,
        ),
        AgentTool(
            "check",
            "Check a case",
            "Lists what an editor would ask before trusting any number from a case: circular "
            "reporting, claims that go back to one origin or one outlet, sources that "
            "nobody has judged, priors that are not stated. Lists every problem of a case that is not valid.",
            (_CASE,),
            _check,
        ),
        AgentTool(
            "weigh",
            "Weigh a claim",
            "Says how likely a claim is, with its interval, its analytic confidence, its reasons "
            "with a place to cite for each, and its caveats. Without a claim, every claim in short.",
            (
                _CASE,
                attrs.evolve(
                    _CLAIM, required=False, description="The id of a claim or of a question."
                ),
                _DAY,
            ),
            _weigh,
        ),
        AgentTool(
            "chains",
            "List chains of attribution",
            "Lists how a claim has reached us: every path from an origin, relay by relay, to what "
            "we have, with the document and the place, and how many origins are independent.",
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
        AgentTool(
            "what_if",
            "Suppose something else",
            "Weighs a claim as the case stands and again with something supposed: another grade, "
            "another prior, a source or a statement left out.",
            (
                _CASE,
                _CLAIM,
                ToolParameter(
                    "changes",
                    "texts",
                    "Numbers set anew, such as reliability:ID=B, prior:ID=0.3, wording:ID=likely; who "
                    "has it from whom: cites:ID=OTHER, basis:ID=firsthand, one_voice=ID,ID; that it was "
                    "withdrawn: retracted_on:ID=DATE. In place of ids a group: unrecorded (all whose "
                    "lineage nobody recorded), citing:ID (all that cite it): cites:unrecorded=ID.",
                    example="reliability:ID=B",
                ),
                ToolParameter(
                    "without",
                    "texts",
                    "What to leave out: source:ID, attribution:ID, link:NAME.",
                    example="source:ID",
                ),
                _DAY,
            ),
            _what_if,
        ),
        AgentTool(
            "draft",
            "Draft a case from texts",
            "Reads articles in English and says who says what from whom, as a draft that nobody has "
            "confirmed, with the case that it makes, which the other tools take.",
            (
                ToolParameter(
                    "documents", "data", "The texts, each with who published it.", True, DOCUMENTS
                ),
            ),
            _draft,
        ),
    )
}
"""Every tool by its name; the server offers each one, so that a new one is an entry here."""


# JSON Schemas of what a model may fill in or call, plain and for engines that hold it to them.

RECORD = "record_case"
"""The name of the tool by which a model hands over a case."""
_DESCRIPTION = (
    "Records a case: the claims in question, the sources that speak, and every statement as an "
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
    others take a case and some names, a list of pages or texts; `call_tool` answers them.

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
    definitions: dict[str, Any] = {}
    if any(each.kind == "case" for each in tool.parameters):
        case = _of_case()
        case.pop("examples")
        definitions = {"$defs": {**case.pop("$defs"), "Case": case}}
    properties = {
        each.name: {"$ref": "#/$defs/Case"} if each.kind == "case" else each.schema()
        for each in tool.parameters
    }
    return {
        "type": "object",
        "properties": properties,
        "required": [each.name for each in tool.parameters if each.required],
        "additionalProperties": False,
        **definitions,
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
