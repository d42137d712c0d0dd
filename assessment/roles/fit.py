"""A person's standings set beside what a role asks for, with the error of every step.

Bands are read off unrounded T and SEM. A band opens a talk and closes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import numpy as np

from assessment.instruments.sheets import Floats
from assessment.roles.match import TrueStanding, gap, match
from assessment.roles.profile import Part, Requirement, RoleProfile
from assessment.roles.spread import fit_quantiles
from assessment.scoring.reliability import known
from assessment.scoring.standing import Standing

FacetBand = Literal["in_range", "close", "below", "above", "not_measured"]
PersonBand = Literal["in_or_close", "talk", "outside", "not_measured"]
PARTS = ("signature", "core", "other", "all")
EXPLORED = 3  # facets named under "what to explore"


@dataclass(frozen=True)
class Interval:
    """An estimate between the ends of its 80 % interval."""

    low: float
    mid: float
    high: float


@dataclass(frozen=True)
class Match:
    """One requirement beside one standing; numbers are None where it was not measured."""

    requirement: Requirement
    part: Part
    standing: Standing | None
    gap: float | None
    match: float | None
    expected_match: float | None
    chance_in_range: float | None
    band: FacetBand


@dataclass(frozen=True)
class PartFit:
    """Fit over the measured requirements of a part; weight_measured is the share of its weight, 0–1."""

    name: str
    fit: float | None
    low80: float | None
    high80: float | None
    weight_measured: float

    @property
    def interval(self) -> Interval | None:
        if self.fit is None or self.low80 is None or self.high80 is None:
            return None
        return Interval(self.low80, self.fit, self.high80)


@dataclass(frozen=True)
class RoleFit:
    """One person beside one role. `named`: the facets the band names; `explore`: up to three to talk about."""

    role: str
    version: str
    matches: tuple[Match, ...]
    signature: PartFit
    core: PartFit
    other: PartFit
    all: PartFit
    band: PersonBand
    named: tuple[str, ...]
    explore: tuple[str, ...]
    signature_measured: int
    signature_asked: int


@dataclass(frozen=True)
class RoleFits:
    """The same for many people: columns are the profile's requirements; parts map to (n_people,) arrays."""

    gap: Floats
    match: Floats
    expected_match: Floats
    chance_in_range: Floats
    bands: np.typing.NDArray[np.str_]
    fit: dict[str, Floats]
    low80: dict[str, Floats]
    high80: dict[str, Floats]
    weight_measured: dict[str, Floats]
    band: np.typing.NDArray[np.str_]


def assess_fits(
    t: Floats, sem: Floats, profile: RoleProfile, *, form_facets: Collection[str], high_proxy_risk: Collection[str]
) -> RoleFits:
    """Set many people's standings beside a role's requirements.

    `fit = Σ w·expected match / Σ w` over the measured requirements of a part, with the
    10 % and 90 % quantiles of its distribution.

    Parameters
    ----------
    t, sem : (n_people, n_requirements) in T, NaN where not measured, columns as in `profile.requirements`
    form_facets : those the person was asked about; the band looks at them alone
    high_proxy_risk : facets that may be named but never count
    """
    reliability = np.clip(1 - (sem / 10) ** 2, 0, 1)
    measured = ~np.isnan(t)
    true = [TrueStanding(t[:, at], reliability[:, at]) for at in range(t.shape[1])]
    columns = list(enumerate(profile.requirements))
    gaps = np.stack([gap(t[:, at], r) for at, r in columns], axis=1)
    matches = np.stack([match(t[:, at], r) for at, r in columns], axis=1)
    expected = np.stack([true[at].expected_match(r) for at, r in columns], axis=1)
    chance = np.stack([true[at].chance_within(r) for at, r in columns], axis=1)
    bands = _facet_bands(t, sem, gaps, profile)
    weights = np.array([r.weight for r in profile.requirements], dtype=float)
    fit: dict[str, Floats] = {}
    low80: dict[str, Floats] = {}
    high80: dict[str, Floats] = {}
    share: dict[str, Floats] = {}
    for part in PARTS:
        own = np.array([part == "all" or profile.part_of(r.facet) == part for r in profile.requirements])
        used = np.where(measured & own, weights, 0.0)
        total = used.sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            fit[part] = np.where(total > 0, (used * np.nan_to_num(expected)).sum(axis=1) / total, np.nan)
            share[part] = total / (weights * own).sum() if (weights * own).sum() > 0 else np.zeros(len(t))
        ends = fit_quantiles(true, profile.requirements, used, (0.1, 0.9))
        low80[part], high80[part] = ends[:, 0], ends[:, 1]
    band = _person_bands(bands, profile, form_facets=form_facets, high_proxy_risk=high_proxy_risk)
    return RoleFits(gaps, matches, expected, chance, bands, fit, low80, high80, share, band)


def assess_fit(
    standings: Mapping[str, Standing],
    profile: RoleProfile,
    *,
    form_facets: Sequence[str],
    high_proxy_risk: Collection[str],
) -> RoleFit:
    """Set each requirement of a role beside where the person stands on it."""
    stood = [standings.get(r.facet) for r in profile.requirements]
    nan = float("nan")
    measured = [(s.t, s.sem) if s and s.t is not None and s.sem is not None else (nan, nan) for s in stood]
    t, sem = np.array([[t for t, _ in measured]]), np.array([[sem for _, sem in measured]])
    fits = assess_fits(t, sem, profile, form_facets=form_facets, high_proxy_risk=high_proxy_risk)
    matches = tuple(
        Match(
            requirement=requirement,
            part=profile.part_of(requirement.facet),
            standing=standing,
            gap=known(fits.gap[0, at]),
            match=known(fits.match[0, at]),
            expected_match=known(fits.expected_match[0, at]),
            chance_in_range=known(fits.chance_in_range[0, at]),
            band=cast(FacetBand, str(fits.bands[0, at])),
        )
        for at, (requirement, standing) in enumerate(zip(profile.requirements, stood, strict=True))
    )
    signature, core, other, whole = (
        PartFit(
            part,
            known(fits.fit[part][0]),
            known(fits.low80[part][0]),
            known(fits.high80[part][0]),
            float(fits.weight_measured[part][0]),
        )
        for part in PARTS
    )
    band = cast(PersonBand, str(fits.band[0]))
    asked = [m for m in matches if m.requirement.facet in form_facets]
    return RoleFit(
        role=profile.id,
        version=profile.version,
        matches=matches,
        signature=signature,
        core=core,
        other=other,
        all=whole,
        band=band,
        named=_named(band, asked, profile, high_proxy_risk),
        explore=_explore(asked),
        signature_measured=sum(m.part == "signature" and m.band != "not_measured" for m in matches),
        signature_asked=len(profile.signature),
    )


def distance_for_difference(sem: float, other: float | None = None) -> float:
    """Two people on one facet differ only when their T are further apart than this; otherwise they are a tie.

    `other` is the SEM of the second person, where it is not the same: `1.96 √(SEM₁² + SEM₂²)`.
    """
    return float(1.96 * np.hypot(sem, sem if other is None else other))


def counts(requirement: Requirement, profile: RoleProfile, *, high_proxy_risk: Collection[str]) -> bool:
    """Whether a facet counts for the third band: core or signature, with evidence, no high proxy risk."""
    return (
        profile.part_of(requirement.facet) != "other"
        and requirement.evidence.grade != "judgement"
        and requirement.facet not in high_proxy_risk
    )


def _facet_bands(t: Floats, sem: Floats, gaps: Floats, profile: RoleProfile) -> np.typing.NDArray[np.str_]:
    low = np.array([r.low for r in profile.requirements])
    side = np.where(t < low, "below", "above")
    with np.errstate(invalid="ignore"):
        outside = np.where(gaps <= 1.96 * sem, "close", side)
        return np.where(np.isnan(t), "not_measured", np.where(gaps == 0, "in_range", outside))


def _person_bands(
    bands: np.typing.NDArray[np.str_],
    profile: RoleProfile,
    *,
    form_facets: Collection[str],
    high_proxy_risk: Collection[str],
) -> np.typing.NDArray[np.str_]:
    asked = np.array([r.facet in form_facets for r in profile.requirements])
    counted = asked & np.array([counts(r, profile, high_proxy_risk=high_proxy_risk) for r in profile.requirements])
    clearly = np.isin(bands, ("below", "above"))
    missing = ((bands == "not_measured") & asked).any(axis=1)
    return np.select(
        [missing, (clearly & counted).sum(axis=1) >= 2, (clearly & asked).any(axis=1)],
        ["not_measured", "outside", "talk"],
        "in_or_close",
    )


def _named(
    band: PersonBand, asked: Sequence[Match], profile: RoleProfile, high_proxy_risk: Collection[str]
) -> tuple[str, ...]:
    """The facets a band names, widest gap first."""
    if band == "not_measured":
        return tuple(m.requirement.facet for m in asked if m.band == "not_measured")
    clearly = sorted((m for m in asked if m.band in ("below", "above")), key=lambda m: -(m.gap or 0))
    if band == "outside":
        clearly = [m for m in clearly if counts(m.requirement, profile, high_proxy_risk=high_proxy_risk)]
    return tuple(m.requirement.facet for m in clearly)


def _explore(asked: Sequence[Match]) -> tuple[str, ...]:
    """Up to three facets to talk about: clearly outside first, then close, wider gaps first."""
    open_points = [m for m in asked if m.band in ("below", "above", "close")]
    ordered = sorted(open_points, key=lambda m: (m.band == "close", -(m.gap or 0)))
    return tuple(m.requirement.facet for m in ordered[:EXPLORED])
