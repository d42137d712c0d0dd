"""People beside each other and beside other roles: for thinking and talking, nothing is changed by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assessment.errors import SheetError
from assessment.roles.fit import Interval, RoleFit, assess_fit
from assessment.roles.library import role_profile
from assessment.roles.profile import RoleProfile
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.reading import Reading, reading
from assessment.storage import audit


@dataclass(frozen=True)
class RoleReach:
    """The same sheet beside another role; suggested only where all four signature facets were measured."""

    role: str
    title: str
    fit: Interval | None
    measured: int
    asked: int
    applied_for: bool


def compare(house: House, application_ids: Sequence[str], *, actor: Actor, now: datetime) -> tuple[Reading, ...]:
    """Two to four finished people of one vacancy, side by side."""
    require(actor)
    if not 2 <= len(set(application_ids)) <= 4:
        raise SheetError("Choose two to four people to compare.")
    readings = tuple(reading(house, id_, actor=actor, now=now) for id_ in dict.fromkeys(application_ids))
    if len({r.vacancy_id for r in readings}) > 1:
        raise SheetError("People can be compared when they applied for the same opening.")
    if waiting := [r.name for r in readings if r.state != "finished"]:
        raise SheetError(f"{', '.join(waiting)} has not finished yet.")
    return readings


def what_if(
    house: House,
    readings: Sequence[Reading],
    weights: dict[str, float],
    *,
    actor: Actor,
    now: datetime,
) -> tuple[RoleFit, ...]:
    """The fits under other weights; logged, and changes nothing."""
    require(actor)
    profile = readings[0].profile
    changed = [r.model_copy(update={"weight": float(weights.get(r.facet, r.weight))}) for r in profile.requirements]
    if any(r.weight < 0 for r in changed) or not any(r.weight > 0 for r in changed):
        raise SheetError("Weights are 0 or more, and one of them has to be above 0.")
    other = profile.model_copy(update={"requirements": tuple(changed)})
    with house.database.write() as connection:
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="weights_tried",
            subject=readings[0].vacancy_id,
            now=now,
            body={
                "weights": {r.facet: r.weight for r in changed},
                "applications": [r.application_id for r in readings],
            },
        )
    return tuple(_fit(r, other) for r in readings)


def all_roles(read: Reading, house: House) -> tuple[RoleReach, ...]:
    """The person's signature fit to every role that ships, the one applied for first and then by name."""
    reaches = []
    for role in house.library.roles():
        own = role == read.role
        profile = read.profile if own else role_profile(role)
        fit = _fit(read, profile)
        reaches.append(
            RoleReach(role, profile.title, fit.signature.interval, fit.signature_measured, fit.signature_asked, own)
        )
    return tuple(sorted(reaches, key=lambda r: (not r.applied_for, r.title)))


def _fit(read: Reading, profile: RoleProfile) -> RoleFit:
    return assess_fit(
        read.standings,
        profile,
        form_facets=read.form.facets,
        high_proxy_risk=read.instrument.high_proxy_risk(),
    )
