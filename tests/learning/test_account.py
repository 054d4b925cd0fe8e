"""What was learned, printed: short whatever the size of the table, and never in disorder."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")

from provenance.learning import learn

ROWS = [("ann", "sky", "blue"), ("bob", "sky", "blue"), ("cid", "sky", "red")]


def test_it_says_by_which_method_and_why_and_how_far_each_source_is_trusted() -> None:
    learned = learn([*ROWS, ("ann", "sea", "green"), ("cid", "sea", "green")], method="one-coin")

    first, counts, _, head, ann, cid, bob, note = str(learned).splitlines()

    assert first == "Learned by one-coin: asked for"
    assert counts == "Assertions: 5; sources: 3; objects: 2"
    assert head.split() == ["source", "reliability", "worth", "assertions"]
    assert [each.split()[0] for each in (ann, cid, bob)] == ["ann", "cid", "bob"]
    assert ann.split()[1] == f"{learned.reliability_of('ann').mean:.2f}"
    assert ann.split()[-1] == "2"
    assert (
        note
        == "Note: every voice counts as its own: auto alone looks for copies and discounts them"
    )


def test_many_sources_and_long_names_do_not_make_it_long() -> None:
    rows = [(f"{place}\n" * 300, f"object {place % 7}", "so") for place in range(500)]

    printed = str(learn(rows, method="majority"))

    assert "and 488 more" in printed
    assert len(printed.splitlines()) < 20
    assert max(map(len, printed.splitlines())) < 100
    assert len(repr(learn(rows, method="majority"))) < 120


def test_notes_come_last() -> None:
    learned = learn([*ROWS, ("Ann", "sky", "blue"), ("\u0430nn", "sky", "blue")])

    assert [f"Note: {note}" for note in learned.notes] == str(learned).splitlines()[-1:]
