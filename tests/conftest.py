"""What most tests stand on: a house of their own on real SQLite, empty or with one opening."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessment.services.house import House, Settings, open_house
from tests.hiring import Hiring, begin_work, start_hiring
from tests.many_sheets import HandedIn, hand_in

DRAWN = ("test_pdf", "test_documents", "test_documents_named", "test_result_document", "test_workbooks")
SECRET = "a secret for tests only"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever runs a page or draws a document is the part `screen`; verbs, routes and commands on a real database are
    the part `verb`."""
    for item in items:
        if item.path.parent.name in ("services", "web", "commands"):
            item.add_marker(pytest.mark.verb)
        if item.path.parent.name == "pages" or item.path.stem in DRAWN:
            item.add_marker(pytest.mark.screen)


def house_in(folder: Path, *, base_url: str = "http://localhost:8501") -> House:
    return open_house(Settings(f"sqlite:///{folder / 'carefit.db'}", SECRET, base_url, False))


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables and nothing in them, made once and copied."""
    folder = tmp_path_factory.mktemp("empty")
    house_in(folder).database.close()
    return folder / "carefit.db"


@pytest.fixture(scope="session")
def database_with_an_opening(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One organisation, one administrator, one opening, made once and copied."""
    folder = tmp_path_factory.mktemp("opening")
    house = house_in(folder)
    start_hiring(house)
    house.database.close()
    return folder / "carefit.db"


@pytest.fixture(scope="session")
def database_with_sheets(
    tmp_path_factory: pytest.TempPathFactory, database_with_an_opening: Path
) -> tuple[Path, HandedIn]:
    """The same with 450 people who answered the form of the front desk, made once and copied."""
    path = tmp_path_factory.mktemp("sheets") / "carefit.db"
    shutil.copy(database_with_an_opening, path)
    house = house_in(path.parent)
    handed_in = hand_in(begin_work(house), 450, missing=0.02)
    house.database.close()
    return path, handed_in


@pytest.fixture
def house(tmp_path: Path, empty_database: Path) -> Iterator[House]:
    """Fresh: nobody has set it up."""
    shutil.copy(empty_database, tmp_path / "carefit.db")
    house = house_in(tmp_path)
    yield house
    house.database.close()


@pytest.fixture
def hiring(tmp_path: Path, database_with_an_opening: Path) -> Iterator[Hiring]:
    """An administrator signed in and an opening for a front desk officer."""
    shutil.copy(database_with_an_opening, tmp_path / "carefit.db")
    house = house_in(tmp_path)
    yield begin_work(house)
    house.database.close()


@pytest.fixture
def measured(tmp_path: Path, database_with_sheets: tuple[Path, HandedIn]) -> Iterator[Hiring]:
    """An administrator signed in and 450 people who have answered."""
    shutil.copy(database_with_sheets[0], tmp_path / "carefit.db")
    house = house_in(tmp_path)
    yield begin_work(house)
    house.database.close()


@pytest.fixture
def handed_in(database_with_sheets: tuple[Path, HandedIn]) -> HandedIn:
    """What those 450 people answered."""
    return database_with_sheets[1]
