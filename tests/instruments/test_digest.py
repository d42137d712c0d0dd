"""No key, scale or wording changes without a new version and a reason."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assessment.errors import InstrumentError
from assessment.instruments.digest import drift, read_book, renew
from assessment.instruments.document import read_document
from assessment.instruments.library import ROOT

TODAY = date(2027, 1, 2)
Change = Callable[[str, str], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The temperament questionnaire, each file newly kept as version 0.1."""
    copy = tmp_path / "temperament"
    shutil.copytree(ROOT / "questionnaires/temperament", copy, ignore=shutil.ignore_patterns("*.json"))
    for name in ("questionnaire.yaml", "en.yaml"):
        text = re.sub("(?m)^version: .*", 'version: "0.1"', (copy / name).read_text(encoding="utf-8"))
        (copy / name).write_text(text, encoding="utf-8")
        renew(copy / name, version="0.1", reason="first draft", on=date(2026, 1, 1))
    return copy


def changed(file: Path, old: str, new: str) -> Path:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def said(file: Path) -> tuple[str, ...]:
    return drift(file, read_document(file), needed=True)


def test_an_untouched_file_has_not_drifted(folder: Path) -> None:
    assert said(folder / "questionnaire.yaml") == ()


def test_layout_and_comments_are_free(folder: Path) -> None:
    assert said(changed(folder / "questionnaire.yaml", "# The key", "# Here: the key")) == ()


def test_a_changed_word_is_noticed_and_asks_for_a_minor_version(folder: Path) -> None:
    file = changed(folder / "en.yaml", "I speak first.", "I talk first.")

    assert said(file) == (
        f"changed since version 0.1: put it back, or keep it with `renew {file} --version 0.2 --reason …`",
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("questionnaire.yaml", "{id: voi_01, facet: voi, keyed: plus", "{id: voi_01, facet: voi, keyed: minus"),
        ("questionnaire.yaml", "high: 5", "high: 7"),
        ("questionnaire.yaml", "min_answered: 0.8", "min_answered: 0.5"),
        ("en.yaml", "3: Sometimes", "3: Now and then"),
    ],
)
def test_a_changed_key_or_scale_asks_for_another_first_number(folder: Path, name: str, old: str, new: str) -> None:
    file = changed(folder / name, old, new)

    assert said(file) == (
        "key, scale or scoring changed since version 0.1: put it back, or keep it with "
        f"`renew {file} --version 1.0 --reason …`",
    )
    with pytest.raises(InstrumentError, match=r"no longer comparable with version 0\.1; take 1\.0 instead of 0\.2"):
        renew(file, version="0.2", reason="a better key", on=TODAY)


def test_a_version_typed_by_hand_is_not_enough(folder: Path) -> None:
    file = changed(folder / "en.yaml", 'version: "0.1"', 'version: "0.2"')

    assert said(file) == ("says version 0.2, but 0.1 is what was kept: versions are given by `renew`",)


def test_renewing_writes_the_version_and_keeps_reason_and_date(folder: Path) -> None:
    file = changed(folder / "en.yaml", "I speak first.", "I talk first.")
    before = file.read_text(encoding="utf-8")

    renew(file, version="0.2", reason="easier to read", on=TODAY)

    history = [(r.version, r.on, r.reason) for r in read_book(folder).files["en.yaml"].history]
    assert history[-1] == ("0.2", TODAY, "easier to read")
    assert len(history) == 2
    assert file.read_text(encoding="utf-8") == before.replace('version: "0.1"', 'version: "0.2"')
    assert said(file) == ()


def test_a_turned_key_can_be_kept_with_a_new_first_number(folder: Path) -> None:
    file = changed(folder / "questionnaire.yaml", "voi_01, facet: voi, keyed: plus", "voi_01, facet: voi, keyed: minus")

    renew(file, version="1.0", reason="keyed wrongly so far", on=TODAY)

    assert (said(file), read_document(file)["version"]) == ((), "1.0")


@pytest.mark.parametrize(
    ("version", "reason", "told"),
    [
        ("0.1", "a reason", "version 0.1 does not come after 0.1; take 0.2"),
        ("0.0.9", "a reason", "version 0.0.9 does not come after 0.1; take 0.2"),
        ("two", "a reason", "version: String should match pattern"),
        ("0.2", " ", "reason: String should have at least 3 characters"),
    ],
)
def test_a_refused_renewal_writes_nothing(folder: Path, version: str, reason: str, told: str) -> None:
    file = changed(folder / "en.yaml", "I speak first.", "I talk first.")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    with pytest.raises(InstrumentError, match=told.replace(".", r"\.")):
        renew(file, version=version, reason=reason, on=TODAY)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_an_unchanged_file_is_not_renewed(folder: Path) -> None:
    with pytest.raises(InstrumentError, match=r"nothing changed since version 0\.1"):
        renew(folder / "en.yaml", version="0.2", reason="just because", on=TODAY)
