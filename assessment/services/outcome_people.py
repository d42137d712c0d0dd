"""Whom a row of a file is about: one hire, or a word on why that cannot be told."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from assessment.services.house import House
from assessment.services.outcome_days import Hire
from assessment.services.outcome_file import CellProblem, OutcomeLine
from assessment.services.shortlist import opened_name

Index = Mapping[str, Mapping[str, Sequence[Hire]]]


def index_of(house: House, hires: Sequence[Hire]) -> Index:
    """Hires by each way of naming them."""
    named: dict[str, Callable[[Hire], str | None]] = {
        "person": lambda hire: hire.id,
        "external_id": lambda hire: hire.row.external_id,
        "email": lambda hire: hire.row.email_hash,
        "name": lambda hire: _folded(opened_name(house, hire.row.name_sealed)),
    }
    found: dict[str, defaultdict[str, list[Hire]]] = {column: defaultdict(list) for column in named}
    for column, name_of in named.items():
        for hire in hires:
            if name := name_of(hire):
                found[column][name].append(hire)
    return found


def whom(house: House, line: OutcomeLine, index: Index) -> tuple[Hire | None, list[CellProblem]]:
    """Whom a row is about: by id, else by the id elsewhere, else by e-mail, else by a name that only one hire has."""
    keys = {
        "person": line.who.get("person", "").casefold(),
        "external_id": line.who.get("external_id", ""),
        "email": house.vault.hash(line.who["email"].casefold()) if "email" in line.who else "",
        "name": _folded(line.who.get("name", "")),
    }
    asked = {column: index[column].get(key, ()) for column, key in keys.items() if key}
    if not asked:
        return None, [CellProblem(line.row, "", "nothing says who it is")]
    column, hires = next(iter(asked.items()))
    if not hires:
        return None, [CellProblem(line.row, column, f"{_said(line.who[column])} is nobody who was hired here")]
    if len(hires) > 1:
        hires = [hire for hire in hires if all(hire in others for others in asked.values())]
    if len(hires) != 1:
        more = "add the e-mail or the id" if column == "name" else "use the column person"
        words = f"{_said(line.who[column])} is more than one hire; {more}"
        return None, [CellProblem(line.row, column, words)]
    against = [name for name, others in asked.items() if hires[0] not in others]
    if against:
        return None, [CellProblem(line.row, against[0], f"does not belong to the person in column {column}")]
    return hires[0], []


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _said(written: str) -> str:
    return repr(written[:60])
