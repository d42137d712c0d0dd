"""What a handed-in sheet came to, in the form in which it leaves the app: with its error and what it may be used for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.reports.use_words import Use, use_note, use_of
from assessment.reports.words import band_advice, band_words, names_of
from assessment.roles.fit import Match, PartFit
from assessment.scoring.standing import Standing
from assessment.services.house import House
from assessment.services.scoring import Scored, scored_sheet
from assessment.services.shortlist import facet_names
from assessment.storage.clock import moment
from assessment.storage.record import Record


@dataclass(frozen=True)
class FitRange:
    """Fit of a part, 0 to 100, with the ends of its 80 % interval; None where it was not measured."""

    fit: float | None
    low80: float | None
    high80: float | None
    weight_measured: float


@dataclass(frozen=True)
class FacetStanding:
    """T has mean 50 and SD 10 in the norm group; sem in T; percentile 0 to 100; the range is what the role asks for."""

    facet: str
    name: str
    t: float | None
    sem: float | None
    percentile: float | None
    percentile_modelled: bool
    reliability: float | None
    band: str | None
    range_low: float | None
    range_high: float | None
    norm_group: str
    norm_version: str


@dataclass(frozen=True)
class Basis:
    """The versions behind the numbers."""

    questionnaire: str
    questionnaire_version: str
    questionnaire_status: str
    profile: str
    profile_version: str
    profile_status: str
    norm_group: str
    norm_version: str
    norm_kind: str
    norm_people: int
    calibration: str | None
    calibration_version: str | None
    calibration_people: int | None


@dataclass(frozen=True)
class HandedResult:
    """One person beside one role. `named`: ids of the facets that the band names."""

    finished_at: datetime
    use: Use
    note: str
    band: str
    band_words: str
    advice: str
    named: tuple[str, ...]
    core: FitRange
    signature: FitRange
    facets: tuple[FacetStanding, ...]
    basis: Basis


def handed_result(connection: Connection, house: House, sitting: Record) -> HandedResult:
    """The result of a sitting that was handed in; whoever calls has checked whose it is."""
    scored = scored_sheet(connection, sitting)
    names = facet_names(house.library)
    matches = {match.requirement.facet: match for match in scored.fit.matches}
    use = use_of({scored.instrument.status, scored.profile.status}, scored.norms.kind)
    return HandedResult(
        finished_at=moment(sitting.finished_at),
        use=use,
        note=use_note(use),
        band=scored.fit.band,
        band_words=band_words(scored.fit.band, names_of(scored.fit.named, names)),
        advice=band_advice(scored.fit.band),
        named=scored.fit.named,
        core=_range(scored.fit.core),
        signature=_range(scored.fit.signature),
        facets=tuple(
            _facet(scored.standings[facet], names.get(facet, facet), matches.get(facet)) for facet in scored.form.facets
        ),
        basis=_basis(scored),
    )


def _range(part: PartFit) -> FitRange:
    return FitRange(part.fit, part.low80, part.high80, part.weight_measured)


def _facet(stood: Standing, name: str, match: Match | None) -> FacetStanding:
    return FacetStanding(
        facet=stood.facet,
        name=name,
        t=stood.t,
        sem=stood.sem,
        percentile=stood.percentile,
        percentile_modelled=stood.percentile_modelled,
        reliability=stood.reliability,
        band=match.band if match else None,
        range_low=match.requirement.low if match else None,
        range_high=match.requirement.high if match else None,
        norm_group=stood.norm_id,
        norm_version=stood.norm_version,
    )


def _basis(scored: Scored) -> Basis:
    calibrated = scored.calibrated
    return Basis(
        questionnaire=scored.instrument.id,
        questionnaire_version=scored.instrument.version,
        questionnaire_status=scored.instrument.status,
        profile=scored.profile.id,
        profile_version=scored.profile.version,
        profile_status=scored.profile.status,
        norm_group=scored.norms.id,
        norm_version=scored.norms.version,
        norm_kind=scored.norms.kind,
        norm_people=scored.norms.n,
        calibration=calibrated.id if calibrated else None,
        calibration_version=calibrated.version if calibrated else None,
        calibration_people=calibrated.n if calibrated else None,
    )
