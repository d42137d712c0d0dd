"""The kept versions that a vacancy or a sitting points to, as the things they describe."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from assessment.errors import SheetError
from assessment.instruments.facts import JobFact
from assessment.instruments.form import Form
from assessment.instruments.instrument import Instrument
from assessment.roles.profile import RoleProfile
from assessment.scoring.calibrated import CalibratedForm
from assessment.scoring.norms import NormGroup
from assessment.services.house import House
from assessment.storage import documents

Facts = dict[str, tuple[JobFact, ...]]
Thing = TypeVar("Thing")
_kept: dict[str, object] = {}  # versions never change, so what was read once stays true
_MOST = 2_000
LONGEST_REASON = 1_000


def profile_of(connection: Connection, document_id: str) -> RoleProfile:
    return _once(connection, document_id, RoleProfile.model_validate)


def form_of(connection: Connection, document_id: str) -> Form:
    return _once(connection, document_id, Form.model_validate)


def questionnaire_of(connection: Connection, document_id: str) -> Instrument:
    return _once(connection, document_id, Instrument.model_validate)


def norms_of(connection: Connection, document_id: str) -> NormGroup:
    return _once(connection, document_id, NormGroup.model_validate)


def calibration_of(connection: Connection, document_id: str) -> CalibratedForm:
    return _once(connection, document_id, CalibratedForm.model_validate)


def comparable_name(questionnaire: Instrument) -> str:
    """What norms and calibrations of a questionnaire are kept under: answers mean the same within a major version."""
    return f"{questionnaire.id}.{questionnaire.version.split('.')[0]}"


def calibration_in_use(
    connection: Connection, organisation_id: str, questionnaire: Instrument
) -> tuple[str, CalibratedForm] | None:
    """The calibration that an organisation's new sittings are made under, with its document; None while there is none."""
    chosen = documents.chosen(connection, organisation_id, "calibration", name=comparable_name(questionnaire))
    return (chosen, calibration_of(connection, chosen)) if chosen else None


def norms_in_use(
    connection: Connection,
    house: House,
    organisation_id: str,
    questionnaire: Instrument,
    *,
    facets: Sequence[str] = (),
) -> tuple[str | None, NormGroup]:
    """The local norms that an organisation has chosen, with their document, where they know all these facets.

    Else those that ship, without a document.
    """
    chosen = documents.chosen(connection, organisation_id, "norms", name=comparable_name(questionnaire))
    local = norms_of(connection, chosen) if chosen else None
    if chosen and local and all(facet in local.facets for facet in facets):
        return chosen, local
    return None, house.norms


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
) -> dict[str, str | None]:
    """Keep what a new sitting is made under and return the columns that point to it.

    The calibration in use is pointed to where it covers the whole form; else standings come from the norms:
    the organisation's own where they know every facet of the form, those that ship where not.
    """
    form = house.library.form(role)
    instrument = house.library.questionnaire(form.questionnaire)
    calibration = calibration_in_use(connection, organisation_id, instrument)
    covers = calibration is not None and calibration[1].covers(form.items, instrument=instrument)
    local, _ = norms_in_use(connection, house, organisation_id, instrument, facets=form.facets)
    kept: dict[str, str | None] = {"calibration_id": calibration[0] if calibration and covers else None}
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
    return {**kept, "norms_id": local or kept["norms_id"]}


def checked_reason(reason: str) -> str:
    """Why somebody makes a version, trimmed; it is kept with the version."""
    if not reason.strip():
        raise SheetError("Please say why; the reason is kept with the version.")
    if len(reason.strip()) > LONGEST_REASON:
        raise SheetError(f"Please keep the reason to {LONGEST_REASON:,} characters.")
    return reason.strip()


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
