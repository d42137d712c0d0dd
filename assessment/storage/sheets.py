"""Every sheet that was handed in, at once: what the health of a questionnaire, norms and calibrations are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, func, select

from assessment.instruments.sheets import Ints
from assessment.storage.record import Record
from assessment.storage.schema import applications, documents, people, responses, sittings, vacancies

Query = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Given:
    """Answers to items, one entry each: whose sitting, which item, the answer as given, milliseconds (0: not known)."""

    sitting: Ints
    item: Ints
    value: Ints
    ms: Ints


def questionnaire_versions(connection: Connection, organisation_id: str, name: str) -> dict[str, str]:
    """Document → version of each questionnaire of this name that sittings were made under."""
    query = select(documents.c.id, documents.c.version).where(
        documents.c.organisation_id == organisation_id,
        documents.c.kind == "questionnaire",
        documents.c.name == name,
    )
    return {row.id: row.version for row in connection.execute(query)}


def submitted(connection: Connection, organisation_id: str, questionnaire_ids: Sequence[str]) -> Sequence[Record]:
    """Sittings that were handed in under these versions, the oldest first."""
    query = _of(
        select(
            sittings.c.id,
            sittings.c.form_id,
            sittings.c.language,
            sittings.c.adaptive,
            sittings.c.finished_at,
            applications.c.person_id,
            people.c.email_hash,
            vacancies.c.role,
        ),
        organisation_id,
        questionnaire_ids,
    ).join(people, people.c.id == applications.c.person_id)
    return connection.execute(query.order_by(sittings.c.finished_at, sittings.c.id)).all()


def state(connection: Connection, organisation_id: str, questionnaire_ids: Sequence[str]) -> tuple[int, str]:
    """How many there are and when the last was handed in: the same answer means the same sheets."""
    query = _of(
        select(func.count().label("n"), func.max(sittings.c.finished_at).label("last")),
        organisation_id,
        questionnaire_ids,
    )
    row = connection.execute(query).one()
    return int(row.n), row.last or ""


def given(
    connection: Connection,
    organisation_id: str,
    questionnaire_ids: Sequence[str],
    *,
    place_of_sitting: Mapping[str, int],
    place_of_item: Mapping[str, int],
) -> Given:
    """All their answers to items in one query; sittings and items without a place are left out."""
    query = _of(
        select(responses.c.sitting_id, responses.c.item, responses.c.value, responses.c.ms),
        organisation_id,
        questionnaire_ids,
    ).join(responses, responses.c.sitting_id == sittings.c.id)
    rows = connection.execute(query.where(responses.c.item.in_(place_of_item), responses.c.value.is_not(None))).all()
    sitting = np.array([place_of_sitting.get(row[0], -1) for row in rows], dtype=np.int64)
    item = np.array([place_of_item[row[1]] for row in rows], dtype=np.int64)
    value = np.array([int(row[2]) for row in rows], dtype=np.int64)
    ms = np.array([row[3] or 0 for row in rows], dtype=np.int64)
    wanted = sitting >= 0
    return Given(sitting[wanted], item[wanted], value[wanted], ms[wanted])


def picks(
    connection: Connection, organisation_id: str, questionnaire_ids: Sequence[str], fields: Sequence[str]
) -> dict[str, dict[str, str]]:
    """What was picked in scenarios, by sitting and field (`fd_1.best`)."""
    query = _of(select(responses.c.sitting_id, responses.c.item, responses.c.value), organisation_id, questionnaire_ids)
    query = query.join(responses, responses.c.sitting_id == sittings.c.id)
    found: dict[str, dict[str, str]] = {}
    for sitting, item, value in connection.execute(
        query.where(responses.c.item.in_(fields), responses.c.value.is_not(None))
    ):
        found.setdefault(sitting, {})[item] = value
    return found


def _of(query: Query, organisation_id: str, questionnaire_ids: Sequence[str]) -> Query:
    return (
        query.select_from(sittings)
        .join(applications, applications.c.id == sittings.c.application_id)
        .join(vacancies, vacancies.c.id == applications.c.vacancy_id)
        .where(
            vacancies.c.organisation_id == organisation_id,
            sittings.c.status == "submitted",
            sittings.c.purpose == "hiring",
            sittings.c.questionnaire_id.in_(questionnaire_ids),
        )
    )
