"""What a kit asks, with its words, as it is kept: three questions for the role, three for one person."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, UnknownIdError
from assessment.instruments.scenario import Scenario
from assessment.roles.interview_guide import InterviewGuide, InterviewQuestion, interview_guide
from assessment.roles.interview_kit import OpenPoint, Why, open_points, question_for
from assessment.scoring.scenarios import scenario_score
from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.scoring import scored_sheet
from assessment.services.versions import form_of, profile_of
from assessment.storage import audit, kits, sittings
from assessment.storage.record import Record

Part = Literal["role", "person"]


@dataclass(frozen=True)
class KitQuestion:
    """One question as an interviewer reads it; `part`: asked of everybody for the role, or of this person."""

    id: str
    part: Part
    question: str
    anchors: Mapping[int, str]
    probes: tuple[str, ...]
    listen_for: str
    do_not_ask: str


@dataclass(frozen=True)
class Asked:
    """What an interviewer may know of a kit."""

    questions: tuple[KitQuestion, ...]
    do_not_ask: tuple[str, ...]
    between: Mapping[int, str]
    no_rating: str


def asked_in(connection: Connection, house: House, row: Record, *, actor: Actor, now: datetime) -> Asked:
    """What a kit asks, within another verb's transaction; made there where nobody has made it yet."""
    if kits.one(connection, row.id) is None:
        make_in(connection, house, row, actor=actor, now=now)
    body = kit_body(connection, row.id)
    return Asked(
        tuple(plain_question(own) for own in body["questions"]),
        tuple(body["do_not_ask"]),
        {int(step): words for step, words in body["between"].items()},
        body["no_rating"],
    )


def make_in(connection: Connection, house: House, row: Record, *, actor: Actor, now: datetime) -> None:
    if actor.account_id is None:
        raise NotAllowedError("An interview is planned by a person who is signed in.")
    guide = interview_guide()
    if row.role not in guide.roles:
        raise UnknownIdError("role in the interview guide", row.role, tuple(guide.roles))
    role = guide.roles[row.role]
    finished, points = _open_points(connection, house, row, guide=guide, actor=actor)
    of_role = [_plain(q, "role", why=None, facet=q.facet or "", do_not_ask="") for q in role.questions]
    by_name = sorted(points, key=lambda point: list(guide.facets).index(point.facet))  # their order tells nothing
    for_person = [of_person(point, question_for(point.facet, guide), guide) for point in by_name]
    body = {
        "guide": guide.version,
        "finished": finished,
        "questions": [*of_role, *for_person],
        "do_not_ask": [*(theme.text for theme in guide.do_not_ask), role.do_not_ask, guide.told_anyway],
        "between": guide.scale.between,
        "no_rating": guide.scale.no_rating,
    }
    kits.put(connection, row.id, audit.canonical(body), account_id=actor.account_id, now=now)
    audit.append(
        connection,
        actor.organisation_id,
        actor=actor.label,
        kind="kit_made",
        subject=row.id,
        now=now,
        body={"guide": guide.version, "finished": finished},
    )


def _open_points(
    connection: Connection, house: House, row: Record, *, guide: InterviewGuide, actor: Actor
) -> tuple[bool, tuple[OpenPoint, ...]]:
    sitting = sittings.to_read(connection, row.id, organisation_id=actor.organisation_id)
    if sitting is None:
        raise UnknownIdError("sitting", row.sitting_id)
    asked_of_all = {question.facet for question in guide.roles[row.role].questions if question.facet}
    if sitting.status != "submitted":
        form, profile = form_of(connection, sitting.form_id), profile_of(connection, sitting.profile_id)
        return False, open_points((), (), profile, form_facets=form.facets, asked_of_all=asked_of_all)
    sheet = scored_sheet(connection, sitting)
    key = house.library.scenarios().by_id()
    scenes = [(key[id_], _score(key[id_], sheet.answers)) for id_ in sheet.form.scenarios]
    return True, open_points(
        sheet.fit.matches, scenes, sheet.profile, form_facets=sheet.form.facets, asked_of_all=asked_of_all
    )


def _score(scenario: Scenario, answers: Mapping[str, int | str]) -> float | None:
    best, worst = (answers.get(f"{scenario.id}.{which}") for which in ("best", "worst"))
    return scenario_score(scenario, best if isinstance(best, str) else None, worst if isinstance(worst, str) else None)


def of_person(point: OpenPoint, question: InterviewQuestion, guide: InterviewGuide) -> dict[str, Any]:
    own = guide.facets[point.facet].do_not_ask
    return _plain(question, "person", why=point.why, facet=point.facet, do_not_ask=own)


def _plain(question: InterviewQuestion, part: Part, *, why: Why | None, facet: str, do_not_ask: str) -> dict[str, Any]:
    return {
        "id": question.id,
        "part": part,
        "facet": facet,
        "why": why,
        "question": question.question,
        "anchors": {str(step): words for step, words in question.anchors.items()},
        "probes": list(question.probes),
        "listen_for": question.listen_for,
        "do_not_ask": do_not_ask,
    }


def plain_question(own: Mapping[str, Any]) -> KitQuestion:
    return KitQuestion(
        own["id"],
        own["part"],
        own["question"],
        {int(step): words for step, words in own["anchors"].items()},
        tuple(own["probes"]),
        own["listen_for"],
        own["do_not_ask"],
    )


def kit_body(connection: Connection, application_id: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(kept_kit(connection, application_id).body)
    return body


def kept_kit(connection: Connection, application_id: str) -> Record:
    row = kits.one(connection, application_id)
    if row is None:
        raise NotAllowedError("There are no questions for this talk yet. Please make the kit first.")
    return row
