"""The slow twins of the methods that compare labels which all objects share, in loops."""

from __future__ import annotations

import math
from collections.abc import Callable

from tests.twins.learning_twin import Figures, Pair, Table, digamma, judged

Row = list[float]
Grid = list[list[float]]
Moved = list[tuple[Row, Row]]
"""Dirichlet counts of what was learned, each with those of its prior."""
Rates = tuple[list[Grid], list[Grid], Moved]
"""For every source the logarithm of its rates, and counts: true label by stated one."""


def held(table: Table, grid: Grid) -> Grid:
    """Labels by object with what is known put in; the others share what is left as before."""
    out = []
    for o, row in enumerate(grid):
        given = {table.label[c]: table.known[c] for c in table.claims[o]}
        given = {k: p for k, p in given.items() if p is not None}
        rest = sum(p for k, p in enumerate(row) if k not in given)
        left = 1.0 - sum(p or 0.0 for p in given.values())
        scale = (left / rest if rest > 0.0 else 0.0) if given else 1.0
        out.append([given.get(k, p * scale) or 0.0 for k, p in enumerate(row)])
    return out


def grid_of(table: Table, of_claims: list[float]) -> Grid:
    """Figures of claims as labels by object."""
    grid = [[0.0] * table.labels for _ in table.claims]
    for o, mine in enumerate(table.claims):
        for c in mine:
            grid[o][table.label[c]] = of_claims[c]
    return grid


def of_claims(table: Table, grid: Grid) -> list[float]:
    """Labels by object as figures of claims."""
    found = {c: grid[o][table.label[c]] for o, mine in enumerate(table.claims) for c in mine}
    return [found[c] for c in sorted(found)]


def softmax(scores: Row) -> Row:
    """Shares in proportion to exponents."""
    top = max(scores)
    total = sum(math.exp(x - top) for x in scores)
    return [math.exp(x - top) / total for x in scores]


def tempered(table: Table, scores: Grid, dependence: float) -> Grid:
    """Scores as flat as n / (1 + (n - 1) r) voices leave those of n."""
    found = []
    for o, row in enumerate(scores):
        n = sum(v.weight for v in table.voices if v.about == o)
        found.append([x / (1.0 + max(0.0, n - 1.0) * dependence) for x in row])
    return found


def counted(table: Table, grid: Grid) -> list[Grid]:
    """For every source how often it says the column where the row is true."""
    k = range(table.labels)
    return [
        [
            [
                sum(
                    v.weight * grid[v.about][true]
                    for v in table.voices
                    if v.source == s and table.label[v.claim] == said
                )
                for said in k
            ]
            for true in k
        ]
        for s in range(table.sources)
    ]


def evidence(table: Table, logs: list[Grid]) -> Grid:
    """For every object and label the log probability of what is said."""
    return [
        [
            sum(
                v.weight * logs[v.source][true][table.label[v.claim]]
                for v in table.voices
                if v.about == o
            )
            for true in range(table.labels)
        ]
        for o in range(table.objects)
    ]


def changed(before: Grid, after: Grid) -> float:
    """The largest change of any figure."""
    return max(
        abs(a - b) for x, y in zip(before, after, strict=True) for a, b in zip(x, y, strict=True)
    )


def told(
    table: Table, grid: Grid, fitted: Grid, counts: list[Grid], classes: Row, changes: Row
) -> Figures:
    """The figures of a fit of labels."""
    common = [each / sum(classes) for each in classes]
    chance = []
    for s, spoken in enumerate(table.spoken()):
        met = sum(v.weight * common[table.label[v.claim]] for v in table.voices if v.source == s)
        chance.append(min((met + 1.0 / table.labels) / (spoken + 1.0), 1.0 - 1e-6))
    bare = Table(
        table.voices,
        table.claims,
        table.label,
        table.labels,
        table.sources,
        [None] * len(table.known),
    )
    credit = [fitted[v.about][table.label[v.claim]] for v in table.voices]
    found: Figures = {
        "probability": of_claims(table, grid),
        "labels": grid,
        "confusions": counts,
        "classes": common,
        "chance": chance,
        "changes": changes,
    }
    return found | judged(bare, credit, (4.0, 1.0))


def fitted(
    table: Table,
    rates: Callable[[list[Grid]], Rates],
    frequencies: Callable[[Grid], tuple[Row, Moved]],
    dependence: float,
    rounds: int,
) -> Figures:
    """Confusions from probabilities and probabilities from confusions, in turn."""
    start = table.shares(table.by_claim(lambda v: v.weight))
    grid, changes = held(table, grid_of(table, start)), []
    for turn in range(rounds + 1):
        logs, counts, moved = rates(counted(table, grid))
        common, moved_classes = frequencies(grid)
        scores = [
            [a + b for a, b in zip(common, row, strict=True)] for row in evidence(table, logs)
        ]
        if turn == rounds:
            break
        after = held(table, [softmax(row) for row in scores])
        changes.append(changed(grid, after))
        grid = after
    flat = held(table, [softmax(row) for row in tempered(table, scores, dependence)])
    classes = [math.exp(x) for x in common]
    found = told(table, flat if dependence > 0.0 else grid, grid, counts, classes, changes)
    found["foretold"] = foretold(table, scores, logs, counts, grid)
    if moved:
        found["bound"] = bound(grid, scores, moved + moved_classes)
    return found


def bound(grid: Grid, scores: Grid, moved: Moved) -> float:
    """Expected logarithms, and entropy, less how far everything learned was moved."""
    found = 0.0
    for row, score in zip(grid, scores, strict=True):
        found += sum(p * (x - math.log(p)) for p, x in zip(row, score, strict=True) if p > 0.0)
    return found - sum(divergence(counts, prior) for counts, prior in moved)


def divergence(counts: Row, prior: Row) -> float:
    """Of one Dirichlet distribution from another, by Kullback and Leibler."""
    found = math.lgamma(sum(counts)) - math.lgamma(sum(prior))
    for x, before in zip(counts, prior, strict=True):
        found += math.lgamma(before) - math.lgamma(x)
        found += (x - before) * (digamma(x) - digamma(sum(counts)))
    return found


def foretold(table: Table, scores: Grid, logs: list[Grid], counts: list[Grid], grid: Grid) -> Row:
    """For every object the log probability of each voice, itself left out of all that foretells it."""
    found = [0.0] * table.objects
    for v in table.voices:
        said, k = table.label[v.claim], range(table.labels)
        known = any(table.known[c] == 1.0 for c in table.claims[v.about])
        others = softmax([scores[v.about][t] - v.weight * logs[v.source][t][said] for t in k])
        truth = grid[v.about] if known else others
        chance = 0.0
        for t in k:
            own = v.weight * grid[v.about][t]
            times = max(counts[v.source][t][said] - own, 1e-9)
            chance += truth[t] * min(1.0, times / max(sum(counts[v.source][t]) - own, 1e-9))
        found[v.about] += v.weight * math.log(chance + 1e-300)
    return found


def expected_logs(counts: list[Grid]) -> list[Grid]:
    """The expected logarithm of every rate under Dirichlet distributions."""
    return [[[digamma(x) - digamma(sum(row)) for x in row] for row in each] for each in counts]


def frequencies(grid: Grid) -> tuple[Row, Moved]:
    """The expected logarithm of how common each label is, each counted once beforehand."""
    counts = [1.0 + sum(row[k] for row in grid) for k in range(len(grid[0]))]
    return [digamma(x) - digamma(sum(counts)) for x in counts], [(counts, [1.0] * len(counts))]


def even(grid: Grid) -> tuple[Row, Moved]:
    """All labels equally common, whatever was said."""
    return [-math.log(len(grid[0]))] * len(grid[0]), []


def dawid_skene(table: Table, *, dependence: float, rounds: int) -> Figures:
    """Maximum likelihood."""

    def rates(counts: list[Grid]) -> Rates:
        logs = [
            [
                [math.log(max(x / sum(row), 1e-300)) if sum(row) > 0.0 else 0.0 for x in row]
                for row in each
            ]
            for each in counts
        ]
        return logs, [[[x + 1e-9 for x in row] for row in each] for each in counts], []

    def common(grid: Grid) -> tuple[Row, Moved]:
        means = [sum(row[k] for row in grid) / len(grid) for k in range(len(grid[0]))]
        return [math.log(max(x, 1e-300)) for x in means], []

    return fitted(table, rates, common, dependence, rounds)


def ibcc(table: Table, *, right: float, wrong: float, dependence: float, rounds: int) -> Figures:
    """Dirichlet priors for every row of confusions."""

    def rates(counts: list[Grid]) -> Rates:
        more = [
            [
                [x + (right if t == k else wrong) for k, x in enumerate(row)]
                for t, row in enumerate(each)
            ]
            for each in counts
        ]
        priors = [
            [right if t == k else wrong for k in range(len(e[t]))]
            for e in more
            for t in range(len(e))
        ]
        rows = [row for each in more for row in each]
        return expected_logs(more), more, list(zip(rows, priors, strict=True))

    return fitted(table, rates, frequencies, dependence, rounds)


def coin_tables(
    table: Table, *, dependence: float, rounds: int, sources: str = "apart", same: bool = False
) -> Figures:
    """One number for every source, its errors even; its prior of all sources, or (4, 1), or one for all."""
    strength, k, others = 10.0, range(table.labels), table.labels - 1.0

    def rates(counts: list[Grid]) -> Rates:
        nonlocal strength
        said: list[Grid] = []
        for each in counts:
            right = sum(each[t][t] for t in k)
            said.append([[right, sum(each[t][s] for t in k for s in k if t != s)]])
        prior, moved = [4.0, 1.0], list[tuple[Row, Row]]()
        if sources == "alike":
            said = [[[sum(each[0][i] for each in said) for i in (0, 1)]]] * len(said)
        if sources == "pooled":
            (prior,), strength, moved = shared(said, [[4.0, 1.0]], strength, 1000.0)
        logs, shown = [], []
        for ((right, wrong),) in said:
            counted = [prior[0] + right, prior[1] + wrong]
            if sources != "alike" or not moved:
                moved.append((counted, prior))
            hit = digamma(counted[0]) - digamma(sum(counted))
            miss = digamma(counted[1]) - digamma(sum(counted)) - math.log(others)
            logs.append([[hit if t == s else miss for s in k] for t in k])
            shown.append([[counted[0] if t == s else counted[1] / others for s in k] for t in k])
        return logs, shown, moved

    return fitted(table, rates, even if same else frequencies, dependence, rounds)


def shared(
    counts: list[Grid], before: Grid, strength: float, most: float
) -> tuple[Grid, float, Moved]:
    """A Dirichlet prior whose mean is everybody's table, and whose strength is fitted."""
    rows = range(len(before))
    pooled = [
        [
            x + sum(each[t][s] * strength / (sum(each[t]) + strength) for each in counts)
            for s, x in enumerate(before[t])
        ]
        for t in rows
    ]
    mean = [[x / sum(row) for x in row] for row in pooled]
    for _ in range(5):
        strength = stronger(counts, mean, strength, most)
    prior = [[strength * x for x in row] for row in mean]
    return prior, strength, list(zip(pooled, before, strict=True))


def pooled_ibcc(table: Table, *, dependence: float, rounds: int) -> Figures:
    """Tables of confusions with the prior of all sources."""
    strength, k = 10.0, range(table.labels)
    before = [[5.0 if t == s else 1.0 for s in k] for t in k]

    def rates(counts: list[Grid]) -> Rates:
        nonlocal strength
        prior, strength, moved = shared(counts, before, strength, 200.0)
        more = [[[each[t][s] + prior[t][s] for s in k] for t in k] for each in counts]
        moved += [(each[t], prior[t]) for each in more for t in k]
        return expected_logs(more), more, moved

    return fitted(table, rates, frequencies, dependence, rounds)


def stronger(counts: list[Grid], mean: Grid, strength: float, most: float) -> float:
    """Minka's fixed point for the strength of a Dirichlet whose mean is known."""
    gained, spent = 0.0, 0.0
    for each in counts:
        for t, row in enumerate(each):
            spent += digamma(sum(row) + strength) - digamma(strength)
            for s, x in enumerate(row):
                m = mean[t][s]
                gained += m * (digamma(x + strength * m) - digamma(strength * m))
    return min(max(strength * gained / spent, 0.5), most) if spent > 0.0 else strength


def mace(table: Table, *, tracks: Pair, habit: float, dependence: float, rounds: int) -> Figures:
    """A source tracks the truth, or says what it says anyway."""
    k = range(table.labels)
    track = [0.5] * table.sources
    stated = [
        [
            sum(v.weight for v in table.voices if v.source == s and table.label[v.claim] == x)
            for x in k
        ]
        for s in range(table.sources)
    ]
    habits = [[(x + habit) / sum(y + habit for y in row) for x in row] for row in stated]
    start = table.shares(table.by_claim(lambda v: v.weight))
    grid, changes = held(table, grid_of(table, start)), []
    for turn in range(rounds + 1):
        rates = [
            [[(t if a == b else 0.0) + (1.0 - t) * own[b] for b in k] for a in k]
            for t, own in zip(track, habits, strict=True)
        ]
        logs = [[[math.log(x) for x in row] for row in each] for each in rates]
        scores = evidence(table, logs)
        if turn == rounds:
            break
        after = held(table, [softmax(row) for row in scores])
        changes.append(1.0 if turn == 0 else changed(grid, after))
        grid = after
        track, habits = _tracked(table, grid, track, habits, tracks, habit)
    counts = [
        [[x * sum(said) / table.labels for x in row] for row in each]
        for each, said in zip(rates, stated, strict=True)
    ]
    even = [1.0 / table.labels] * table.labels
    flat = held(table, [softmax(row) for row in tempered(table, scores, dependence)])
    return told(table, flat if dependence > 0.0 else grid, grid, counts, even, changes)


def _tracked(
    table: Table, grid: Grid, track: Row, habits: Grid, tracks: Pair, habit: float
) -> tuple[Row, Grid]:
    by_track: dict[int, float] = {}
    for at, v in enumerate(table.voices):
        said = table.label[v.claim]
        t = track[v.source]
        by_track[at] = grid[v.about][said] * t / (t + (1.0 - t) * habits[v.source][said])
    shares, own = [], []
    for s in range(table.sources):
        mine = [(at, v) for at, v in enumerate(table.voices) if v.source == s]
        yes = math.exp(digamma(tracks[0] + sum(v.weight * by_track[at] for at, v in mine)))
        no = math.exp(digamma(tracks[1] + sum(v.weight * (1.0 - by_track[at]) for at, v in mine)))
        shares.append(yes / (yes + no))
        kept = [
            habit
            + sum(v.weight * (1.0 - by_track[at]) for at, v in mine if table.label[v.claim] == x)
            for x in range(table.labels)
        ]
        own.append(softmax([digamma(x) - digamma(sum(kept)) for x in kept]))
    return shares, own


def ebcc(
    table: Table,
    *,
    subtypes: int,
    right: float,
    wrong: float,
    mixing: float,
    dependence: float,
    rounds: int,
) -> Figures:
    """Every label in so many hidden kinds, each with confusions of its own."""
    k, kinds = range(table.labels), range(table.labels * subtypes)
    sources, objects = range(table.sources), range(table.objects)
    grid = held(table, grid_of(table, table.shares(table.by_claim(lambda v: v.weight))))
    parts = _started(grid, subtypes)

    def merged(parts: Grid) -> Grid:
        return [[sum(row[t * subtypes : (t + 1) * subtypes]) for t in k] for row in parts]

    def common(parts: Grid) -> Row:
        each = [sum(row[i] for row in parts) for i in kinds]
        found = []
        for t in k:
            mine = each[t * subtypes : (t + 1) * subtypes]
            of_label = digamma(1.0 + sum(mine)) - digamma(table.labels + sum(each))
            whole = digamma(subtypes * mixing + sum(mine))
            found += [of_label + digamma(mixing + x) - whole for x in mine]
        return found

    changes: Row = []
    for turn in range(rounds + 1):
        counts = [
            [
                [
                    (right if i // subtypes == said else wrong)
                    + sum(
                        v.weight * parts[v.about][i]
                        for v in table.voices
                        if v.source == s and table.label[v.claim] == said
                    )
                    for said in k
                ]
                for i in kinds
            ]
            for s in sources
        ]
        logs, base = expected_logs(counts), common(parts)
        scores = [
            [
                base[i]
                + sum(
                    v.weight * logs[v.source][i][table.label[v.claim]]
                    for v in table.voices
                    if v.about == o
                )
                for i in kinds
            ]
            for o in objects
        ]
        if turn == rounds:
            break
        free = [softmax(row) for row in scores]
        fixed = held(table, merged(free))
        parts = [
            [
                x * fixed[o][i // subtypes] / max(merged(free)[o][i // subtypes], 1e-300)
                for i, x in enumerate(row)
            ]
            for o, row in enumerate(free)
        ]
        after = merged(parts)
        changes.append(changed(grid, after))
        grid = after
    weight = [sum(row[i] for row in parts) for i in kinds]
    share = [weight[i] / sum(weight[i // subtypes * subtypes :][:subtypes]) for i in kinds]
    mixed = [
        [
            [sum(share[i] * counts[s][i][said] for i in kinds if i // subtypes == t) for said in k]
            for t in k
        ]
        for s in sources
    ]
    classes = [sum(math.exp(base[i]) for i in kinds if i // subtypes == t) for t in k]
    logs_of = [
        [math.log(sum(math.exp(row[i] - max(row)) for i in kinds if i // subtypes == t)) for t in k]
        for row in scores
    ]
    flat = held(table, [softmax(row) for row in tempered(table, logs_of, dependence)])
    found = told(table, flat, grid, mixed, classes, changes)
    moved = [
        (counts[s][i], [right if i // subtypes == said else wrong for said in k])
        for s in sources
        for i in kinds
    ]
    each = [weight[t * subtypes : (t + 1) * subtypes] for t in k]
    moved += [([mixing + x for x in mine], [mixing] * subtypes) for mine in each]
    moved.append(([1.0 + sum(mine) for mine in each], [1.0] * table.labels))
    return found | {"bound": bound(parts, scores, moved)}


def _started(grid: Grid, subtypes: int) -> Grid:
    """Labels split over kinds by the rank of how far the voices on an object agree."""
    agreed = [max(row) for row in grid]
    found = []
    for row in grid:
        below = sum(each < max(row) for each in agreed)
        up_to = sum(each <= max(row) for each in agreed)
        place = (below + up_to) / 2.0 / len(grid) * subtypes
        near = [math.exp(-((place - (i + 0.5)) ** 2)) for i in range(subtypes)]
        found.append([p * each / sum(near) for p in row for each in near])
    return found
