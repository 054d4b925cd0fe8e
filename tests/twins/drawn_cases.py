"""Small whole case files at random, valid and with every feature of the model, for the slow twin.

`drawn_cases()` draws a case, `asked_cases()` a case with a claim, a day and a coupling. A few
features are drawn first and only those are used, so that each is met often and seldom drowned by
the others. Bound: at most `MOST_WORLDS` joint values of everything a twin enumerates for a claim
(model values times states times phantoms times hidden statements); by construction a case has at
most 3 plain claims and a question, 4 sources and 7 attributions, and few are over the bound.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from tests.twins.answer_twin import Impossible, ask, probability_of
from tests.twins.network_twin import Network
from tests.twins.numbers_twin import Case

MOST_WORLDS = 1 << 13

FEATURES = (
    "access",
    "alternatives",
    "basis",
    "chains",
    "circles",
    "contradicts",
    "crowds",
    "dated grades",
    "dates",
    "denials",
    "disowns",
    "documents",
    "evidence",
    "few",
    "gates",
    "grades",
    "implies",
    "in hand",
    "inferences",
    "interests",
    "lists",
    "open question",
    "own words",
    "passing-on",
    "priors",
    "questions",
    "quoted",
    "ratios",
    "records",
    "relays",
    "resolved",
    "same voices",
    "second hand",
    "sensors",
    "silences",
    "skills",
    "source gates",
    "unjudged",
    "withdrawals",
    "wordings",
)

THEMES = (
    ("crowds", "basis", "ratios"),
    ("questions", "denials", "relays", "disowns"),
    ("open question", "denials", "wordings", "chains", "crowds"),
    ("evidence", "relays", "few", "questions"),
    ("evidence", "relays", "few", "in hand"),
    ("implies", "contradicts", "priors", "few"),
    ("crowds", "basis", "dates", "sensors", "skills"),
    ("crowds", "same voices", "relays", "basis"),
    ("gates", "source gates", "relays", "few"),
    ("dates", "withdrawals", "denials", "dated grades"),
    ("dates", "withdrawals", "denials", "few"),
    ("resolved", "evidence", "gates"),
    ("quoted", "evidence", "few"),
    ("quoted", "questions", "denials", "few"),
    ("quoted", "crowds", "basis"),
    ("resolved", "implies", "questions"),
    ("silences", "interests", "evidence"),
    ("relays", "own words", "unjudged", "second hand"),
    ("chains", "circles", "few", "lists"),
)
"""Features that meet: without them the rarer corners of the model would be met by chance alone."""

DAYS = tuple(f"2015-08-0{day}" for day in range(1, 7))
DATES = (*DAYS, *DAYS, "2015-08", "2015", "2015-08-02/2015-08-05", "2015-08-03T13:07Z")
MEANS = (0.05, 0.2, 0.4, 0.5, 0.7, 0.9)
STRENGTHS = (2, 6, 20)
SHARES = {
    2: ((0.5, 0.5), (0.1, 0.9), (0.7, 0.3)),
    3: ((0.5, 0.3, 0.2), (0.1, 0.1, 0.8), (0.25, 0.5, 0.25)),
    4: ((0.25, 0.25, 0.25, 0.25), (0.1, 0.2, 0.3, 0.4)),
}


def numbers(ends: bool = True) -> st.SearchStrategy[Any]:
    """A number known exactly, or a mean and a strength."""
    means = st.sampled_from(MEANS)
    spread = st.builds(lambda m, n: {"mean": m, "strength": n}, means, st.sampled_from(STRENGTHS))
    return st.one_of(st.sampled_from((*MEANS, 0, 1)) if ends else means, spread)


@dataclass
class Draft:
    """A case on its way, and what it may use."""

    draw: st.DrawFn
    features: frozenset[str]
    case: Case = field(default_factory=dict)
    said: list[dict[str, Any]] = field(default_factory=list)
    about: dict[str, set[str]] = field(default_factory=dict)  # attribution -> its questions
    circle: set[str] = field(default_factory=set)

    def uses(self, feature: str) -> bool:
        """One time in two, where the feature is used at all."""
        return feature in self.features and self.draw(st.booleans())

    def one(self, *values: Any) -> Any:
        return self.draw(st.sampled_from(values))


# ---------------------------------------------------------------- what it is about


def draw_claims(d: Draft) -> None:
    """One to three plain claims, perhaps a question of two to four values, and their links."""
    plain = [f"c{n}" for n in range(d.one(1, 1, 2))]
    links: list[dict[str, Any]] = []
    signs = set()
    if "evidence" in d.features:
        plain.append("sign")
        signs.add("sign")
    claims: list[dict[str, Any]] = [{"id": c, "text": f"that {c}"} for c in plain]
    for claim in claims:
        if claim["id"] not in signs:
            if d.uses("priors"):
                claim["prior"] = d.draw(numbers(ends=False))
            if d.uses("alternatives"):
                claim["alternatives"] = d.one(2, 3, 10, 50.5)
    d.case |= {"version": 1, "claims": claims}
    if "questions" in d.features or "open question" in d.features:
        draw_question(d)
    names = [claim["id"] for claim in claims]
    stated = sum("prior" in c for c in claims) + any(
        "prior" in q for q in d.case.get("questions", ())
    )
    # Zeros and ones only where nothing can be at odds with them.
    gentle = stated > 1 or len(d.features & {"evidence", "implies", "contradicts"}) > 1
    soft = (0.3, 0.6, 0.9) if gentle else (0.3, 0.8, 1)
    if signs:
        chances = (0.1, 0.4, 0.8) if gentle else (0.1, 0.4, 0.8, 0, 1)
        claim = d.one(*(n for n in names if n not in signs))
        links.append(
            {"kind": "evidence", "claim": claim, "sign": "sign"}
            | {"if_true": d.one(*chances), "if_false": d.one(*chances)}
        )
    for kind in ("implies", "contradicts"):
        if kind in d.features and len(names) > 1:
            a, b, *rest = d.draw(st.permutations(names))
            if kind == "implies":
                links.append({"kind": kind, "claim": a, "implies": b, "strength": d.one(*soft)})
            else:
                three = [a, b, *rest[: d.draw(st.integers(0, 1))]]
                links.append({"kind": kind, "claims": three, "strength": d.one(*soft)})
    if links:
        d.case["links"] = links
    if "resolved" in d.features:
        outcome = {"value": d.draw(st.booleans()), "on": d.one(*DAYS), "by": "a court"}
        d.one(*claims)["resolved"] = outcome


def draw_question(d: Draft) -> None:
    rest = "open question" in d.features
    k = d.draw(st.integers(2, 4))
    values = [f"v{n}" for n in range(k - rest)]
    d.case["claims"] += [{"id": v, "text": f"that {v}"} for v in values]
    question: dict[str, Any] = {"id": "q", "text": "which of them", "claims": values}
    if rest:
        question["exhaustive"] = False
    if d.uses("priors"):
        shares = d.one(*SHARES[k])
        question["prior"] = list(shares[: len(values)])
    d.case["questions"] = [question]


def question_of(d: Draft, claim: str) -> str:
    return "q" if claim.startswith("v") else claim


# ---------------------------------------------------------------- who speaks


def draw_reliability(d: Draft) -> Any:
    forms: list[Any] = ["A", "B", "C", "D", "E"]
    if "grades" not in d.features:
        forms = [0.2, 0.5, 0.75, 0.9]
    if "unjudged" in d.features:
        forms += ["F", None]
    if "records" in d.features:
        forms = [
            {"mean": 0.4, "strength": 6},
            {"mean": 0.85, "strength": 12},
            {"accuracy": 0.9, "strength": 20},
            {"accuracy": 0.55, "strength": 4},
            {"confirmed": 7, "refuted": 1},
            {"confirmed": 0, "refuted": 0},
            0,
            1,
        ]
    return d.one(*forms)


def draw_sources(d: Draft) -> None:
    claims = [claim["id"] for claim in d.case["claims"]]
    sources = []
    for n in range(d.one(*((1, 2, 2, 3) if "few" in d.features else (1, 2, 3, 3, 4, 4, 5)))):
        source: dict[str, Any] = {"id": f"s{n}"}
        how = draw_reliability(d)
        if d.uses("dated grades"):
            first, second = d.one(*DAYS[:3]), d.one(*DAYS[3:])
            how = [
                {"from": first, "reliability": "F" if how is None else how},
                {"from": second, "reliability": draw_reliability(d) or "F"},
            ]
        if how is not None:
            source["reliability"] = how
        if d.uses("access"):
            source["access"] = d.draw(numbers())
        if d.uses("passing-on"):
            source["passing_on"] = d.one("A", "C", "D", "F", 0.6, {"mean": 0.7, "strength": 6})
        if d.uses("sensors"):
            source["kind"] = "sensor"
        if d.uses("source gates"):
            source["only_if"] = d.one(*claims)
        if d.uses("interests"):
            source["interests"] = draw_interests(d, claims)
        sources.append(source)
    d.case["sources"] = sources


def draw_interests(d: Draft, claims: list[str]) -> list[dict[str, Any]]:
    stakes = (
        "gains",
        "gains strongly",
        "loses",
        "loses strongly",
        "says so whatever is true",
    )
    return [
        {"claims": d.one("all", [d.one(*claims)]), "stake": d.one(*stakes)}
        for _ in range(d.draw(st.integers(1, 2)))
    ]


# ---------------------------------------------------------------- who said what


def draw_attributions(d: Draft) -> None:
    count = d.one(1, 2, 3, 4, 5, 5, 6, 6, 7, 7)
    chatty = bool(d.features & {"relays", "chains", "disowns", "own words", "circles", "lists"})
    for n in range(count):
        citable = [a for a in d.said if a.get("stance") != "silent"]
        if chatty and citable and d.draw(st.integers(0, 2)):
            attribution = draw_relay(d, f"a{n}", citable)
        else:
            attribution = draw_origin(d, f"a{n}")
        draw_circumstances(d, attribution)
        d.said.append(attribution)
        quiet = attribution.get("stance") == "silent" or len(d.said) > 6
        if "quoted" in d.features and not quiet and d.draw(st.integers(0, 3)):
            others = [s["id"] for s in d.case["sources"] if s["id"] != attribution["source"]]
            relay = draw_relay(d, f"b{n}", [attribution])
            d.said.append(relay | ({"source": d.one(*others)} if others else {}))
    if "circles" in d.features:
        close_a_circle(d)
    d.case["attributions"] = d.draw(st.permutations(d.said))


def draw_speaker(d: Draft) -> str:
    """Rather somebody who has not spoken yet; what a source repeats is merged away."""
    names = [source["id"] for source in d.case["sources"]]
    spoken = {a["source"] for a in d.said}
    new = [name for name in names if name not in spoken]
    return str(d.one(*(new if new and d.draw(st.booleans()) else names)))


def draw_origin(d: Draft, name: str) -> dict[str, Any]:
    claims = [claim["id"] for claim in d.case["claims"]]
    source = draw_speaker(d)
    main = [c for c in claims if c.startswith("v")] or claims[:1]
    told = {a["claim"] for a in d.said if a["source"] == source and isinstance(a.get("claim"), str)}
    new = [c for c in claims if c not in told]
    if told and new and "withdrawals" not in d.features and d.draw(st.integers(0, 3)):
        claim = d.one(*new)
    elif "crowds" in d.features and d.draw(st.booleans()):
        claim = main[0]
    else:
        claim = d.one(*main, *main, *claims)
    found: dict[str, Any] = {"id": name, "source": source, "claim": claim}
    d.about[name] = {question_of(d, claim)}
    if d.uses("silences"):
        return found | {"stance": "silent", "would_speak": d.one(0.2, 0.8, 1)}
    if d.uses("denials"):
        found["stance"] = "denies"
    if d.uses("skills"):
        found["competence"] = d.draw(numbers())
    if d.uses("basis"):
        found["basis"] = d.one("firsthand", "own-inquiry", "unstated")
    if d.uses("second hand"):
        found["basis"] = "secondhand"
    if "inferences" in d.features and d.draw(st.integers(0, 3)) == 0:
        found["basis"] = "inference"
    if len(claims) > 1 and d.uses("lists"):
        several = d.draw(st.permutations(claims))[:2]
        found["claim"] = several
        d.about[name] = {question_of(d, c) for c in several}
    return found


def draw_relay(d: Draft, name: str, citable: list[dict[str, Any]]) -> dict[str, Any]:
    near = citable
    if "chains" in d.features and d.draw(st.booleans()):
        near = citable[-1:]
    elif d.draw(st.booleans()):
        heard = {a["cites"] for a in d.said if isinstance(a.get("cites"), str)}
        near = [a for a in citable if a["id"] not in heard] or citable
    cited = d.one(*near)["id"]
    found: dict[str, Any] = {"id": name, "source": draw_speaker(d), "cites": cited}
    d.about[name] = set(d.about[cited])
    if len(citable) > 1 and d.uses("lists"):
        several = d.draw(st.permutations([a["id"] for a in citable]))[:2]
        found["cites"] = several
        d.about[name] = d.about[several[0]] | d.about[several[1]]
    if d.uses("disowns"):
        found["stance"] = "disowns"
    if d.uses("skills"):
        found["fidelity"] = d.draw(numbers())
    if d.uses("own words"):
        found["basis"] = d.one("firsthand", "own-inquiry")
        if d.uses("skills"):
            found["competence"] = d.draw(numbers())
    return found


def draw_circumstances(d: Draft, attribution: dict[str, Any]) -> None:
    """What origins and relays have alike: words, dates, gates, interest, being in hand."""
    quiet = attribution.get("stance") == "silent"
    if d.uses("gates"):
        attribution["only_if"] = d.one(*d.case["claims"])["id"]
    if d.uses("ratios"):
        attribution["interest"] = d.one(0.4, 1.8, 5)
    if d.uses("dates") or ("withdrawals" in d.features and d.draw(st.integers(0, 3))):
        attribution["said_on"] = d.one(*DATES)
    if quiet:
        return
    if d.uses("wordings"):
        attribution["wording"] = d.one(0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, "may", "suspect")
    if d.uses("in hand"):
        attribution["in_hand"] = d.draw(st.booleans())
    if d.uses("withdrawals"):
        draw_withdrawal(d, attribution)
    if d.uses("documents"):
        draw_document(d, attribution)
    if d.said and d.uses("same voices"):
        draw_same_voice(d, attribution)


def draw_withdrawal(d: Draft, attribution: dict[str, Any]) -> None:
    """Withdrawn on a later day; now and then the source had said the contrary before."""
    attribution["retracted_on"] = d.one("2015-08-07", "2015-08-09", "2016")
    why = d.one(None, "error", "unknown", "pressure")
    if why:
        attribution["retracted_because"] = why


def draw_document(d: Draft, attribution: dict[str, Any]) -> None:
    documents = d.case.setdefault("documents", [])
    name = f"d{len(documents)}"
    document: dict[str, Any] = {"id": name}
    if d.draw(st.booleans()):
        document["publisher"] = d.one(*d.case["sources"])["id"]
    if d.uses("dates"):
        document["published_on"] = d.one(*DAYS)
    documents.append(document)
    attribution["document"] = name


def draw_same_voice(d: Draft, attribution: dict[str, Any]) -> None:
    """Perhaps the voice of an earlier one about the same, single question."""
    mine = d.about[attribution["id"]]
    others = [
        a["id"]
        for a in d.said
        if len(mine) == 1
        and d.about[a["id"]] == mine
        and a.get("stance") != "silent"
        and not isinstance(a.get("claim"), list)
        and not isinstance(a.get("cites"), list)
        and a["id"] not in d.circle
    ]
    if others and not isinstance(attribution.get("claim"), list):
        attribution["same_voice_as"] = {
            "attribution": d.one(*others),
            "probability": d.one(0.3, 0.8, 1),
        }


def close_a_circle(d: Draft) -> None:
    """A relay far down is cited by one further up, where no same voice is in the way."""
    if any("same_voice_as" in a for a in d.said):
        return
    relays = [a for a in d.said if "cites" in a]
    if not relays:
        return
    first, last = d.one(*relays), d.one(*relays)
    cites = first["cites"] if isinstance(first["cites"], list) else [first["cites"]]
    if last["id"] not in cites and d.about[first["id"]] == d.about[last["id"]]:
        first["cites"] = [*cites, last["id"]] if d.draw(st.booleans()) else last["id"]


# ---------------------------------------------------------------- whole cases


def size_of(network: Network) -> int:
    """How many joint values an enumeration tries, at most."""
    ghosts = math.prod(len(joint.cells) for joint in network.phantoms.values())
    hidden = math.prod(
        len(node.f) if not node.statement.in_hand else len(node.statement.says)
        for node in network.nodes
        if node.statement.would_speak is None
    )
    return len(network.joint.cells) * 2 ** len(network.tracks) * ghosts * hidden


@st.composite
def drawn_cases(
    draw: st.DrawFn,
    always: tuple[str, ...] = (),
    never: tuple[str, ...] = (),
    most: int = 4,
) -> Case:
    """A valid case; some features always, some never, a theme's, and at most `most` others."""
    free = [f for f in FEATURES if f not in always]
    theme = draw(st.sampled_from(((), *THEMES)))
    chosen = draw(st.lists(st.sampled_from(free), max_size=most, unique=True))
    d = Draft(draw, frozenset((*chosen, *theme, *always)) - set(never))
    draw_claims(d)
    draw_sources(d)
    draw_attributions(d)
    return d.case


@dataclass(frozen=True)
class Drawn:
    """A case, how it is asked, and the answer of the twin."""

    case: Case
    claim: str
    as_of: str | None
    coupling: str
    probability: float

    @property
    def options(self) -> dict[str, Any]:
        return {"as_of": self.as_of, "coupling": self.coupling}


@st.composite
def asked_cases(
    draw: st.DrawFn,
    always: tuple[str, ...] = (),
    never: tuple[str, ...] = (),
    most: int = 4,
    couplings: tuple[str, ...] = ("story", "story", "source", "none"),
) -> Drawn:
    """A case that is possible, and a question about it that the twin answers within the bound."""
    case = draw(drawn_cases(always, never, most))
    names = [c["id"] for c in case["claims"]]
    values = [name for name in names if name.startswith("v")]
    claim = draw(st.sampled_from([*(values or names[:1]), *names]))
    as_of = draw(st.sampled_from((*[None] * 6, *DAYS[1:], "2015-08-08", "2016")))
    coupling = draw(st.sampled_from(couplings))
    asked = ask(case, claim, as_of, coupling)
    assume(size_of(asked.network) <= MOST_WORLDS)
    try:
        return Drawn(case, claim, as_of, coupling, probability_of(asked))
    except Impossible:
        assume(False)
        raise
