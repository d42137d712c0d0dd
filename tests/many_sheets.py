"""Many sheets written straight to storage, for what only shows with many people."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import insert

from assessment.instruments.sheets import Sheets
from assessment.scoring.graded import simulate
from assessment.services.actor import Actor
from assessment.services.demo import SLOPE, STEPS, shift_for_mean
from assessment.services.house import House
from assessment.services.organisation import found
from assessment.services.versions import keep_asked
from assessment.storage import accounts, vacancies
from assessment.storage.clock import new_id, stamp
from assessment.storage.schema import applications, people, responses, sittings
from tests.hiring import NOW, Hiring


@dataclass(frozen=True)
class HandedIn:
    """What was written, items in the order of the questionnaire, people in the order written."""

    sheets: Sheets
    sittings: tuple[str, ...]


def hand_in(
    hiring: Hiring,
    n: int,
    *,
    seed: int = 1,
    up: float = 0.0,
    language: str = "en",
    vacancy: str | None = None,
    missing: float = 0.0,
    now: datetime = NOW,
) -> HandedIn:
    """n made-up people answer a vacancy's form at random under the graded response model, `up` higher on the trait."""
    house, rng = hiring.house, np.random.default_rng(seed)
    organisation = hiring.staff.organisation_id
    vacancy_id = vacancy or hiring.vacancy
    with house.database.write() as connection:
        row = vacancies.one(connection, vacancy_id, organisation_id=organisation)
        assert row is not None
        form = house.library.form(row.role)
        made_under = keep_asked(connection, house, organisation, row.role, now=now)
        sheets = _answers(house, form.items, n, rng=rng, up=up, missing=missing)
        ids = [[new_id() for _ in range(n)] for _ in range(3)]
        common = {"profile_id": row.profile_id, "facts_id": row.facts_id, **made_under, "status": "submitted"}
        common |= {"step": "result", "language": language, "large_text": False, "created_at": stamp(now)}
        common |= {"expires_at": stamp(now + timedelta(days=14)), "agreed_at": stamp(now), "started_at": stamp(now)}
        at = [stamp(now - timedelta(minutes=n - k)) for k in range(n)]
        persons = [
            {"id": id_, "organisation_id": organisation, "language": language, "created_at": stamp(now)}
            | {"name_sealed": house.vault.seal(f"Person {k}"), "email_sealed": None, "email_hash": None}
            for k, id_ in enumerate(ids[0])
        ]
        applied = [
            {"id": a, "vacancy_id": vacancy_id, "person_id": p, "channel": "link", "created_at": stamp(now)}
            for p, a in zip(ids[0], ids[1], strict=True)
        ]
        sat = [
            {"id": s, "application_id": a, "finished_at": when, **common}
            for a, s, when in zip(ids[1], ids[2], at, strict=True)
        ]
        answers = sheets.responses
        rows = [
            {"sitting_id": ids[2][k], "item": item.id, "value": str(int(answers[k, i])), "rev": 1}
            | {"ms": 3_000 + 10 * (k % 100), "saved_at": at[k]}
            for i, item in enumerate(sheets.items)
            for k in range(n)
            if not np.isnan(answers[k, i])
        ]
        for table, values in ((people, persons), (applications, applied), (sittings, sat), (responses, rows)):
            connection.execute(insert(table), values)
    return HandedIn(sheets, tuple(ids[2]))


def another_organisation(hiring: Hiring, n: int) -> Hiring:
    """A second organisation in the same database, with n sheets of its own."""
    house = hiring.house
    with house.database.write() as connection:
        other = found(connection, name="Elsewhere", contact_name="Bo", contact="bo@else.example", now=NOW)
        sealed = house.vault.seal("Bo")
        account = accounts.add(
            connection,
            organisation_id=other,
            role="administrator",
            email_hash="0" * 64,
            email_sealed=sealed,
            name_sealed=sealed,
            password_hash="none",
            now=NOW,
        )
    there = replace(hiring, staff=Actor("staff", other, account, "administrator", name="Bo"))
    there = there.open_another("front_desk_officer")
    hand_in(there, n, seed=9)
    return there


def _answers(
    house: House, asked: tuple[str, ...], n: int, *, rng: np.random.Generator, up: float, missing: float
) -> Sheets:
    instrument = house.library.questionnaire()
    low, high = instrument.format.low, instrument.format.high
    items = [item for item in instrument.items if item.id in asked]
    given = np.empty((n, len(items)))
    for facet in dict.fromkeys(item.facet for item in items):
        own = [at for at, item in enumerate(items) if item.facet == facet]
        thresholds = np.tile(STEPS + shift_for_mean(house.norms.facets[facet].mean), (len(own), 1))
        theta = rng.standard_normal(n) + up
        given[:, own] = simulate(theta, np.full(len(own), SLOPE), thresholds, rng=rng, low=low)
    minus = np.array([item.keyed == "minus" for item in items])
    given[:, minus] = low + high - given[:, minus]
    given[rng.random(given.shape) < missing] = np.nan
    return Sheets.of(given, items, facets=instrument.facets, format=instrument.format)
