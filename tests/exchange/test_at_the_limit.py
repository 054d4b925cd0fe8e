"""What readers do at the edge of what they look at, and what an empty workbook offers."""

from __future__ import annotations

import io

import pytest

from provenance.exchange import empty_workbook, relocation

openpyxl = pytest.importorskip("openpyxl")


@pytest.mark.parametrize("most", [1, 2, 5])
def test_words_are_looked_for_at_one_place_more_than_are_told_apart(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(relocation, "MOST_PLACES", most)

    assert list(relocation._occurrences("ab", "ab" * 9)) == [2 * n for n in range(most + 1)]
    assert list(relocation._occurrences("aa", "a" * 3)) == [0, 1]


def test_an_empty_workbook_lets_other_values_in_for_a_reliability_alone() -> None:
    book = openpyxl.load_workbook(io.BytesIO(empty_workbook()))

    offered = {
        (sheet.title, sheet[str(each.sqref).split(":")[0].replace("2", "1")].value): each
        for sheet in book
        for each in sheet.data_validations.dataValidation
    }

    assert {name for name, each in offered.items() if not each.showErrorMessage} == {
        name for name in offered if name[1] == "reliability"
    }
    assert ("attributions", "stance") in offered
    assert all(each.allow_blank and each.type == "list" for each in offered.values())
