"""Module files as `check` meets them: each in its place, each beside its key."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from assessment.instruments.digest import counts_digest
from assessment.instruments.document import read_document
from assessment.instruments.library import ROOT
from assessment.services.checking import Checked, check_files


@pytest.fixture
def training(tmp_path: Path) -> Path:
    for folder in ("questionnaires", "data/training"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path / "data/training"


def checked(path: Path) -> Checked:
    (found,) = check_files([path])
    return found


def faults(path: Path) -> Sequence[str]:
    return [problem for problem in checked(path).problems if "renew" not in problem]


def test_a_module_in_a_file_of_another_name_is_found(training: Path) -> None:
    moved = (training / "modules/explain_bill.yaml").rename(training / "modules/bill.yaml")

    assert faults(moved) == ["the file is called bill, but the module is explain_bill"]


def test_a_module_without_english_words_is_not_whole_and_one_without_spanish_is_only_told(training: Path) -> None:
    (training / "en/explain_bill.yaml").unlink()
    (training / "es/interpreters.yaml").unlink()

    without_english, without_spanish = (
        checked(training / f"modules/{name}.yaml") for name in ("explain_bill", "interpreters")
    )

    assert without_english.problems == ("not worded in English, which stands in for every language that is missing",)
    assert (without_spanish.problems, without_spanish.says) == ((), ("not worded in es: shown in English",))


def test_words_in_the_folder_of_another_language_are_found(training: Path) -> None:
    moved = shutil.copy(training / "en/explain_bill.yaml", training / "es/explain_bill.yaml")

    assert faults(moved) == ["stands in es/explain_bill.yaml, expected en/explain_bill.yaml"]


def test_words_of_a_module_that_is_gone_are_told(training: Path) -> None:
    (training / "modules/explain_bill.yaml").unlink()

    assert "there is no such file" in (checked(training / "en/explain_bill.yaml").unreadable or "")


def test_another_letter_counts_as_another_key_and_another_order_of_facets_does_not(training: Path) -> None:
    key = read_document(training / "modules/explain_bill.yaml")

    turned = {**key, "facets": key["facets"][::-1]}
    other = {**key, "checks": [{**check, "fits": "a"} for check in key["checks"]]}

    assert counts_digest(turned) == counts_digest(key) != counts_digest(other)
