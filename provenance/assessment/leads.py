"""Leads: what to find out next, by how far it is expected to move the answer."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise
from typing import Any, Literal

import attrs

from provenance.assessment.costs import bounded
from provenance.assessment.responses import (
    Response,
    lines_of,
    log_mass,
    replays_fit,
    response_of,
    table_of,
)
from provenance.assessment.what_if import Questioned, expit, questioned
from provenance.bounds import Cancel
from provenance.display import Shown, drawn
from provenance.errors import UnknownName
from provenance.graph import Interests, Statement, Story, Witness, witness_of
from provenance.inference import (
    Coupling,
    Evaluation,
    PartitionSums,
    Table,
    log_odds_of,
    sums_of,
    tracking,
)
from provenance.records import Case, Source
from provenance.scales import (
    ANONYMITY,
    DEFAULT_ACCESS,
    DEFAULT_COMPETENCE,
    GRADES,
    Degree,
    percent,
    share_below,
)

__all__ = [
    "Finding",
    "Lead",
    "LeadKind",
    "LeadOutcome",
    "Leads",
    "Masses",
    "against_rest",
    "by_value",
    "entropy",
    "graded",
    "grades_expected",
    "lead_of",
    "leads",
    "leads_in",
    "outcomes",
    "two",
]

# Prospects: something to find out, how it may turn out, and what that is expected to do.

LeadKind = Literal["obtain", "judge", "ask", "independent", "voices", "settle"]
"""Read a hidden original, have a source judged, ask a source, find an independent one, settle
whether two voices are one, settle a linked claim."""


@attrs.frozen
class LeadOutcome:
    """One way in which a lead may turn out."""

    text: str
    """What is found, in words."""
    chance: float
    """How likely that is, in [0, 1]; the chances of all outcomes sum to 1."""
    probability: float
    """The probability of the claim then."""


@attrs.frozen(repr=False)
class Lead(Shown):
    """Something to find out, and what that is expected to do to the answer."""

    kind: LeadKind
    """What kind of thing it is."""
    about: tuple[str, ...]
    """The ids of the records it is about."""
    text: str
    """What to do, as a sentence."""
    outcomes: tuple[LeadOutcome, ...]
    """Every way in which it may turn out."""
    expected_change: float
    """The expected absolute change of the probability, in [0, 1]."""
    expected_bits: float
    """The expected reduction of the entropy of the claim, in bits; below 0 where more doubt is to
    be expected, as when someone who has had no weight may turn out to be worth hearing."""

    @property
    def best(self) -> LeadOutcome:
        """The outcome that leaves the claim most probable."""
        return max(self.outcomes, key=lambda each: each.probability)

    @property
    def worst(self) -> LeadOutcome:
        """The outcome that leaves the claim least probable."""
        return min(self.outcomes, key=lambda each: each.probability)

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {
            "kind": self.kind,
            "about": list(self.about),
            "text": self.text,
            "expected_change": self.expected_change,
            "expected_bits": self.expected_bits,
            "best": attrs.asdict(self.best),
            "worst": attrs.asdict(self.worst),
            "outcomes": [attrs.asdict(each) for each in self.outcomes],
        }

    def __str__(self) -> str:
        best, worst = self.best, self.worst
        return (
            f"{self.text}\n"
            f"    expected to move it by {100.0 * self.expected_change:.1f} points "
            f"({round(self.expected_bits, 3) + 0.0:+.3f} bits); "
            f"at best {percent(best.probability)} ({best.text}), "
            f"at worst {percent(worst.probability)} ({worst.text})"
        )


@attrs.frozen(repr=False)
class Leads(Shown, Sequence[Lead]):
    """What to find out next about a claim, what is expected to move the answer most first."""

    claim: str
    """The id of the claim."""
    text: str
    """Its text."""
    probability: float
    """The answer as the case stands."""
    ranked: tuple[Lead, ...]
    """The leads."""
    approximate: bool
    """Whether the answer, and so what is expected of the leads, was simulated."""

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {
            "claim": self.claim,
            "text": self.text,
            "probability": self.probability,
            "approximate": self.approximate,
            "leads": [each.data for each in self.ranked],
        }

    def _repr_svg_(self) -> str:
        return drawn("leads_svg", self)

    def __len__(self) -> int:
        return len(self.ranked)

    def __getitem__(self, place: Any) -> Any:
        return self.ranked[place]

    def __iter__(self) -> Iterator[Lead]:
        return iter(self.ranked)

    def __str__(self) -> str:
        head = [self.text, "", f"It stands at {percent(self.probability)}. To find out next:", ""]
        if not self.ranked:
            return "\n".join([*head[:2], "Nothing that could be found out here would move it."])
        listed = [f"{place:2}. {each}" for place, each in enumerate(self.ranked, 1)]
        return "\n".join([*head, *listed])


def entropy(p: float) -> float:
    """The entropy of a yes/no matter in bits, between 0 and 1.

    >>> entropy(0.5), entropy(1.0)
    (1.0, 0.0)
    """
    return math.fsum(-x * math.log2(x) for x in (p, 1.0 - p) if 0.0 < x < 1.0)


def lead_of(
    kind: LeadKind, about: Iterable[str], text: str, outcomes: Iterable[LeadOutcome], now: float
) -> Lead:
    """A lead with what is expected of it, the answer being `now`."""
    kept = tuple(each for each in outcomes if each.chance > 0.0)
    return Lead(
        kind,
        tuple(about),
        text,
        kept,
        math.fsum(each.chance * abs(each.probability - now) for each in kept),
        entropy(now) - math.fsum(each.chance * entropy(each.probability) for each in kept),
    )


# Outcomes: how something not yet known may turn out, each with its chance and what it would mean.

Masses = Sequence[tuple[float, float]]
"""How likely each outcome is with the claim so, and with it not so, up to a common factor."""


def by_value(
    evaluation: Evaluation, sums: PartitionSums, slot: int, size: int
) -> list[tuple[float, float]]:
    """The masses of every value of the variable on the last axis of a table."""
    table: Table = evaluation.tables[slot]
    p = sums.probability

    def mass(flow: Table, value: int) -> float:
        return math.fsum(table[n] * flow[n] for n in range(value, len(table), size))

    return [
        (p * mass(sums.value_flows[slot], v), (1.0 - p) * mass(sums.rest_flows[slot], v))
        for v in range(size)
    ]


def two(masses: Masses, value: int, yes: str, no: str) -> Iterator[LeadOutcome]:
    """One value against all others."""
    return outcomes((yes, no), against_rest(masses, value))


def against_rest(masses: Masses, value: int) -> Masses:
    others = [each for v, each in enumerate(masses) if v != value]
    rest = (math.fsum(so for so, _ in others), math.fsum(not_so for _, not_so in others))
    return masses[value], rest


def outcomes(texts: Sequence[str], masses: Masses) -> Iterator[LeadOutcome]:
    total = math.fsum(so + not_so for so, not_so in masses)
    for text, (so, not_so) in zip(texts, masses, strict=True):
        if so + not_so > 0.0:
            yield LeadOutcome(text, (so + not_so) / total, so / (so + not_so))


def grades_expected(degree: Degree | None) -> Iterator[tuple[str, Degree, float]]:
    """Every grade and how likely it is before the evidence: by the nearest mean, or all alike."""
    known = sorted(
        ((label, each) for label, each in GRADES.items() if each is not None),
        key=lambda each: each[1].mean,
    )
    means = [each.mean for _, each in known]
    cuts = [0.0, *((a + b) / 2.0 for a, b in pairwise(means)), 1.0]
    for (label, each), (low, high) in zip(known, pairwise(cuts), strict=True):
        if degree is None:
            yield label, each, 1.0 / len(known)
        else:
            yield label, each, max(0.0, share_below(degree, high) - share_below(degree, low))


def graded(found: Sequence[tuple[str, float, Response | None]]) -> Iterator[LeadOutcome]:
    """The outcomes of a judgement, each grade as likely as the evidence leaves it."""
    possible = [(label, chance, each) for label, chance, each in found if each is not None]
    most = max(each.log_total for _, _, each in possible)
    weights = [chance * math.exp(each.log_total - most) for _, chance, each in possible]
    for (label, _, each), weight in zip(possible, weights, strict=True):
        yield LeadOutcome(
            f"it is of grade {label}", weight / math.fsum(weights), expit(each.log_odds)
        )


# Finding leads: for every thing that is not known, how it may turn out and what that would mean.

PAIRS_AT_MOST = 30
"""How many pairs of unnamed voices are looked at, in the order of the case."""
_NAMELESS = frozenset(("unnamed", "document", "sensor", "model"))
_ANSWERS = ("it affirms that", "it denies that")
_SAME = ("they are one", "they are two")
_ONE_VOICE = ANONYMITY["well-informed source"].same_voice


class Finding:
    """Everything that could be found out about one claim."""

    def __init__(self, asked: Questioned) -> None:
        self.asked = asked
        self.story = asked.story
        self.now = asked.sums.probability
        self.sources = {source.id: source for source in asked.case.sources}
        self.titles = asked.graph.titles
        self.heard = frozenset(each.id for each in self.story.witnesses)
        # Every source that is asked may take a story with one more statement.
        self.can_lay_out = replays_fit(asked, len(asked.case.sources))
        self.said_by: dict[int, list[int]] = {}
        for index, each in enumerate(self.story.statements):
            self.said_by.setdefault(each.witness, []).append(index)

    def all(self, grades: Sequence[str]) -> Iterator[Lead]:
        """Every lead, kind by kind."""
        yield from self.originals()
        yield from self.judgements()
        yield from self.questions()
        yield from self.independents(grades)
        yield from self.declared_voices()
        yield from self.unnamed_voices()
        yield from self.linked_claims()

    # ---------------------------------------------------------------- what the model already holds

    def originals(self) -> Iterator[Lead]:
        """Read what is known only through others."""
        network, evaluation = self.asked.structure.network, self.asked.evaluation
        for index in network.variables:
            statement = self.story.statements[index]
            witness = self.story.witnesses[statement.witness]
            if statement.in_hand or witness.id not in self.sources:
                continue
            term = network.term_of[index]
            masses = by_value(evaluation, self.asked.sums, term.slot, len(term.said))
            yield lead_of(
                "obtain",
                self._written(statement),
                f"Obtain '{statement.id}' itself: what was said by {self._title(witness)}, "
                "not what others report of it",
                self._of_statement(statement.question, masses, "it says that"),
                self.now,
            )

    def linked_claims(self) -> Iterator[Lead]:
        """Settle a claim that is linked to this one and still open."""
        asked = self.asked
        component = asked.structure.component
        known = {place for place, _ in self.story.resolved}
        for slot, q in asked.structure.network.question_slots:
            if component[q] != component[asked.place.question]:
                continue
            question = self.story.questions[q]
            masses = by_value(asked.evaluation, asked.sums, slot, question.size)
            for value, claim in enumerate(question.values):
                place = attrs.evolve(asked.place, question=q, value=value)
                if claim is None or place == asked.place or place in known:
                    continue
                yield lead_of(
                    "settle",
                    (claim,),
                    f"Settle whether {self._text(claim)}",
                    two(masses, value, "it is so", "it is not so"),
                    self.now,
                )

    def declared_voices(self) -> Iterator[Lead]:
        """Settle whether two statements declared to be perhaps one voice are."""
        asked, evaluation = self.asked, self.asked.evaluation
        for term in asked.structure.network.terms:
            statement = self.story.statements[term.statement]
            tau = statement.voice_probability
            if statement.voice is None or not 0.0 < tau < 1.0:
                continue
            masses = []
            for chance, voice in ((tau, 1.0), (1.0 - tau, 0.0)):
                table = table_of(evaluation, term, voice=voice)
                so, rest = (
                    chance * math.fsum(a * b for a, b in zip(table, flows[term.slot], strict=True))
                    for flows in (asked.sums.value_flows, asked.sums.rest_flows)
                )
                masses.append((self.now * so, (1.0 - self.now) * rest))
            yield self._voices(
                statement, self.story.statements[statement.voice], outcomes(_SAME, masses)
            )

    # ---------------------------------------------------------------- what the model is asked anew

    def judgements(self) -> Iterator[Lead]:
        """Have a source judged that cannot be judged, or is known only roughly."""
        heard = sorted({statement.witness for statement in self.story.statements})
        for number in heard:
            witness = self.story.witnesses[number]
            degree = witness.reliability
            if degree is not None and degree.variance == 0.0:
                continue
            response = response_of(self.asked, number)
            found = [
                (label, chance, response(grade.mean))
                for label, grade, chance in grades_expected(degree)
                if chance > 0.0
            ]
            about, text = self._judgement(number, witness)
            yield lead_of("judge", about, text, graded(found), self.now)

    def _judgement(self, number: int, witness: Witness) -> tuple[tuple[str, ...], str]:
        """What a judgement of a source is about, and what to do."""
        title = self._title(witness)
        if witness.id in self.sources:
            if witness.reliability is None:
                return (witness.id,), f"Have {title} judged: it has no grade"
            return (witness.id,), f"Find out more of how reliable {title} is: roughly known so far"
        known = self.asked.graph.attribution_of
        relays = (
            known[name]
            for index in self.said_by.get(number, ())
            for relay in self.story.listeners[index]
            for name in self.story.statements[relay].merged
        )
        return tuple(dict.fromkeys(relays)), f"Find out and judge who is behind '{witness.id}'"

    def questions(self) -> Iterator[Lead]:
        """Ask a named source that speaks for itself, or has said nothing yet, about this claim."""
        speaking: set[str] = set()
        for_itself: set[str] = set()
        for story in self.asked.graph.stories:
            for each in story.statements:
                name = story.witnesses[each.witness].id
                speaking.add(name)
                if each.cites is None:
                    for_itself.add(name)
        answered = {
            self.story.witnesses[each.witness].id
            for each in self.story.statements
            if each.cites is None and each.question == self.asked.place.question
        }
        for source in self.sources.values():
            witness = witness_of(source)
            heard_only = source.id in speaking and source.id not in for_itself
            if source.kind in _NAMELESS or source.id in answered or heard_only:
                continue
            if witness.reliability is not None:
                yield self._question(source, witness)

    def _question(self, source: Source, witness: Witness) -> Lead:
        """What one more statement of a source, not yet heard, may turn out to be."""
        heard = source.id in self.heard
        if heard and self.asked.evaluation.is_exact and self.can_lay_out:
            masses = self._answers(source)
        else:
            masses = self._answers_apart(source, witness)
        return lead_of(
            "ask",
            (source.id,),
            f"Ask {self._title(witness)} directly whether {self._text(self.asked.claim)}",
            outcomes(_ANSWERS, masses),
            self.now,
        )

    def _answers(self, source: Source) -> Masses:
        """How a source that is heard already would answer: as one more statement of its state."""
        asked, place = self.asked, self.asked.place
        evaluation = asked.evaluated(self.with_question(source.id))
        term = evaluation.structure.network.term_of[len(self.story.statements)]
        sums = sums_of(evaluation, place.value)
        masses = by_value(evaluation, sums, term.slot, len(term.said))
        return against_rest(masses, place.value)

    def _answers_apart(self, source: Source, witness: Witness) -> Masses:
        """The same read off what is known of the source: of one not heard yet, or in a simulated answer.

        It says what is so if it tracks, and otherwise what the question itself makes likely.
        """
        evaluation = self.asked.evaluation
        number = next(
            (
                number
                for number, state in enumerate(evaluation.structure.network.states)
                if self.story.witnesses[state.witness].id == source.id and not state.relays
            ),
            None,
        )
        if number is None:
            chances = [tracking(witness, False, self._ratio(source))] * 2
        else:
            t = evaluation.trackings[number]
            chances = [
                t * tracks / (t * tracks + (1.0 - t) * own)
                for tracks, own in lines_of(evaluation, self.asked.sums, number)
            ]
        return self._said_by(*chances)

    def _said_by(self, for_it: float, against_it: float) -> Masses:
        """The masses of affirming and denying for a chance of tracking with the claim so, and not so."""
        place, now = self.asked.place, self.now
        flat = self.asked.evaluation.priors.flat[place.question][place.value]
        says = (for_it + (1.0 - for_it) * flat, (1.0 - against_it) * flat)
        return [
            (now * says[0], (1.0 - now) * says[1]),
            (now * (1.0 - says[0]), (1.0 - now) * (1.0 - says[1])),
        ]

    def with_question(self, name: str) -> Story:
        """The story with one more statement of a source about the claim, not in hand.

        Its interest is neutral beside other statements of the source, whose interests its state has
        already, so that nothing moves before it is heard.
        """
        names = [each.id for each in self.story.witnesses]
        source, place = self.sources[name], self.asked.place
        heard = name in names
        statement = Statement(
            id=f"{name}?",
            witness=names.index(name) if heard else len(names),
            question=place.question,
            value=place.value,
            affirms=True,
            cites=None,
            in_hand=False,
            skill=DEFAULT_COMPETENCE,
            commitment=1.0,
            interest=1.0 if heard else self._ratio(source),
            # Who is asked directly answers for itself.
            is_established=True,
        )
        return attrs.evolve(
            self.story,
            witnesses=self.story.witnesses + (() if heard else (witness_of(source),)),
            statements=(*self.story.statements, statement),
        )

    def _ratio(self, source: Source) -> float:
        """The interest ratio of a source not heard yet: that of the answer which it would gain by."""
        interests = Interests(self.asked.graph.bearings)
        return max(interests.ratio(source, self.asked.claim, denies) for denies in (False, True))

    def independents(self, grades: Sequence[str]) -> Iterator[Lead]:
        """Find one more source, who has it from nobody we have heard."""
        for label in grades:
            t = tracking(Witness("", GRADES[label], DEFAULT_ACCESS), False, 1.0)
            yield lead_of(
                "independent",
                (),
                f"Find one independent source of grade {label} on whether "
                f"{self._text(self.asked.claim)}",
                outcomes(_ANSWERS, self._said_by(t, t)),
                self.now,
            )

    def unnamed_voices(self) -> Iterator[Lead]:
        """Settle whether two unnamed sources that say the same are one; not in a simulated answer."""
        if not self.asked.evaluation.is_exact:
            return
        statements = self.story.statements
        unnamed = [
            index
            for index, each in enumerate(statements)
            if each.cites is None and each.voice is None and self._is_unnamed(each)
        ]
        pairs = [
            (i, j)
            for i, j in combinations(unnamed, 2)
            if statements[i].witness != statements[j].witness
            and statements[i].question == statements[j].question
        ]
        for i, j in pairs[:PAIRS_AT_MOST]:
            changed = list(statements)
            changed[j] = attrs.evolve(changed[j], voice=i, voice_probability=1.0)
            evaluation = self.asked.evaluated(attrs.evolve(self.story, statements=tuple(changed)))
            one = log_odds_of(evaluation, self.asked.place.value)
            if one is None:
                continue
            weight = math.exp(log_mass(evaluation) - log_mass(self.asked.evaluation))
            same, apart = _ONE_VOICE * weight, 1.0 - _ONE_VOICE
            p = expit(one)
            masses = [
                (same * p, same * (1.0 - p)),
                (apart * self.now, apart * (1.0 - self.now)),
            ]
            yield self._voices(statements[j], statements[i], outcomes(_SAME, masses))

    # ---------------------------------------------------------------- words

    def _is_unnamed(self, statement: Statement) -> bool:
        witness = self.story.witnesses[statement.witness]
        source = self.sources.get(witness.id)
        return source is not None and source.kind == "unnamed" and witness.reliability is not None

    def _voices(self, one: Statement, other: Statement, outcomes: Iterator[LeadOutcome]) -> Lead:
        return lead_of(
            "voices",
            (one.id, other.id),
            f"Settle whether '{other.id}' and '{one.id}' are one voice",
            outcomes,
            self.now,
        )

    def _of_statement(
        self, q: int, masses: Sequence[tuple[float, float]], words: str
    ) -> Iterator[LeadOutcome]:
        """One outcome for every value that a statement may speak of."""
        return outcomes(
            [f"{words} {self._value(q, value)}" for value in range(len(masses))], masses
        )

    def _value(self, q: int, value: int) -> str:
        question = self.story.questions[q]
        claim = question.values[value]
        if claim is not None:
            return f"'{claim}' is so"
        return f"'{question.values[0]}' is not so" if question.size == 2 else "none of them is so"

    def _text(self, claim: str) -> str:
        return f"'{claim}' is so"

    def _title(self, witness: Witness) -> str:
        return self.titles.get(witness.id, witness.id)

    def _written(self, statement: Statement) -> tuple[str, ...]:
        """The ids of the attributions behind a statement."""
        known = self.asked.graph.attribution_of
        return tuple(dict.fromkeys(known[name] for name in statement.merged)) or (statement.id,)


_NOTHING = 1e-12


@bounded
def leads(
    case: Case,
    claim: str,
    *,
    grades: Sequence[str] = ("B",),
    most: int | None = None,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    seed: int = 0,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Leads:
    """What to find out next about a claim, what is expected to move the answer most first.

    Six kinds: read an original that is known only through others (`obtain`); have a source judged
    that cannot be judged, or is known only roughly (`judge`); ask a named source that speaks for
    itself, but not on this claim (`ask`); find one independent source of a given grade
    (`independent`); settle whether two voices are one (`voices`); settle a linked claim (`settle`).
    Never about what is in hand, and never about what could not move the answer.

    The expectations are exact sums over the outcomes, each as likely as the model itself holds it to
    be, given everything in hand. For `obtain`, `ask`, `independent`, `settle` and declared voices
    the outcomes are events of the model, so that the answer is their mean and the entropy cannot be
    expected to grow. Two kinds need a judgement of ours: for `judge` the grades are as likely, before
    the evidence, as the Beta of the reliability makes them, and equally likely where there is none;
    two unnamed sources of which nothing is declared are taken to be one in 15 cases of 100.
    An answer that is certain has no leads.

    What is expected of an original is what follows from learning just that. Where its source has said
    several things, weighing the case with it entered may move the answer further, because statements
    in hand are then taken together as one story.

    Cost: one pass over the story for most kinds together; some for every source to be judged or
    asked and every pair of unnamed voices. Where the answer is simulated, the expectations are read
    off the same simulation, with one more, shorter, for every source that cannot be judged; then
    pairs of unnamed voices are not looked at, and `approximate` is true.

    Args:
        case: what is on record.
        claim: the id of the claim.
        grades: the grades of the independent sources to look for, "A" to "E".
        most: how many leads to give; all if absent.
        as_of: leave out what was said later, as for `weigh`.
        coupling: which statements of a source stand or fall together, as for `weigh`.
        seed: where simulation starts, if there is any.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises `UnknownName` for a claim or a grade that is not there, and otherwise as `weigh` does.

    >>> from provenance import load_case
    >>> case = load_case({
    ...     "version": 1,
    ...     "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     "sources": [{"id": "pilot", "reliability": 0.9}, {"id": "daily", "reliability": 0.7}],
    ...     "attributions": [
    ...         {"id": "log", "source": "pilot", "claim": "sailed"},
    ...         {"id": "story", "source": "daily", "cites": "log"},
    ...     ],
    ... })
    >>> print(leads(case, "sailed"))
    The ship sailed
    <BLANKLINE>
    It stands at 65 %. To find out next:
    <BLANKLINE>
     1. Find one independent source of grade B on whether 'sailed' is so
        expected to move it by 34.1 points (+0.419 bits); at best 93 % (it affirms that), at worst 21 % (it denies that)
     2. Obtain 'log' itself: what was said by pilot, not what others report of it
        expected to move it by 5.3 points (+0.063 bits); at best 68 % (it says that 'sailed' is so), at worst 0.6 % (it says that 'sailed' is not so)
    """
    for label in grades:
        if GRADES.get(label) is None:
            known = [each for each, degree in GRADES.items() if degree is not None]
            raise UnknownName("grade of a source to look for", label, known)
    asked = questioned(case, claim, as_of=as_of, coupling=coupling, seed=seed)
    return leads_in(asked, grades, most)


def leads_in(asked: Questioned, grades: Sequence[str] = ("B",), most: int | None = None) -> Leads:
    """The leads about a claim that is laid out already; see `leads`."""
    found: list[Lead] = []
    if not asked.sums.is_certain:
        found = [each for each in Finding(asked).all(grades) if each.expected_change > _NOTHING]
    ranked = sorted(
        found, key=lambda each: (-round(each.expected_change, 12), each.about, each.kind)
    )
    return Leads(
        asked.claim,
        asked.graph.texts[asked.claim],
        asked.sums.probability,
        tuple(ranked if most is None else ranked[:most]),
        not asked.evaluation.is_exact or not replays_fit(asked),
    )
