"""Whether a role profile and a norm group are whole, and whether made-up people score as they must."""

from assessment.instruments.form import Form
from assessment.instruments.instrument import Instrument
from assessment.roles.profile import RoleProfile
from assessment.roles.trial_people import always, fit_of, fitting_answers
from assessment.scoring.norms import FacetNorm, NormGroup
from assessment.scoring.standing import stand

Problems = list[str]
LOWEST_T, HIGHEST_T = 20, 80
SIGNATURE_SIZE = 4
_ROUNDING = 0.5  # shares of 100 may be off by rounding


def prove_profile(profile: RoleProfile, instrument: Instrument) -> Problems:
    problems = [
        f"{r.facet}: not in {instrument.id}; there are: {', '.join(instrument.facets_by_id)}"
        for r in profile.requirements
        if r.facet not in instrument.facets_by_id
    ]
    total = sum(r.weight for r in profile.requirements)
    if abs(total - 100) > _ROUNDING:
        problems.append(f"the weights add up to {total:g}, expected 100")
    if len(profile.signature) != SIGNATURE_SIZE:
        problems.append(f"signature: {len(profile.signature)} facets, expected {SIGNATURE_SIZE}")
    for r in profile.requirements:
        facet = instrument.facets_by_id.get(r.facet)
        if facet and facet.shape == "ideal" and r.kind == "floor":
            problems.append(f"{r.facet}: a floor, but on this facet too much costs too; make it a range")
        if not LOWEST_T <= r.low <= HIGHEST_T or (r.high is not None and not r.high <= HIGHEST_T):
            high = "" if r.high is None else f" to {r.high:g}"
            problems.append(f"{r.facet}: {r.low:g}{high}, expected within T {LOWEST_T} to {HIGHEST_T}")
        if r.facet in instrument.high_proxy_risk() and not r.proxy_note:
            problems.append(f"{r.facet}: may stand in for something that must not be measured, and has no proxy_note")
    return problems


def prove_norms(norms: NormGroup, instrument: Instrument) -> Problems:
    low, high = instrument.format.low, instrument.format.high
    return [
        *(f"facet {f}: no norm" for f in instrument.facets_by_id if f not in norms.facets),
        *(f"facet {f}: not in {instrument.id}" for f in norms.facets if f not in instrument.facets_by_id),
        *(
            f"facet {f}: mean {norm.mean:g} is not within the answers {low} to {high}"
            for f, norm in norms.facets.items()
            if not low < norm.mean < high
        ),
    ]


def prove_same_answers(instrument: Instrument) -> tuple[Problems, list[str]]:
    """With a balanced key, answering all alike lands on the middle of the scale, whatever the answer."""
    middle = (instrument.format.low + instrument.format.high) / 2
    flat = NormGroup(
        id="flat",
        version="0.1",
        kind="provisional",
        n=0,
        period="",
        source="",
        facets={facet.id: FacetNorm(mean=middle, sd=1, reliability=0.5) for facet in instrument.facets},
    )
    asked = [item.id for item in instrument.items]
    problems: Problems = []
    for value in (instrument.format.low, instrument.format.high):
        stood = stand(always(value, instrument.items), instrument=instrument, asked=asked, norms=flat)
        problems += [
            f"facet {facet}: someone who always answers {value} scores {standing.score:.2f}, expected {middle:.2f}"
            for facet, standing in stood.items()
            if standing.score is None or abs(standing.score - middle) > 1e-9
        ]
    if problems:
        return problems, []
    return [], [f"all {instrument.format.low} and all {instrument.format.high}: {middle:.2f} on every facet"]


def prove_people(
    profile: RoleProfile, *, instrument: Instrument, form: Form, norms: NormGroup
) -> tuple[Problems, list[str]]:
    """Someone who fits comes out within every range the form asks about; and what answering all alike scores."""
    asked = [instrument.by_id[id_] for id_ in form.items if id_ in instrument.by_id]
    fitting = fit_of(
        fitting_answers(profile, instrument=instrument, asked=asked, norms=norms),
        profile,
        instrument=instrument,
        form=form,
        norms=norms,
    )
    outside = [m.requirement.facet for m in fitting.matches if m.requirement.facet in form.facets and m.gap != 0]
    if outside:
        return [f"someone who fits everything comes out outside on {', '.join(outside)}"], []
    alike = {
        value: fit_of(always(value, asked), profile, instrument=instrument, form=form, norms=norms).band
        for value in (instrument.format.low, instrument.format.high)
    }
    said = ", ".join(f"all {value}: {band}" for value, band in alike.items())
    return [], [f"someone who fits: {fitting.band}; {said}"]
