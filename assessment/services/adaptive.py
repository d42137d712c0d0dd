"""What a sitting still asks: all of its form, or, where its opening allows, until enough is known.

An adaptive sitting keeps no plan. What is still to be asked follows from its id and the answers saved so far,
so every device opens at the same place, and an answer changes only what comes of its own facet.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection

from assessment.instruments.form import Form
from assessment.scoring.adaptive import Bank, StoppingRule
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.versions import calibration_in_use, calibration_of, form_of, questionnaire_of
from assessment.storage.record import Record


@dataclass(frozen=True)
class Saving:
    """How many statements made-up people would be asked where an opening stops early, on average, of how many."""

    lines: float
    whole: int


RULE = StoppingRule()
_banks: dict[tuple[str, str, str], Bank] = {}  # by calibration, form and questionnaire, which never change
_savings: dict[tuple[str, str, str], Saving] = {}
_MOST = 200
_TRIED = 300  # made-up people; the mean is then known to about a tenth of a line


@dataclass(frozen=True)
class Ahead:
    """The fields still to be asked, in order; about how many of them will really come."""

    fields: tuple[str, ...]
    about: int


def saving(house: House, role: str, *, actor: Actor) -> Saving | None:
    """What stopping early would save with the calibration in use; None while none covers the role's form."""
    require(actor)
    form = house.library.form(role)
    instrument = house.library.questionnaire(form.questionnaire)
    with house.database.read() as connection:
        found = calibration_in_use(connection, actor.organisation_id, instrument)
    if found is None or not found[1].covers(form.items, instrument=instrument):
        return None
    key = found[0], role, form.version
    if key not in _savings:
        if len(_savings) >= _MOST:
            _savings.clear()
        bank = Bank(form.items, instrument=instrument, parameters=found[1].parameters)
        trial = bank.try_out(_TRIED, rule=RULE, rng=np.random.default_rng(1))
        _savings[key] = Saving(float(trial.lines.mean()), trial.whole)
    return _savings[key]


def ahead(connection: Connection, row: Record, answers: Mapping[str, object]) -> Ahead:
    """What a sitting still asks after these answers; None stands for one that was taken back."""
    form = form_of(connection, row.form_id)
    given = {field: value for field, value in answers.items() if value is not None}
    if not row.adaptive:
        left = tuple(field for field in form.fields() if field not in given)
        return Ahead(left, len(left))
    bank = _bank(connection, row)
    fields = still_asked(row, form, bank, given)
    surplus = sum(field in bank for field in fields) - bank.about(given, rule=RULE)
    return Ahead(fields, len(fields) - surplus)


def still_asked(row: Record, form: Form, bank: Bank, answers: Mapping[str, object]) -> tuple[str, ...]:
    """Statements best first, attention checks at about their place among them, then the scenarios in their order."""
    items = list(bank.plan(answers, rule=RULE, rng=_rng(row.id)))
    given = sum(id_ in answers for id_ in form.items if id_ in bank)
    before = checks = 0
    for id_ in form.items:
        if id_ in bank:
            before += 1
        elif id_ not in answers:
            items.insert(min(max(before - given, 0) + checks, len(items)), id_)
            checks += 1
    return (*items, *(field for field in form.fields() if field not in form.items and field not in answers))


def asked_items(connection: Connection, row: Record, answers: Mapping[str, object]) -> tuple[str, ...]:
    """The items a sheet was asked: those of its form, or, where it stops early, those answered or still wanted."""
    form = form_of(connection, row.form_id)
    if not row.adaptive:
        return form.items
    wanted = {*answers, *still_asked(row, form, _bank(connection, row), answers)}
    return tuple(id_ for id_ in form.items if id_ in wanted)


def _bank(connection: Connection, row: Record) -> Bank:
    key = (row.calibration_id, row.form_id, row.questionnaire_id)
    if key not in _banks:
        if len(_banks) >= _MOST:
            _banks.clear()
        _banks[key] = Bank(
            form_of(connection, row.form_id).items,
            instrument=questionnaire_of(connection, row.questionnaire_id),
            parameters=calibration_of(connection, row.calibration_id).parameters,
        )
    return _banks[key]


def _rng(sitting_id: str) -> np.random.Generator:
    """The draws of one sitting: the same on every device, and other ones for other people."""
    return np.random.default_rng(int.from_bytes(hashlib.sha256(sitting_id.encode()).digest()[:8]))
