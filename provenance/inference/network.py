"""A story laid out as a network of tables: which variables there are, and which table is where."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

import attrs

from provenance.bounds import spend
from provenance.components import Groups
from provenance.graph import Story
from provenance.inference.elimination import HAS_ARRAYS, Plan
from provenance.inference.factors import (
    Branch,
    Coupling,
    LinkTable,
    Part,
    State,
    StatementTable,
    link_tables,
    shape_of,
    states_of,
)
from provenance.inference.orders import LIMIT as PLAIN_LIMIT
from provenance.inference.orders import Order, order_of, sought_order

__all__ = ["Network", "OriginGroup", "Phantom", "bundle_network", "network_of", "origin_groups"]


LIMIT = 2**24 if HAS_ARRAYS else PLAIN_LIMIT
"""How many entries a table may have: more where numpy is there to work them out."""
_EASY = 2**11  # entries of a largest table up to which no other order is sought
# Of a run that needs numpy, so that what it keeps fits into half a gigabyte.
_MOST_OPERATIONS = 3 * 2**24


@attrs.frozen
class Phantom:
    """A made-up copy of some linked questions, which one state's own story follows."""

    state: int
    """The index of its state among the network's states."""
    component: int
    """Which linked questions it copies."""


@attrs.frozen
class Network:
    """Variables, tables and their slots; numbers are filled in later."""

    sizes: tuple[int, ...]
    """The number of values of every variable."""
    scopes: tuple[tuple[int, ...], ...]
    """The variables of every table, by slot."""
    question_slots: tuple[tuple[int, int], ...]
    """(slot, question) of every question's own table."""
    link_slots: tuple[tuple[int, LinkTable], ...]
    """(slot, table) of every table of a link, copies for phantoms included."""
    phantom_slots: tuple[tuple[int, int], ...]
    """(slot, question) of every phantom question's own table."""
    phantoms: tuple[Phantom, ...]
    """The phantoms."""
    components: tuple[int, ...]
    """The sets of linked questions that are in the network."""
    states: tuple[State, ...]
    """The states of the sources heard in the network."""
    state_slots: tuple[int | None, ...]
    """The slot of every state's own table; `None` when it is folded or known to track."""
    terms: tuple[StatementTable, ...]
    """The statements' tables."""
    variables: dict[int, int]
    """The variable of every statement that is not known, by statement."""
    root: int | None
    """The variable that is kept."""
    questions: tuple[str, ...]
    """The ids of its questions."""

    @property
    def roots(self) -> tuple[int, ...]:
        """The variables that are kept: the root, if there is one."""
        return () if self.root is None else (self.root,)

    @cached_property
    def order(self) -> Order:
        """In which order the variables are summed out."""
        return sought_order(self.sizes, self.scopes, self.roots, LIMIT)

    @cached_property
    def plan(self) -> Plan:
        """How the network is summed."""
        plan = Plan.of(self.sizes, self.scopes, self.roots, self.order)
        spend(plan.operations, "laying out tables")
        return plan

    @cached_property
    def terms_of(self) -> tuple[tuple[StatementTable, ...], ...]:
        """The terms of every state's statements."""
        found: list[list[StatementTable]] = [[] for _ in self.states]
        for term in self.terms:
            found[term.state].append(term)
        return tuple(tuple(each) for each in found)

    @cached_property
    def states_of(self) -> dict[int, list[int]]:
        """The states of every source."""
        found: dict[int, list[int]] = {}
        for number, state in enumerate(self.states):
            found.setdefault(state.witness, []).append(number)
        return found

    @cached_property
    def widest(self) -> int:
        """How many entries the largest product table has in the order that is found first."""
        return order_of(self.sizes, self.scopes, self.roots).entries

    @property
    def is_easy(self) -> bool:
        """Whether it is summed in that order, whatever may be spent on seeking another one."""
        return self.widest <= min(_EASY, LIMIT)

    @property
    def is_exact(self) -> bool:
        """Whether it can be summed exactly within the limit."""
        order = self.order
        return order.entries <= LIMIT and (
            order.entries <= PLAIN_LIMIT or order.operations <= _MOST_OPERATIONS
        )

    @cached_property
    def term_of(self) -> dict[int, StatementTable]:
        """The term of every statement."""
        return {term.statement: term for term in self.terms}


def network_of(
    story: Story,
    component: Sequence[int],
    coupling: Coupling,
    *,
    root: int | None = None,
) -> Network:
    """The network of a whole story, with everything in hand heard; `root` is a question."""
    layout = _Layout(story, component)
    layout.questions(range(len(story.questions)))
    members = range(len(story.statements))
    heard = {index for index in members if story.statements[index].in_hand}
    layout.statements(members, heard, states_of(story, members, coupling), None)
    return layout.finished(root)


def bundle_network(
    story: Story, component: Sequence[int], coupling: Coupling, bundle: Sequence[int]
) -> Network:
    """The network of a bundle and all that it cites or may be the same voice as.

    Only the bundle is heard, and its source tracks throughout.
    """
    members = _closure(story, bundle)
    states = states_of(story, members, coupling)
    inside = set(bundle)
    always = next(
        number for number, each in enumerate(states) if not inside.isdisjoint(each.statements)
    )
    layout = _Layout(story, component)
    layout.questions(_needed(story, component, members))
    layout.statements(members, inside, states, always)
    return layout.finished(None)


def _closure(story: Story, bundle: Iterable[int]) -> list[int]:
    found: set[int] = set()
    waiting = list(bundle)
    while waiting:
        index = waiting.pop()
        if index in found:
            continue
        found.add(index)
        statement = story.statements[index]
        waiting += [each for each in (statement.cites, statement.voice) if each is not None]
    return sorted(found)


def _needed(story: Story, component: Sequence[int], members: Iterable[int]) -> list[int]:
    """The questions that matter to some statements: theirs, and what is linked to them.

    A sign that nobody speaks of and that is evidence for nothing else sums to 1 and is left out.
    """
    statements = [story.statements[index] for index in members]
    spoken = {each.question for each in statements}
    spoken |= {gate.question for each in statements for gate in each.gates}
    touched = {component[q] for q in spoken}
    links = [link for link in story.links if component[link.first.question] in touched]
    degree: dict[int, int] = {}
    parent: dict[int, int] = {}
    for link in links:
        for q in {link.first.question, link.second.question}:
            degree[q] = degree.get(q, 0) + 1
        if story.questions[link.second.question].is_sign and link.is_conditional:
            parent[link.second.question] = link.first.question
    waiting = [q for q, count in degree.items() if count == 1 and q in parent and q not in spoken]
    barren: set[int] = set()
    while waiting:
        q = waiting.pop()
        barren.add(q)
        above = parent[q]
        degree[above] -= 1
        if degree[above] == 1 and above in parent and above not in spoken:
            waiting.append(above)
    return [q for q, c in enumerate(component) if c in touched and q not in barren]


class _Layout:
    """A network in the making."""

    def __init__(self, story: Story, component: Sequence[int]) -> None:
        self.story = story
        self.component = component
        self.sizes: list[int] = []
        self.scopes: list[tuple[int, ...]] = []
        self.place: dict[int, int] = {}
        self.question_slots: list[tuple[int, int]] = []
        self.link_slots: list[tuple[int, LinkTable]] = []
        self.phantom_slots: list[tuple[int, int]] = []
        self.phantoms: list[Phantom] = []
        self.states: tuple[State, ...] = ()
        self.state_slots: list[int | None] = []
        self.terms: list[StatementTable] = []
        self.variables: dict[int, int] = {}
        self.axes: list[int | None] = []
        self.always: int | None = None
        self.heard: Collection[int] = ()
        self.used: set[int] = set()
        self.state_of: dict[int, int] = {}
        self.copies: dict[tuple[int, int], dict[int, int]] = {}

    def finished(self, root: int | None) -> Network:
        return Network(
            tuple(self.sizes),
            tuple(self.scopes),
            tuple(self.question_slots),
            tuple(self.link_slots),
            tuple(self.phantom_slots),
            tuple(self.phantoms),
            tuple(sorted({self.component[q] for q in self.place})),
            self.states,
            tuple(self.state_slots),
            tuple(self.terms),
            self.variables,
            None if root is None else self.place[root],
            tuple(self.story.questions[q].id for q in self.place),
        )

    def _variable(self, size: int) -> int:
        self.sizes.append(size)
        return len(self.sizes) - 1

    def _table(self, *scope: int) -> int:
        self.scopes.append(scope)
        return len(self.scopes) - 1

    def questions(self, wanted: Iterable[int]) -> None:
        self.place, self.question_slots = self._copy(wanted)

    def _copy(self, wanted: Iterable[int]) -> tuple[dict[int, int], list[tuple[int, int]]]:
        """Variables and tables for some questions and the links between them."""
        place = {q: self._variable(self.story.questions[q].size) for q in wanted}
        slots = [(self._table(variable), q) for q, variable in place.items()]
        parts, sizes = link_tables(self.story.links, self.story.questions, place)
        counts = [self._variable(size) for size in sizes]
        for part in parts:
            scope = (place[each] if each >= 0 else counts[-1 - each] for each in part.scope)
            self.link_slots.append((self._table(*scope), part))
        return place, slots

    def statements(
        self,
        members: Iterable[int],
        heard: Collection[int],
        states: tuple[State, ...],
        always: int | None,
    ) -> None:
        """Lay out statements; `always` is the state that is known to track, if one is.

        Bundles are formed only where no state is known to track: a bundle's own network has none.
        """
        members = list(members)
        self.states = states
        self.always = always
        self.heard = heard
        self.used = self._used(members)
        self.state_of = {
            index: number for number, each in enumerate(states) for index in each.statements
        }
        for number, state in enumerate(states):
            shared = len(state.statements) > 1 and number != always
            self.axes.append(self._variable(2) if shared else None)
            axis = self.axes[-1]
            self.state_slots.append(None if axis is None else self._table(axis))
        self.copies = self._phantoms(states)
        for index in members:
            self._statement(index)

    def _used(self, members: Iterable[int]) -> set[int]:
        """The statements that others pass on or may be the same voice as."""
        statements = self.story.statements
        return {
            each
            for index in members
            for each in (statements[index].cites, statements[index].voice)
            if each is not None
        }

    def _bundled(self, index: int) -> bool:
        """Whether its state tells its own story as a whole, this statement included."""
        return (
            self.always is None
            and index in self.heard
            and self.story.statements[index].voice is None
            and not self.story.statements[index].silence
            and self.axes[self.state_of[index]] is not None
        )

    def _phantoms(self, states: tuple[State, ...]) -> dict[tuple[int, int], dict[int, int]]:
        """A made-up copy of a story for each state with several origins outside its bundles."""
        copies: dict[tuple[int, int], dict[int, int]] = {}
        for number, state in enumerate(states):
            if self.axes[number] is None:
                continue
            origins: dict[int, list[int]] = {}
            for index in state.statements:
                statement = self.story.statements[index]
                if statement.is_origin and not self._bundled(index):
                    origins.setdefault(self.component[statement.question], []).append(index)
            for where, indices in origins.items():
                if len(indices) > 1:
                    place, slots = self._copy(_needed(self.story, self.component, indices))
                    self.phantom_slots += slots
                    self.phantoms.append(Phantom(number, where))
                    copies[number, where] = place
        return copies

    def _statement(self, index: int) -> None:
        statement = self.story.statements[index]
        number = self.state_of[index]
        negated = index in self.heard and not statement.affirms
        known = index in self.heard and not (negated and index in self.used)
        bundled = self._bundled(index)
        axis = self.axes[number]
        parts = (
            self._heard_of(statement.cites, statement.question),
            None if bundled or statement.silence else self._phantom_of(index),
            None if statement.voice is None else self._heard_of(statement.voice, 0),
            *(self.place[gate.question] for gate in statement.gates),
        )
        # What it tracks may be its gate too, or the very statement whose voice it may be.
        found: dict[int, int] = {}
        named: list[Part] = [
            found.setdefault(part, len(found)) if isinstance(part, int) else part for part in parts
        ]
        scope = [*found] if axis is None else [axis, *found]
        size = self.story.questions[statement.question].size
        shape = shape_of(
            tuple(named),
            tuple(gate.value for gate in statement.gates),
            tuple(map(self.sizes.__getitem__, found)),
            (statement.value,) if known else tuple(range(size)),
            statement.value,
            negated,
        )
        if not known:
            self.variables[index] = self._variable(size)
            scope.append(self.variables[index])
        slot = self._table(*scope)
        branch: Branch = (
            "tracks" if number == self.always else "folded" if axis is None else "split"
        )
        self.terms.append(
            StatementTable(index, slot, number, branch, bundled, shape, bool(statement.silence))
        )

    def _phantom_of(self, index: int) -> int | None:
        statement = self.story.statements[index]
        if statement.cites is not None:
            return None
        copy = self.copies.get((self.state_of[index], self.component[statement.question]))
        return None if copy is None else copy[statement.question]

    def _heard_of(self, cited: int | None, question: int) -> int | tuple[int]:
        """The variable of a statement or, for none, of the question; or its one known value."""
        if cited is None:
            return self.place[question]
        if cited in self.variables:
            return self.variables[cited]
        return (self.story.statements[cited].value,)


# Origins: what goes when one source's own statements are left out.


@attrs.frozen(eq=False)
class OriginGroup:
    """The own statements of one source, or of sources whose origins may be one voice."""

    witnesses: tuple[int, ...]
    """The sources."""
    statements: tuple[int, ...]
    """Their origin statements."""
    dropped: tuple[int, ...]
    """What goes with them: they, and all that relays them directly or through others."""


def origin_groups(story: Story, question: int) -> tuple[OriginGroup, ...]:
    """The sources that speak for themselves, those whose origins may be one voice together.

    Silences count among what a source says of its own. Only what belongs to the story of the one
    question that is asked about, in the order of first statements.
    """
    origins = [
        index
        for index, statement in enumerate(story.statements)
        if statement.cites is None and story.parts[statement.question] == story.parts[question]
    ]
    groups = Groups(len(story.witnesses))
    for index in origins:
        voice = story.statements[index].voice
        if voice is not None and story.statements[voice].cites is None:
            groups.join(story.statements[index].witness, story.statements[voice].witness)
    grouped: dict[int, list[int]] = {}
    for index in origins:
        grouped.setdefault(groups.lowest(story.statements[index].witness), []).append(index)
    return tuple(
        OriginGroup(
            tuple(sorted({story.statements[index].witness for index in indices})),
            tuple(indices),
            _dropped(story, indices),
        )
        for indices in grouped.values()
    )


def _dropped(story: Story, origins: Sequence[int]) -> tuple[int, ...]:
    found = dict.fromkeys(origins)
    waiting = list(origins)
    while waiting:
        for listener in story.listeners[waiting.pop()]:
            if listener not in found:
                found[listener] = None
                waiting.append(listener)
    return tuple(sorted(found))
