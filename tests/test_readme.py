"""What the README says in numbers is what the code comes to."""

import re
from pathlib import Path

import pytest

from tests.bench.bands import table

README = (Path(__file__).parents[1] / "README.md").read_text()


def figures(text: str) -> dict[str, list[int]]:
    rows = re.findall(r"^\| ([A-Z][^|]+) \| (\d+ %.*) \|$", text, flags=re.MULTILINE)
    return {role.strip(): [int(cell) for cell in re.findall(r"(\d+) %", cells)] for role, cells in rows}


@pytest.mark.big
def test_the_simulated_bands_are_those_of_the_readme() -> None:
    said, found = figures(README), figures(table(4_000))

    assert len(said) == 8
    assert {role: pytest.approx(values, abs=3) for role, values in found.items()} == said


@pytest.mark.parametrize("command", ["make run", "make test", "make bench", "python -m assessment check"])
def test_the_readme_says_how(command: str) -> None:
    assert command in README
