"""From the answers of one sitting to what stands in `results`, under the versions the sitting was made with."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import UnknownIdError
from assessment.instruments.form import Form
from assessment.instruments.instrument import Instrument
from assessment.roles.fit import PartFit, RoleFit, assess_fit
from assessment.roles.profile import RoleProfile
from assessment.scoring.calibrated import CalibratedForm, stand_by_eap
from assessment.scoring.norms import NormGroup
from assessment.scoring.response_quality import quality_flags
from assessment.scoring.standing import Standing, stand
from assessment.services.adaptive import asked_items
from assessment.services.versions import calibration_of, form_of, norms_of, profile_of, questionnaire_of
from assessment.storage import responses, results
from assessment.storage import sittings as stored
from assessment.storage.record import Record


@dataclass(frozen=True)
class Scored:
    """One sheet, scored: the answers, where the person stands, and how that lies to the role.

    calibrated : what standings come from, by EAP; None where they come from the norms
    asked : the items of the form, or, where the sheet stopped early, those answered or still wanted at hand-in
    """

    answers: dict[str, int | str]
    form: Form
    instrument: Instrument
    norms: NormGroup
    calibrated: CalibratedForm | None
    asked: tuple[str, ...]
    profile: RoleProfile
    standings: dict[str, Standing]
    fit: RoleFit
    flags: tuple[str, ...]


def score_sitting(connection: Connection, sitting_id: str, now: datetime) -> Scored:
    """Score a sitting that has just been handed in and write its result; scored before, the result stays as it is."""
    row = stored.by_id(connection, sitting_id)
    if row is None:
        raise UnknownIdError("sitting", sitting_id)
    scored = scored_sheet(connection, row)
    if results.result_of(connection, sitting_id) is None:
        results.put(connection, sitting_id, now=now, **_columns(scored))
    return scored


def scored_sheet(connection: Connection, row: Record) -> Scored:
    """Score the answers of a sitting without writing anything."""
    form, instrument = form_of(connection, row.form_id), questionnaire_of(connection, row.questionnaire_id)
    norms, profile = norms_of(connection, row.norms_id), profile_of(connection, row.profile_id)
    standing = responses.responses_of(connection, row.id)
    answers = {item: r.value for item, r in standing.items() if r.value is not None}
    numbers = {item: value for item, value in answers.items() if isinstance(value, int)}
    calibrated = calibration_of(connection, row.calibration_id) if row.calibration_id else None
    asked = asked_items(connection, row, answers)
    if calibrated:
        standings = stand_by_eap(numbers, instrument=instrument, asked=asked, calibrated=calibrated)
    else:
        standings = stand(numbers, instrument=instrument, asked=asked, norms=norms)
    fit = assess_fit(standings, profile, form_facets=form.facets, high_proxy_risk=instrument.high_proxy_risk())
    flags = quality_flags(numbers, instrument=instrument, asked=asked)
    return Scored(answers, form, instrument, norms, calibrated, asked, profile, standings, fit, flags)


def _columns(scored: Scored) -> dict[str, object]:
    fit = scored.fit
    return {
        "band": fit.band,
        "named": " ".join(fit.named),
        "facet_bands": json.dumps({match.requirement.facet: match.band for match in fit.matches}),
        "flags": " ".join(scored.flags),
        **_interval("core", fit.core),
        **_interval("signature", fit.signature),
    }


def _interval(name: str, part: PartFit) -> dict[str, float | None]:
    return {f"{name}_fit": part.fit, f"{name}_low": part.low80, f"{name}_high": part.high80}
