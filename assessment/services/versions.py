"""The kept versions that a vacancy or a sitting points to, as the things they describe."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from assessment.instruments.facts import JobFact
from assessment.instruments.form import Form
from assessment.instruments.instrument import Instrument
from assessment.roles.profile import RoleProfile
from assessment.scoring.norms import NormGroup
from assessment.services.house import House
from assessment.storage import documents

Facts = dict[str, tuple[JobFact, ...]]
Thing = TypeVar("Thing")
_kept: dict[str, object] = {}  # versions never change, so what was read once stays true
_MOST = 2_000


def profile_of(connection: Connection, document_id: str) -> RoleProfile:
    return _once(connection, document_id, RoleProfile.model_validate)


def form_of(connection: Connection, document_id: str) -> Form:
    return _once(connection, document_id, Form.model_validate)


def questionnaire_of(connection: Connection, document_id: str) -> Instrument:
    return _once(connection, document_id, Instrument.model_validate)


def norms_of(connection: Connection, document_id: str) -> NormGroup:
    return _once(connection, document_id, NormGroup.model_validate)


def facts_of(connection: Connection, document_id: str) -> Facts:
    return _once(connection, document_id, _facts)


def keep_profile(
    connection: Connection, organisation_id: str, profile: RoleProfile, *, author: str, reason: str, now: datetime
) -> str:
    return documents.keep(
        connection,
        organisation_id,
        kind="profile",
        name=profile.id,
        version=profile.version,
        body=profile.model_dump(mode="json"),
        author=author,
        reason=reason,
        now=now,
    )


def keep_facts(
    connection: Connection,
    organisation_id: str,
    facts: Facts,
    *,
    name: str,
    version: str,
    author: str,
    reason: str,
    now: datetime,
) -> str:
    body = {language: [fact.model_dump(mode="json") for fact in own] for language, own in facts.items()}
    return documents.keep(
        connection,
        organisation_id,
        kind="facts",
        name=name,
        version=version,
        body=body,
        author=author,
        reason=reason,
        now=now,
    )


def keep_asked(
    connection: Connection, house: House, organisation_id: str, role: str, *, now: datetime
) -> dict[str, str]:
    """Keep what a new sitting is made under and return the columns that point to it."""
    form = house.library.form(role)
    instrument = house.library.questionnaire(form.questionnaire)
    kept = {}
    for column, kind, thing in (
        ("questionnaire_id", "questionnaire", instrument),
        ("form_id", "form", form),
        ("norms_id", "norms", house.norms),
    ):
        kept[column] = documents.keep(
            connection,
            organisation_id,
            kind=kind,  # type: ignore[arg-type]
            name=thing.id,
            version=thing.version,
            body=thing.model_dump(mode="json"),
            author="system",
            reason="as shipped",
            now=now,
        )
    return kept


def next_version(versions: Sequence[str]) -> str:
    """0.1 → 0.1.1 → 0.1.2: an organisation's own edits stand behind the version that shipped."""
    newest = max(tuple(int(part) for part in version.split(".")) for version in versions)
    return ".".join(map(str, (*newest, 1) if len(newest) == 2 else (*newest[:-1], newest[-1] + 1)))


def _facts(body: dict[str, list[dict[str, str]]]) -> Facts:
    return {language: tuple(JobFact.model_validate(fact) for fact in facts) for language, facts in body.items()}


def _once(connection: Connection, document_id: str, read: Callable[..., Thing]) -> Thing:
    if document_id not in _kept:
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[document_id] = read(documents.document(connection, document_id).body)
    return _kept[document_id]  # type: ignore[return-value]
