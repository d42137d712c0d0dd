"""Files of answers through the whole measurement engine, and every way in which such a file can be wrong."""

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from assessment.commands import norms as norms_command
from assessment.commands import responses as reading
from assessment.instruments.library import ROOT

REFERENCE = ROOT / "tests/reference"
SHEETS, QUESTIONNAIRE = REFERENCE / "simulated.csv", REFERENCE / "simulated.yaml"
Run = Callable[..., tuple[int, str, str]]

SMALL = (
    'id: small\nversion: "1.0"\ntitle: Small\nsource: test\nlicence: none\nformat: {low: 1, high: 5}\n'
    "facets: [{id: f, name: F}, {id: g, name: G}]\nitems:\n"
    "  - {id: a, facet: f, keyed: plus}\n  - {id: b, facet: f, keyed: minus}\n  - {id: c, facet: f, keyed: plus}\n"
    "  - {id: d, facet: g, keyed: plus}\n"
)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "q.yaml").write_text(SMALL)
    return tmp_path / "q.yaml"


def given(command: str, questionnaire: Path = QUESTIONNAIRE, responses: Path = SHEETS) -> tuple[str, ...]:
    return (command, "--questionnaire", str(questionnaire), "--responses", str(responses))


def table(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text))


def test_a_norms_file_scores_like_the_group_it_was_made_of(run: Run, tmp_path: Path) -> None:
    made, _, _ = run(*given("norms"), "--id", "ours", "--out", tmp_path / "n.yaml")

    by_file = run(*given("score"), "--norms", tmp_path / "n.yaml", "--out", "-")[1]
    by_self = run(*given("score"), "--norms", "self", "--out", "-")[1]

    group = yaml.safe_load((tmp_path / "n.yaml").read_text())
    assert made == 0
    assert list(group) == ["id", "version", "kind", "n", "period", "source", "facets"]
    assert (group["id"], group["kind"], group["n"]) == ("ours", "local", 400)
    assert by_file == by_self
    assert table(by_self).groupby("facet")["t"].std(ddof=1).to_numpy() == pytest.approx(np.full(3, 10.0))


def test_the_columns_of_theta_are_the_promised_ones(run: Run, tmp_path: Path) -> None:
    code, _, err = run(*given("calibrate"), "--out", tmp_path / "p.csv")

    scored = run(*given("score"), "--irt", tmp_path / "p.csv", "--out", "-")[1]

    parameters = pd.read_csv(tmp_path / "p.csv")
    assert code == 0
    assert list(parameters.columns) == ["item", "facet", "a", "b1", "b2", "b3", "b4"]
    assert "cal: n 400, iterations " in err
    assert "log-likelihood -3185.7688" in err  # R's mirt finds -3185.76884611989
    assert "warning: only 400 people" in err
    assert list(table(scored).columns) == ["person", "facet", "answered", "items", "theta", "se"]
    assert table(scored).groupby("facet")["theta"].mean().abs().max() < 0.01


def test_items_that_are_not_calibrated_are_passed_over_and_said(run: Run, tmp_path: Path) -> None:
    run(*given("calibrate"), "--out", tmp_path / "p.csv")
    kept = [line for line in (tmp_path / "p.csv").read_text().splitlines() if not line.startswith(("cal_01", "soc"))]
    (tmp_path / "p.csv").write_text("\n".join(kept) + "\n")

    code, out, err = run(*given("score"), "--irt", tmp_path / "p.csv", "--out", "-")

    first = table(out).set_index("facet").groupby("facet").first()
    assert code == 0
    assert "not calibrated, so passed over: cal_01, soc_01" in err
    assert first["items"].to_dict() == {"cal": 6, "ord": 6, "soc": 6}
    assert table(out).query("facet == 'soc'")["theta"].isna().all()


def test_standard_errors_are_written_when_asked_for(run: Run, tmp_path: Path) -> None:
    run(*given("calibrate"), "--out", tmp_path / "p.csv", "--errors", tmp_path / "e.csv")

    errors = pd.read_csv(tmp_path / "e.csv")
    assert list(errors.columns) == ["item", "facet", "a", "b1", "b2", "b3", "b4"]
    assert errors[["a", "b1", "b4"]].to_numpy().min() > 0.05


def test_reliability_has_the_promised_keys(run: Run) -> None:
    code, out, _ = run(*given("reliability"), "--out", "-")

    facets = json.loads(out)["facets"]
    assert code == 0
    assert list(facets) == ["cal", "ord", "soc"]
    assert ",".join(facets["cal"]) == (
        "n,n_complete,n_items,alpha,alpha_listwise,alpha_ci95,omega_total,average_r,sem_t,items"
    )
    assert ",".join(facets["cal"]["items"][0]) == "item,r_drop,alpha_if_dropped,mean,sd,n"
    assert facets["cal"]["alpha"] == pytest.approx(0.795450584133694)  # R's psych


def test_quality_has_the_promised_columns(run: Run, tmp_path: Path) -> None:
    run(*given("calibrate"), "--out", tmp_path / "p.csv")

    without = table(run(*given("quality"), "--out", "-")[1])
    with_fit = table(run(*given("quality"), "--irt", tmp_path / "p.csv", "--out", "-")[1])

    assert ",".join(without.columns) == (
        "person,answered,longstring,average_string,irv,even_odd,mahalanobis_d2,person_misfit,flags"
    )
    assert without["person_misfit"].isna().all()
    assert with_fit["person_misfit"].notna().all()
    assert with_fit["person_misfit"].std() == pytest.approx(1, abs=0.3)


def test_people_who_answer_all_alike_are_flagged_and_those_who_read_are_not(run: Run, tmp_path: Path) -> None:
    rows = list(csv.reader(SHEETS.read_text().splitlines()))
    rows.append(["same", *["3"] * 18])
    with (tmp_path / "r.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)

    found = table(run(*given("quality", responses=tmp_path / "r.csv"), "--out", "-")[1]).set_index("person")

    assert found.loc["same", "flags"] == "same_answer"
    assert found["flags"].fillna("").str.contains(";").mean() < 0.02  # two independent signs: invite to answer again


def test_items_that_work_otherwise_in_a_group_are_those_that_were_made_so(run: Run) -> None:
    code, out, _ = run(
        *given("dif", REFERENCE / "dif.yaml", REFERENCE / "dif.csv"),
        *("--groups", REFERENCE / "dif_groups.csv", "--group", "group", "--out", "-"),
    )

    items = json.loads(out)["items"]
    theirs = json.loads((REFERENCE / "dif.json").read_text())
    assert code == 0
    assert theirs["head"]["package"] == "MASS"
    assert [id_ for id_, item in items.items() if item["verdict"] == "dif"] == ["dif_03", "dif_05"]
    assert items["dif_03"]["uniform"]["r2_change"] > 10 * items["dif_03"]["nonuniform"]["r2_change"]


def test_a_group_column_that_is_not_there_is_named(run: Run) -> None:
    code, _, err = run(
        *given("dif", REFERENCE / "dif.yaml", REFERENCE / "dif.csv"),
        *("--groups", REFERENCE / "dif_groups.csv", "--group", "sex", "--out", "-"),
    )

    assert code == 2
    assert "there is no column 'sex'; there are: group" in err


@pytest.mark.parametrize("command", ["score", "reliability", "quality"])
def test_parquet_in_and_csv_in_say_the_same(run: Run, tmp_path: Path, command: str) -> None:
    pd.read_csv(SHEETS, dtype={"person": str}).to_parquet(tmp_path / "r.parquet")

    by_csv = run(*given(command), "--out", "-")
    by_parquet = run(*given(command, responses=tmp_path / "r.parquet"), "--out", "-")

    assert by_csv == by_parquet
    assert by_csv[0] == 0


def test_blocks_of_any_size_say_the_same(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pd.read_csv(SHEETS, dtype={"person": str}).to_parquet(tmp_path / "r.parquet")
    words = (*given("score", responses=tmp_path / "r.parquet"), "--norms", "self", "--out", "-")
    at_once = run(*words)

    monkeypatch.setattr(reading, "ROWS", 7)

    assert run(*words) == at_once


def test_a_person_who_stands_in_two_blocks_is_found(
    run: Run, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pd.DataFrame({"person": ["p", "q", "r", "p"], "a": [1, 2, 3, 4]}).to_parquet(tmp_path / "r.parquet")
    monkeypatch.setattr(reading, "ROWS", 1)

    code, _, err = run(*given("score", small, tmp_path / "r.parquet"), "--out", tmp_path / "s.csv")

    assert code == 2
    assert "row 5: person 'p' stands twice" in err
    assert not (tmp_path / "s.csv").exists()


BAD = {
    "unknown column": ("person,a,b,c,d,z\np,1,2,3,4,5\n", "column 'z' is no item of small 1.0"),
    "column twice": ("person,a,a,c\np,1,2,3\n", "column 'a' stands 2 times"),
    "no item": ("person\np\n", "no column is an item of small"),
    "duplicate person": ("person,a,b\np,1,2\nq,1,2\np,1,2\n", "row 4: person 'p' stands twice"),
    "nobody's row": ("person,a,b\n,1,2\n", "row 2: the person is missing"),
    "out of range": ("person,a,b\np,1,6\n", "row 2, column b: found '6', expected a whole number from 1 to 5"),
    "text in a cell": ("person,a,b\np,1,often\n", "row 2, column b: found 'often'"),
    "a word for missing": ("person,a,b\np,1,NA\n", "row 2, column b: found 'NA'"),
    "nan": ("person,a,b\np,1,nan\n", "row 2, column b: found 'nan'"),
    "half an answer": ("person,a,b\np,1,2.5\n", "row 2, column b: found '2.5'"),
    "0 as missing": ("person,a,b\np,1,0\nq,0,1\n", "row 2, column b: found '0'"),
    "empty file": ("", "the file is empty; expected a first row with 'person'"),
    "another delimiter": ("person;a;b\np;1;2\n", "it looks separated by ';', expected ','"),
    "a cell too many": ("person,a,b\np,1,2\nq,1,2,3\n", "row 3 has 4 cells, expected 3"),
    "a cell too few": ("person,a,b\np,1,2\nq,1\n", "row 3 has 2 cells, expected 3"),
}


@pytest.mark.parametrize("command", ["score", "norms", "reliability", "calibrate", "quality", "dif"])
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_row_and_column(
    run: Run, small: Path, tmp_path: Path, command: str, name: str
) -> None:
    text, words = BAD[name]
    (tmp_path / "r.csv").write_text(text)
    (tmp_path / "g.csv").write_text("person,group\np,x\nq,y\n")
    more = {"norms": ("--id", "n"), "dif": ("--groups", tmp_path / "g.csv", "--group", "group")}.get(command, ())

    code, out, err = run(*given(command, small, tmp_path / "r.csv"), *more, "--out", tmp_path / "out")

    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".out*"))


def test_bytes_that_are_no_text_are_named_with_their_row(run: Run, small: Path, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes(b"person,a,b\np,1,2\nJos\xe9,1,2\n")

    code, _, err = run(*given("score", small, tmp_path / "r.csv"), "--out", "-")

    assert code == 2
    assert "row 3: byte 3 is not UTF-8" in err


def test_a_file_that_is_no_parquet_is_refused(run: Run, small: Path, tmp_path: Path) -> None:
    (tmp_path / "r.parquet").write_text("person,a\np,1\n")

    code, _, err = run(*given("score", small, tmp_path / "r.parquet"), "--out", "-")

    assert code == 2
    assert "Traceback" not in err


def test_only_the_first_twenty_wrong_cells_are_listed_and_the_rest_is_counted(
    run: Run, small: Path, tmp_path: Path
) -> None:
    (tmp_path / "r.csv").write_text("person,a,b\n" + "".join(f"p{n},9,1\n" for n in range(50)))

    code, _, err = run(*given("score", small, tmp_path / "r.csv"), "--out", "-")

    assert code == 2
    assert "50 cells cannot be used" in err
    assert err.count("column a: found '9'") == 20
    assert "… and 30 more" in err


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([1.0, 2.5, 3.0], "row 3, column a: found '2.5'"),
        ([1, 2, 6], "row 4, column a: found '6'"),
        (["1", "2", "x"], "row 4, column a: found 'x'"),
        ([True, False, True], "row 2, column a: found 'True'"),
    ],
)
def test_a_wrong_cell_of_a_parquet_file_is_named_too(
    run: Run, small: Path, tmp_path: Path, values: list[object], words: str
) -> None:
    pd.DataFrame({"person": ["p", "q", "r"], "a": values}).to_parquet(tmp_path / "r.parquet")

    code, _, err = run(*given("score", small, tmp_path / "r.parquet"), "--out", "-")

    assert code == 2
    assert words in err


def test_a_head_without_people_has_scores_of_nobody_and_no_reliability(run: Run, small: Path, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("person,a,b,c,d\n")

    scored = run(*given("score", small, tmp_path / "r.csv"), "--out", "-")
    quality = run(*given("quality", small, tmp_path / "r.csv"), "--out", "-")

    assert scored[:2] == (0, "person,facet,answered,items,score,t,sem,percentile\n")
    assert quality[0] == 0
    for command in ("reliability", "calibrate"):
        code, _, err = run(*given(command, small, tmp_path / "r.csv"), "--out", "-")
        assert code == 2
        assert "there are 0 people" in err
    code, _, err = run(*given("norms", small, tmp_path / "r.csv"), "--id", "n", "--out", "-")
    assert code == 2


def test_one_person_has_a_score_and_no_group(run: Run, small: Path, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("person,a,b,c,d\np,5,1,5,2\n")

    score = run(*given("score", small, tmp_path / "r.csv"), "--out", "-")
    group = run(*given("score", small, tmp_path / "r.csv"), "--norms", "self", "--out", "-")
    quality = run(*given("quality", small, tmp_path / "r.csv"), "--out", "-")

    assert score[1].splitlines()[1:] == ["p,f,3,3,5,,,", "p,g,1,1,2,,,"]
    assert group[0] == 2
    assert "there are 1 people scored on a facet, all of them alike, and an honest number needs 2" in group[2]
    assert quality[1].splitlines()[1].startswith("p,4,1,1,")


def test_items_and_people_without_spread_have_defined_results(run: Run, small: Path, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("person,a,b,c,d\np,3,1,3,2\nq,3,2,3,\nr,3,3,3,4\ns,,,,\n")

    code, out, _ = run(*given("reliability", small, tmp_path / "r.csv"), "--out", "-")
    quality = run(*given("quality", small, tmp_path / "r.csv"), "--out", "-")

    facets = json.loads(out)["facets"]
    assert code == 0
    assert facets["f"]["alpha"] is None  # two of three items do not vary
    assert (facets["f"]["items"][0]["sd"], facets["f"]["items"][0]["r_drop"]) == (0.0, None)
    assert (facets["g"]["alpha"], facets["g"]["n_items"]) == (None, 1)
    assert quality[0] == 0
    assert quality[1].splitlines()[4] == "s,0,0,,,,,,"


def test_columns_that_are_no_items_may_be_passed_over(run: Run, small: Path, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text('person,age,a,note\np,44,3,"hm, well"\n')

    code, out, _ = run(*given("score", small, tmp_path / "r.csv"), "--ignore-columns", "--out", "-")

    assert code == 0
    assert out.splitlines()[1] == "p,f,1,1,3,,,"


def test_a_person_whose_name_has_a_comma_or_a_quote_is_written_as_it_is(run: Run, small: Path, tmp_path: Path) -> None:
    names = ['Marino, Sofia "S."', "=cmd", "名前", "007", "a\nb"]
    with (tmp_path / "r.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["person", "a"], *([name, "3"] for name in names)])

    code, out, _ = run(*given("score", small, tmp_path / "r.csv"), "--out", "-")

    assert code == 0
    assert [row["person"] for row in csv.DictReader(io.StringIO(out))] == names


def test_a_place_that_cannot_be_written_to_is_said(run: Run, small: Path, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("person,a\np,1\n")

    code, _, err = run(*given("score", small, tmp_path / "r.csv"), "--out", tmp_path / "gone" / "s.csv")

    assert code == 2
    assert "choose a folder" in err


def test_theta_and_norms_do_not_go_together(run: Run) -> None:
    code, _, err = run(*given("score"), "--irt", "p.csv", "--norms", "self", "--out", "-")

    assert code == 2
    assert "leave out --norms" in err


@pytest.mark.parametrize("dtype", ["uint8", "int8", "int64", "float32"])
@pytest.mark.parametrize("low", [-3, 0])
def test_a_scale_that_begins_below_one_is_read_from_any_kind_of_column(
    run: Run, tmp_path: Path, dtype: str, low: int
) -> None:
    (tmp_path / "q.yaml").write_text(SMALL.replace("{low: 1, high: 5}", f"{{low: {low}, high: 5}}"))
    pd.DataFrame({"person": ["p", "q"], "a": np.array([0, 5], dtype=dtype)}).to_parquet(tmp_path / "r.parquet")

    code, out, err = run(*given("score", tmp_path / "q.yaml", tmp_path / "r.parquet"), "--out", "-")

    assert (code, err) == (0, "")
    assert table(out)["score"].tolist() == [0, 5]


def test_a_check_missed_is_counted_and_one_met_is_not(run: Run, tmp_path: Path) -> None:
    (tmp_path / "q.yaml").write_text(SMALL + "checks:\n  - {id: c_1, expects: 4}\n")
    (tmp_path / "r.csv").write_text("person,a,b,c,d,c_1\np,1,2,3,4,4\nq,1,2,3,4,3\nr,1,2,3,4,\n")

    found = table(run(*given("quality", tmp_path / "q.yaml", tmp_path / "r.csv"), "--out", "-")[1])

    assert found["flags"].fillna("").tolist() == ["", "checks", ""]


def test_raw_answers_are_not_written_over(run: Run, small: Path, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("person,a\np,1\n")

    code, _, err = run(*given("score", small, tmp_path / "r.csv"), "--out", tmp_path / "r.csv")

    assert code == 2
    assert "this is what is read; write to another file" in err
    assert (tmp_path / "r.csv").read_text() == "person,a\np,1\n"


def test_a_damaged_file_is_the_one_that_is_blamed(run: Run, small: Path, tmp_path: Path) -> None:
    pd.DataFrame({"person": [f"p{n}" for n in range(5000)], "a": [1 + n % 5 for n in range(5000)]}).to_parquet(
        tmp_path / "r.parquet"
    )
    content = bytearray((tmp_path / "r.parquet").read_bytes())
    content[100:2000] = b"\xff" * 1900
    (tmp_path / "r.parquet").write_bytes(content)

    code, _, err = run(*given("score", small, tmp_path / "r.parquet"), "--out", tmp_path / "s.csv")

    assert code == 2
    assert err.startswith(f"{tmp_path / 'r.parquet'}: ")
    assert not (tmp_path / "s.csv").exists()


def test_what_is_written_may_be_read_by_whom_the_umask_says(run: Run, small: Path, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("person,a\np,1\n")
    before = os.umask(0o077)
    try:
        run(*given("score", small, tmp_path / "r.csv"), "--out", tmp_path / "s.csv")
    finally:
        os.umask(before)

    assert (tmp_path / "s.csv").stat().st_mode & 0o777 == 0o600


def test_norms_with_very_many_scores_are_written_so_that_they_can_be_read_back(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(norms_command, "MOST_COUNTS", 60)

    code, _, err = run(*given("norms"), "--id", "n", "--out", tmp_path / "n.yaml")

    by_file = table(run(*given("score"), "--norms", tmp_path / "n.yaml", "--out", "-")[1])
    by_self = table(run(*given("score"), "--norms", "self", "--out", "-")[1])
    assert code == 0
    assert "percentiles by it are modelled" in err
    assert "counts: []" in (tmp_path / "n.yaml").read_text()
    np.testing.assert_array_equal(by_file["t"], by_self["t"])
    assert (by_file["percentile"] - by_self["percentile"]).abs().max() > 1


def test_a_facet_without_spread_has_no_place_in_a_group_and_the_others_have(
    run: Run, small: Path, tmp_path: Path
) -> None:
    (tmp_path / "r.csv").write_text("person,a,b,c,d\np,1,5,1,3\nq,5,1,5,3\nr,3,3,3,3\n")

    code, out, err = run(*given("score", small, tmp_path / "r.csv"), "--norms", "self", "--out", "-")

    assert code == 0
    assert "not in the norm group, so without T: g" in err
    assert table(out).query("facet == 'f'")["t"].tolist() == [40, 60, 50]
    assert table(out).query("facet == 'g'")["t"].isna().all()


def test_a_facet_of_one_item_has_a_t_and_no_error(run: Run, small: Path, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("person,d\np,1\nq,3\nr,5\n")

    scored = table(run(*given("score", small, tmp_path / "r.csv"), "--norms", "self", "--out", "-")[1])

    assert scored["t"].tolist() == [40, 50, 60]
    assert scored["sem"].isna().all()


def test_a_group_file_with_a_cell_too_many_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("person,group\np1,x,y\n")

    code, _, err = run(
        *given("dif", REFERENCE / "dif.yaml", REFERENCE / "dif.csv"),
        *("--groups", tmp_path / "g.csv", "--group", "group", "--out", "-"),
    )

    assert code == 2
    assert "row 2 has 3 cells, expected 2" in err


def test_ids_of_any_kind_of_column_are_text_and_empty_ones_are_named(run: Run, small: Path, tmp_path: Path) -> None:
    for ids in (pd.Series([7, 8]), pd.Series(["7", "8"], dtype="category"), pd.Series(["7", "8"], dtype="string")):
        pd.DataFrame({"person": ids, "a": [1, 2]}).to_parquet(tmp_path / "r.parquet")
        assert table(run(*given("score", small, tmp_path / "r.parquet"), "--out", "-")[1])["person"].tolist() == [7, 8]
    for gap in (np.nan, ""):
        pd.DataFrame({"person": ["p", gap], "a": [1, 2]}).to_parquet(tmp_path / "r.parquet")
        code, _, err = run(*given("score", small, tmp_path / "r.parquet"), "--out", "-")
        assert code == 2
        assert "row 3: the person is missing" in err
