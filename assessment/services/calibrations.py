"""Calibrations of a questionnaire on the organisation's own sheets: making one, and choosing what new sittings use."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import Connection

from assessment.errors import SheetError, TooFewError, UnknownIdError
from assessment.evidence.calibration import FEWEST, Calibration, FacetCalibration, calibrate
from assessment.instruments.instrument import Instrument
from assessment.instruments.sheets import Floats, Sheets
from assessment.scoring.calibrated import CalibratedFacet, CalibratedForm, CalibratedItem
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.own_versions import choose, keep_own
from assessment.services.profiles import author_name
from assessment.services.sheets import OwnSheets, own_sheets
from assessment.services.versions import calibration_in_use, calibration_of, checked_reason, comparable_name
from assessment.storage import documents

__all__ = ["CalibrationVersion", "calibrate_form", "calibration_in_use", "calibrations", "use_calibration"]


@dataclass(frozen=True)
class CalibrationVersion:
    """A kept calibration: who made it, when and why, and whether new sittings are made under it."""

    document: str
    author: str
    reason: str
    created_at: datetime
    form: CalibratedForm
    in_use: bool


def calibrations(house: House, *, actor: Actor, questionnaire: str = "temperament") -> tuple[CalibrationVersion, ...]:
    """Every calibration of the organisation, oldest first."""
    require(actor)
    with house.database.read() as connection:
        instrument = house.library.questionnaire(questionnaire)
        in_use = calibration_in_use(connection, actor.organisation_id, instrument)
        return tuple(
            CalibrationVersion(
                kept.id,
                author_name(connection, house, kept.author),
                kept.reason,
                kept.created_at,
                calibration_of(connection, kept.id),
                in_use is not None and kept.id == in_use[0],
            )
            for kept in documents.versions(
                connection, actor.organisation_id, kind="calibration", name=comparable_name(instrument)
            )
        )


def calibrate_form(
    house: House,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    questionnaire: str = "temperament",
    use: bool = True,
    progress: Callable[[float], None] = lambda share: None,
) -> CalibrationVersion:
    """Calibrate on the organisation's own sheets and keep what was found as a new version.

    Facets that fewer than 200 people answered are left out and named among the doubts. With `use`,
    new sittings are made under it at once; sittings made before keep what they were made under.

    Raises
    ------
    TooFewError : no facet has 200 people
    SheetError : nothing was handed in since the newest version was made
    """
    require(actor)
    reason = checked_reason(reason)
    instrument = house.library.questionnaire(questionnaire)
    name = comparable_name(instrument)
    with house.database.read() as connection:
        own = own_sheets(connection, actor.organisation_id, instrument)
        known = documents.versions(connection, actor.organisation_id, kind="calibration", name=name)
        enough, too_few = _with_enough_people(own.sheets)
        _refuse_twin(connection, known, own)
    found = calibrate(enough, progress=progress)
    with house.database.write() as connection:
        known = documents.versions(connection, actor.organisation_id, kind="calibration", name=name)
        _refuse_twin(connection, known, own)  # again: somebody else may have calibrated meanwhile
        form = _kept(found, own, instrument, version=f"{len(known) + 1}.0", doubts=(*too_few, *_doubts(found)))
        id_ = keep_own(
            connection,
            "calibration",
            form,
            name=name,
            version=form.version,
            people=form.n,
            reason=reason,
            actor=actor,
            now=now,
        )
        if use:
            choose(connection, "calibration", id_, name=name, reason=reason, actor=actor, now=now)
        return CalibrationVersion(id_, author_name(connection, house, actor.label), reason, now, form, use)


def use_calibration(
    house: House,
    document_id: str | None,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    questionnaire: str = "temperament",
) -> None:
    """Let new sittings be made under this calibration, or under none; sittings made before keep theirs."""
    require(actor)
    reason = checked_reason(reason)
    instrument = house.library.questionnaire(questionnaire)
    with house.database.write() as connection:
        known = documents.versions(
            connection, actor.organisation_id, kind="calibration", name=comparable_name(instrument)
        )
        if document_id is not None and document_id not in [kept.id for kept in known]:
            raise UnknownIdError("calibration", document_id)
        in_use = calibration_in_use(connection, actor.organisation_id, instrument)
        if (in_use[0] if in_use else None) == document_id:
            raise SheetError("New sittings are made so already; nothing was changed.")
        name = comparable_name(instrument)
        choose(connection, "calibration", document_id, name=name, reason=reason, actor=actor, now=now)


def _with_enough_people(sheets: Sheets) -> tuple[Sheets, tuple[str, ...]]:
    """The facets that 200 people answered, and a word on each other one."""
    people = _people(sheets)
    if max(people.values(), default=0) < FEWEST:
        raise TooFewError(has=max(people.values(), default=0), needs=FEWEST, of="people who answered the same facet")
    enough = sheets.at([at for at, item in enumerate(sheets.items) if people[item.facet] >= FEWEST])
    return enough, tuple(f"{f}: left out, {n} people; it needs {FEWEST}" for f, n in people.items() if n < FEWEST)


def _people(sheets: Sheets) -> dict[str, int]:
    """How many people answered each facet."""
    return {
        facet.id: int(sheets.codes[sheets.membership[at]].any(axis=0).sum()) for at, facet in enumerate(sheets.facets)
    }


def _refuse_twin(connection: Connection, known: Sequence[documents.Kept], own: OwnSheets) -> None:
    """The same questionnaire, number of people and last sheet would give the newest version once more."""
    if not known or own.until is None:
        return
    newest, form, people = known[-1], calibration_of(connection, known[-1].id), _people(own.sheets)
    most = max(people.get(facet, 0) for facet in form.facets)
    same = (form.questionnaire_version, form.n) == (own.instrument.version, most)
    if same and own.until <= newest.created_at:
        raise SheetError(
            f"Nothing was handed in since version {newest.version} was made; a new calibration would say the same."
        )


def _kept(
    found: Calibration, own: OwnSheets, instrument: Instrument, *, version: str, doubts: tuple[str, ...]
) -> CalibratedForm:
    return CalibratedForm(
        id="calibrated",
        version=version,
        questionnaire=instrument.id,
        questionnaire_version=instrument.version,
        n=max(facet.n for facet in found.facets),
        period=f"{own.since:%Y-%m-%d} to {own.until:%Y-%m-%d}",
        source="The organisation's own sheets",
        items={id_: item for facet in found.facets for id_, item in _items(facet, facet.slopes, facet.thresholds)},
        errors={
            id_: item
            for facet in found.facets
            if np.isfinite(facet.slopes_se).all()
            for id_, item in _items(facet, facet.slopes_se, facet.thresholds_se)
        },
        facets={
            facet.facet: CalibratedFacet(
                eap_mean=facet.eap_mean, eap_sd=facet.eap_sd, reliability=facet.empirical_reliability
            )
            for facet in found.facets
        },
        doubts=doubts,
    )


def _items(facet: FacetCalibration, slopes: Floats, thresholds: Floats) -> Iterator[tuple[str, CalibratedItem]]:
    for id_, a, steps in zip(facet.items, slopes, thresholds, strict=True):
        b = tuple(None if np.isnan(step) else float(step) for step in steps)
        yield id_, CalibratedItem(facet=facet.facet, a=float(a), b=b)


def _doubts(found: Calibration) -> Iterator[str]:
    for facet in found.facets:
        yield from (f"{facet.facet}: {doubt}" for doubt in facet.doubts)
    yield from (f"{facet}: left out, {why}" for facet, why in found.left_out.items())
