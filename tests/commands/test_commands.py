"""The command line as scripts use it: real processes' main, real files; exit codes and columns as promised."""

import csv
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assessment.instruments.library import ROOT, Library

NORMS = str(ROOT / "data/norms/provisional.yaml")
ITEMS = [item.id for item in Library.shipped().questionnaire().items]


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    """Three people: all fours, all ones, and one who left most out."""
    path = tmp_path / "responses.csv"
    rows = [["p1", *["4"] * 96], ["p2", *["1"] * 96], ["p3", *["3"] * 4, *[""] * 92]]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["person", *ITEMS], *rows])
    return path


def test_scores_have_the_promised_columns_and_keep_the_order(run, sheets: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "s.csv"

    code, _, err = run("score", "--questionnaire", "temperament", "--responses", sheets, "--out", out, "--norms", NORMS)

    table = pd.read_csv(out)
    assert (code, err) == (0, "")
    assert list(table.columns) == ["person", "facet", "answered", "items", "score", "t", "sem", "percentile"]
    assert list(table["person"].unique()) == ["p1", "p2", "p3"]
    assert set(table.loc[table.person == "p1", "score"]) == {3.0}  # four plus and four minus items
    left_out = table[(table.person == "p3") & (table.facet == "voi")].iloc[0]
    assert (left_out["answered"], left_out["items"]) == (4, 8)
    assert np.isnan(left_out["score"])


def test_without_norms_only_scores_are_filled_in(run, sheets: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("score", "--questionnaire", "temperament", "--responses", sheets, "--out", "-")

    first = next(csv.DictReader(out.splitlines()))
    assert code == 0
    assert (first["score"], first["t"], first["sem"], first["percentile"]) == ("3", "", "", "")


def test_a_group_made_of_the_sheets_themselves(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    rng = np.random.default_rng(1)
    table = pd.DataFrame(rng.integers(1, 6, (40, 96)), columns=ITEMS)
    table.insert(0, "person", [f"p{n}" for n in range(40)])
    table.to_parquet(tmp_path / "r.parquet")

    code, _, _ = run(
        *("score", "--questionnaire", "temperament", "--responses", tmp_path / "r.parquet"),
        *("--out", tmp_path / "s.parquet", "--norms", "self"),
    )

    scored = pd.read_parquet(tmp_path / "s.parquet")
    assert code == 0
    by_facet = scored.groupby("facet")["t"]
    assert by_facet.mean().to_numpy() == pytest.approx(np.full(12, 50.0))
    assert by_facet.std(ddof=1).to_numpy() == pytest.approx(np.full(12, 10.0))
    assert by_facet.count().eq(40).all()
    assert 0 < scored["percentile"].min() < scored["percentile"].max() < 100


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda rows: rows[1].__setitem__(3, "9"),
            "row 2, column voi_03: found '9', expected a whole number from 1 to 5",
        ),
        (lambda rows: rows[2].__setitem__(1, "often"), "row 3, column voi_01: found 'often'"),
        (lambda rows: rows[2].__setitem__(1, "2.5"), "row 3, column voi_01: found '2.5'"),
        (lambda rows: rows[2].__setitem__(0, "p1"), "row 3: person 'p1' stands twice"),
        (lambda rows: rows[0].__setitem__(5, "shoe_size"), "column 'shoe_size' is no item"),
        (lambda rows: rows[0].__setitem__(0, "id"), "the first column is 'id'; expected 'person'"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_written(run, sheets: Path, tmp_path: Path, change, words: str) -> None:  # type: ignore[no-untyped-def]
    rows = list(csv.reader(sheets.read_text().splitlines()))
    change(rows)
    with sheets.open("w", newline="") as file:
        csv.writer(file).writerows(rows)

    code, _, err = run("score", "--questionnaire", "temperament", "--responses", sheets, "--out", tmp_path / "s.csv")

    assert code == 2
    assert words in err
    assert not (tmp_path / "s.csv").exists()


def test_unknown_columns_pass_when_told(run, sheets: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    text = sheets.read_text().replace("voi_03", "shoe_size", 1)
    sheets.write_text(text)

    code, out, _ = run(
        "score", "--questionnaire", "temperament", "--responses", sheets, "--out", "-", "--ignore-columns"
    )

    assert code == 0
    assert next(csv.DictReader(out.splitlines()))["items"] == "7"


def test_any_questionnaire_in_the_format_can_be_scored(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "q.yaml").write_text(
        'id: other\nversion: "1.0"\ntitle: Other\nsource: test\nlicence: none\nformat: {low: 0, high: 3}\n'
        "facets: [{id: f, name: F}]\nitems:\n  - {id: a, facet: f, keyed: plus}\n  - {id: b, facet: f, keyed: minus}\n"
    )
    (tmp_path / "r.csv").write_text("person,a,b\nx,3,0\n")

    code, out, _ = run("score", "--questionnaire", tmp_path / "q.yaml", "--responses", tmp_path / "r.csv", "--out", "-")

    assert code == 0
    assert out.splitlines()[1] == "x,f,2,2,3,,,"


def test_the_fit_of_a_role_from_what_score_wrote(run, sheets: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("score", "--questionnaire", "temperament", "--responses", sheets, "--out", tmp_path / "s.csv", "--norms", NORMS)

    code, _, err = run(
        *("fit", "--role", "elder_care_aide", "--standings", tmp_path / "s.csv"),
        *("--out", tmp_path / "f.csv", "--facets", tmp_path / "g.csv"),
    )

    fits, facets = pd.read_csv(tmp_path / "f.csv"), pd.read_csv(tmp_path / "g.csv")
    assert (code, err) == (0, "")
    assert list(fits.columns) == ["person", "role", "part", "fit", "low80", "high80", "weight_measured", "band"]
    assert list(fits["part"][:4]) == ["signature", "core", "other", "all"]
    assert fits.loc[fits.part != "all", "band"].isna().all()
    assert set(fits.loc[fits.part == "all", "band"]) <= {"in_or_close", "talk", "outside", "not_measured"}
    assert fits.loc[(fits.person == "p3") & (fits.part == "all"), "band"].item() == "not_measured"
    assert ",".join(facets.columns[:9]) == "person,role,facet,t,sem,low,high,gap,match"
    assert list(facets.columns[-2:]) == ["chance_in_range", "band"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("fit", "--role", "clrk", "--standings", "x", "--out", "-"),
            "no role profile 'clrk'; there are: billing_clerk",
        ),
        (("score", "--questionnaire", "nope", "--responses", "x", "--out", "-"), "no questionnaire 'nope'"),
        (("score", "--questionnaire", "temperament", "--responses", "gone.csv", "--out", "-"), "there is no such file"),
        (("score",), "Missing option '--questionnaire'"),
        (("nonsense",), "No such command 'nonsense'"),
    ],
)
def test_a_wrong_call_exits_with_two_and_one_message(run, words: tuple[str, ...], message: str) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run(*words)

    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_demo_and_invite_speak_json(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'demo.db'}")
    people = tmp_path / "people.csv"
    people.write_text("name,email,language\nAna,ana@x.org,es\n")

    code, out, _ = run("demo", "--json")
    made = json.loads(out)
    first = run("invite", "--vacancy", made["vacancies"][0]["id"], "--people", people, "--json")
    again = run("invite", "--vacancy", made["vacancies"][0]["id"], "--people", people, "--json")

    assert code == 0
    assert {account["role"] for account in made["accounts"]} == {
        "administrator",
        "hr_manager",
        "interviewer",
        "supervisor",
    }
    assert len(made["vacancies"]) == 3
    assert made["candidate_links"][0].startswith("http://localhost:8501/i/")
    assert [list(one) for one in json.loads(first[1])] == [["name", "url"]]
    assert again[0] == 2
    assert "row 2: is invited to this opening already" in again[2]


def test_help_lists_every_command(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("--help")

    assert code == 0
    assert all(name in out for name in ("check", "renew", "score", "fit", "demo", "invite"))
