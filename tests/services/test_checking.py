"""`check` and `renew`, as they are called: what they say, and how they exit."""

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assessment.commands.check import check
from assessment.commands.renew import renew
from assessment.errors import InstrumentError
from assessment.instruments.library import ROOT
from assessment.services import checking


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of everything that ships."""
    for folder in checking.FOLDERS:
        if (ROOT / folder).is_dir():
            shutil.copytree(ROOT / folder, tmp_path / folder, dirs_exist_ok=True)
    return tmp_path


def change(file: Path, old: str, new: str) -> Path:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def call_check(*paths: Path) -> Result:
    return CliRunner().invoke(check, [str(path) for path in paths])


def faults(tree: Path) -> dict[str, Sequence[str]]:
    return {str(c.path.relative_to(tree)): c.problems for c in checking.check_files(root=tree) if c.problems}


def test_everything_that_ships_is_whole() -> None:
    result = call_check()

    assert (result.exit_code, result.stderr) == (0, "")


def test_one_key_turned_round_is_found_in_four_ways(tree: Path) -> None:
    change(
        tree / "questionnaires/temperament/questionnaire.yaml",
        "voi_02, facet: voi, keyed: plus",
        "voi_02, facet: voi, keyed: minus",
    )

    found = faults(tree)

    of_key = found["questionnaires/temperament/questionnaire.yaml"]
    assert of_key[:-1] == (
        "facet voi: 3 plus and 5 minus in the bank, expected as many of each",
        "facet voi: 2 plus and 4 minus in the preferred items, expected as many of each",
        "facet voi: someone who always answers 1 scores 3.50, expected 3.00",
        "facet voi: someone who always answers 5 scores 2.50, expected 3.00",
    )
    assert of_key[-1].startswith("key, scale or scoring changed since version 0.1")
    assert found["questionnaires/front_desk_officer.yaml"] == (
        "facet voi: 2 plus and 4 minus in the form, expected as many of each",
    )


def test_two_keys_that_swap_are_found_by_the_digest(tree: Path) -> None:
    key = tree / "questionnaires/temperament/questionnaire.yaml"
    change(key, "voi_02, facet: voi, keyed: plus", "voi_02, facet: voi, keyed: minus")
    change(key, "voi_05, facet: voi, keyed: minus", "voi_05, facet: voi, keyed: plus")

    found = faults(tree)

    assert list(found) == ["questionnaires/temperament/questionnaire.yaml"]
    assert (
        found["questionnaires/temperament/questionnaire.yaml"][0][:45]
        == "key, scale or scoring changed since version 0"
    )


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("questionnaires/temperament/es.yaml", "hablo primero", "hablo antes"),
        ("questionnaires/scenarios/en.yaml", "He is next on the list", "He comes next"),
        ("questionnaires/billing_clerk.yaml", "minutes: 15", "minutes: 10"),
        ("data/roles/billing_clerk.yaml", "low: 35", "low: 36"),
        ("data/norms/provisional.yaml", "mean: 3.25", "mean: 3.35"),
        ("data/job_facts/en.yaml", "Your team backs you up.", "You are backed up."),
        ("data/messages/es.yaml", "No pasa nada", "Está bien"),
        ("data/interview/en.yaml", "What did you say first?", "What came first?"),
    ],
)
def test_any_changed_file_is_found(tree: Path, file: str, old: str, new: str) -> None:
    change(tree / file, old, new)

    assert {path: len(problems) for path, problems in faults(tree).items()} == {file: 1}


def test_a_file_that_was_taken_away_is_missed(tree: Path) -> None:
    (tree / "data/norms/other.yaml").write_text((tree / "data/norms/provisional.yaml").read_text())
    checking.renew(tree / "data/norms/other.yaml", version="0.1", reason="a second group", on=date(2027, 1, 2))
    (tree / "data/norms/other.yaml").unlink()

    assert faults(tree) == {"data/norms/other.yaml": ("its digest stands in digests.json, but the file is gone",)}


def test_a_new_file_among_those_that_ship_needs_a_digest(tree: Path) -> None:
    new = tree / "data/norms/other.yaml"
    new.write_text((tree / "data/norms/provisional.yaml").read_text())

    assert faults(tree) == {
        "data/norms/other.yaml": (f"no digest is kept: give one with `renew {new} --version 0.1 --reason …`",)
    }


def test_a_range_that_nobody_can_reach_is_found(tree: Path) -> None:
    change(tree / "data/norms/provisional.yaml", "rel: {mean: 4.00, sd: 0.50", "rel: {mean: 4.99, sd: 0.50")

    assert faults(tree)["data/roles/front_desk_officer.yaml"] == (
        "someone who fits everything comes out outside on rel",
    )


def test_a_questionnaire_from_anywhere_is_checked_without_a_digest(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "id: own\nversion: '1.0'\ntitle: Own\nsource: me\nlicence: CC0\nformat: {low: 1, high: 4}\n"
        "facets: [{id: a, name: A}]\n"
        "items: [{id: a_1, facet: a, keyed: plus}, {id: a_2, facet: a, keyed: minus}]\n"
    )

    result = call_check(own)

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"ok  questionnaire  {own}  1.0",
        "    all 1 and all 4: 2.50 on every facet",
        "    no digest is kept beside it",
        "1 file, 1 whole",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a: &a [x]\nb: *a\n", "anchors and aliases are not allowed"),
        ("id: a\nid: b\n", "'id' stands twice"),
        ("x" * 1_000_000, "more than the 256 KB"),
        (
            "items: [{id: a_1, facet: a, keyed: up}]\n",
            "items.a_1.keyed: Input should be 'plus' or 'minus' (found 'up')",
        ),
        ("colour: blue\n", "no kind of file known here"),
    ],
)
def test_a_file_that_cannot_be_taken_exits_2_with_one_message(tmp_path: Path, content: str, told: str) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(content)

    result = call_check(bad)

    assert (result.exit_code, len(result.stderr.splitlines()), str(bad)[:40] in result.stderr) == (2, 1, True)
    assert told in result.stderr


def test_page_words_that_a_language_lacks_are_named(tree: Path) -> None:
    change(tree / "data/plain_pages/es.yaml", "{organisation}", "la clínica")

    assert [problem[:17] for problem in faults(tree)["data/plain_pages/es.yaml"]] == ["text door.title: "]


def test_the_whole_data_folder_can_be_checked() -> None:
    assert call_check(ROOT / "data").exit_code == 0


def test_a_path_that_is_not_there_and_an_empty_folder_exit_2(tmp_path: Path) -> None:
    assert (call_check(tmp_path / "none.yaml").exit_code, call_check(tmp_path).exit_code) == (2, 2)


def test_a_file_that_does_not_hold_exits_1(tree: Path) -> None:
    file = change(tree / "data/roles/billing_clerk.yaml", "weight: 24", "weight: 34")

    result = call_check(file)

    assert result.exit_code == 1
    assert "    the weights add up to 110, expected 100" in result.stdout.splitlines()


def test_renew_asks_for_version_and_reason_and_makes_check_hold_again(tree: Path) -> None:
    file = change(tree / "data/messages/en.yaml", "That is fine.", "That is all right.")

    renewed = CliRunner().invoke(renew, [str(file)], input="0.9\nplainer words\n")

    assert (renewed.exit_code, call_check(file).exit_code) == (0, 0)
    assert renewed.stdout.splitlines()[-1] == f"{file}  0.9  plainer words"


def test_a_file_that_is_not_whole_is_not_renewed(tree: Path) -> None:
    file = change(
        tree / "questionnaires/temperament/questionnaire.yaml",
        "voi_02, facet: voi, keyed: plus",
        "voi_02, facet: voi, keyed: minus",
    )

    with pytest.raises(InstrumentError, match="not renewed, since it is not whole: facet voi: 3 plus and 5 minus"):
        checking.renew(file, version="1.0", reason="it must be so", on=date(2027, 1, 2))
