"""Tables of probabilities and outcomes are read whole or refused row by row."""

import json
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from provenance.errors import InvalidValue, TableError
from provenance.learning.calibration import calibration, reliability_diagram
from provenance.learning.recalibration import calibration_report, read_outcomes

ROWS = ["probability,outcome", "0.9,1", "0.8,true", "0.4,no", "0.5,", "0.1,0"]


def test_csv_and_json_lines_say_the_same() -> None:
    lines = ['{"probability": 0.9, "outcome": 1}', "", '{"probability": 0.4, "outcome": false}']

    found = read_outcomes(lines, form="jsonl")

    assert found.probability.tolist() == [0.9, 0.4]
    assert found.truth.tolist() == [1, 0]


def test_rows_without_an_outcome_are_counted_and_left_out() -> None:
    found = read_outcomes(ROWS)

    assert found.truth.tolist() == [1, 1, 0, 0]
    assert found.skipped == 1


def test_rows_of_one_object_need_not_stand_together() -> None:
    rows = ["p,true,thing", "0.7,1,a", "0.2,0,b", "0.3,0,a", "0.5,0,b", "0.4,,c"]

    found = read_outcomes(rows, probability="p", outcome="true", group="thing")

    assert found.probability.tolist() == [0.7, 0.3, 0.2, 0.5, 0.4]
    assert found.first.tolist() == [0, 2, 4, 5]
    assert found.truth.tolist() == [0, -1, -2]


def test_every_bad_row_is_named() -> None:
    rows = ["probability,outcome", "1.9,1", "0.5,maybe", "x,1", "0.5,1"]

    with pytest.raises(TableError) as caught:
        read_outcomes(rows)

    assert [p.path for p in caught.value.problems] == [
        "row 2, probability",
        "row 3, outcome",
        "row 4, probability",
    ]


@pytest.mark.parametrize(
    ("lines", "settings", "code"),
    [
        (["p,outcome", "0.5,1"], {}, "unknown-column"),
        ([], {}, "unknown-column"),
        (["probability,outcome"], {}, "empty"),
        (["nonsense"], {"form": "jsonl"}, "not-a-row"),
        (['{"probability": 0.5}'], {"form": "jsonl"}, "not-a-row"),
        (['{"probability": true, "outcome": 1}'], {"form": "jsonl"}, "not-a-probability"),
        (['{"probability": NaN, "outcome": 1}'], {"form": "jsonl"}, "not-a-probability"),
        (["probability,outcome,o", "0.5,1,a", "0.4,1,a"], {"group": "o"}, "contradictory-truth"),
        (["probability,outcome,o", "0.9,1,a", "0.4,0,a"], {"group": "o"}, "too-much-probability"),
        (["probability,outcome,o", "0.9,,a"], {"group": "o"}, "empty"),
    ],
)
def test_a_bad_table_says_why(lines, settings, code: str) -> None:
    with pytest.raises(TableError) as caught:
        read_outcomes(lines, **settings)

    assert {p.code for p in caught.value.problems} == {code}


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(InvalidValue, match="csv or jsonl"):
        read_outcomes([], form="xml")


def test_a_report_is_one_json_object() -> None:
    report = calibration_report(read_outcomes([*ROWS, "1.0,0"] + ROWS[1:] * 5), "beta")

    read = json.loads(report.to_json())

    assert read["stated"]["log_score"] is None
    assert read["calibrator"]["method"] == "beta"
    assert read["mended"]["count"] == read["stated"]["count"]


def test_without_a_method_nothing_is_mended() -> None:
    report = calibration_report(read_outcomes(ROWS))

    assert (report.mended, report.calibrator) == (None, None)
    assert json.loads(report.to_json())["mended"] is None


def test_mended_scores_come_from_other_cases() -> None:
    # A calibrator that saw its own case would call each of these four outcomes better than chance.
    rng = np.random.default_rng(0)
    rows = ["probability,outcome"] + [f"{p:.6f},{rng.integers(2)}" for p in rng.random(200)]

    report = calibration_report(read_outcomes(rows), "isotonic")

    assert report.mended.brier >= 0.24


def test_many_valued_objects_are_mended_too() -> None:
    rows = ["probability,outcome,o"]
    for k in range(60):
        rows += [f"0.98,{int(k % 3 > 0)},{k}", f"0.02,{int(k % 3 == 0)},{k}"]

    report = calibration_report(read_outcomes(rows, group="o"), "temperature")

    assert report.mended.most_likely.ece < report.stated.most_likely.ece / 2


def test_a_report_needs_two_folds() -> None:
    with pytest.raises(InvalidValue, match="2 folds"):
        calibration_report(read_outcomes(ROWS), "beta", folds=1)


def test_one_case_cannot_mend_itself() -> None:
    report = calibration_report(read_outcomes(["probability,outcome", "0.9,0"]), "temperature")

    assert report.mended.brier == report.stated.brier


def test_a_diagram_is_well_formed_and_needs_nothing_from_elsewhere() -> None:
    score = calibration([0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0])

    svg = reliability_diagram(score.bins, title="Ours & <theirs>")

    tree = ElementTree.fromstring(svg)
    tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert tags <= {"svg", "title", "desc", "rect", "path", "text", "circle", "polyline"}
    assert tree[0].text == "Ours & <theirs>"
    assert "href" not in svg
    assert "currentColor" in svg


def test_a_diagram_reads_its_dots_aloud() -> None:
    score = calibration([0.9] * 10, [1] * 5 + [0] * 5)

    svg = reliability_diagram(score.bins)

    assert "stated probability 0.90: came true 0.50 of 10. 1 of 1 dots lie outside" in svg


def test_an_empty_diagram_says_so() -> None:
    assert "nothing to show" in reliability_diagram(())


def test_two_diagrams_can_stand_on_one_page() -> None:
    one = reliability_diagram(calibration([0.9], [1]).bins)
    other = reliability_diagram(calibration([0.8], [1]).bins)

    marks = [svg.split('aria-labelledby="')[1].split('"')[0] for svg in (one, other)]
    assert marks[0] != marks[1]
