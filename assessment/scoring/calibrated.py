"""A calibrated questionnaire as a kept version: its item parameters and the group they come from."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from pydantic import Field
from scipy.special import ndtr

from assessment.instruments.instrument import Document, Id, Instrument, Version
from assessment.instruments.sheets import Sheets
from assessment.scoring.graded import ItemParameters
from assessment.scoring.irt import Estimates, estimate
from assessment.scoring.reliability import known
from assessment.scoring.standing import Standing


class CalibratedItem(Document):
    """a in the logistic metric; b per step, None where the answers beside it were not told apart."""

    facet: Id
    a: float
    b: tuple[float | None, ...]


class CalibratedFacet(Document):
    """Mean and SD of the group's own EAP estimates, and their empirical reliability `var / (var + mean SE²)`."""

    eap_mean: float
    eap_sd: float = Field(gt=0)
    reliability: float = Field(ge=0, le=1)

    @property
    def spread(self) -> float:
        """SD of θ in the group: estimates vary less than what they estimate."""
        return float(self.eap_sd / np.sqrt(self.reliability))


class CalibratedForm(Document):
    """Parameters of a questionnaire's items, calibrated on n people; `errors` repeats items with standard errors."""

    id: Id
    version: Version
    questionnaire: Id
    questionnaire_version: Version
    n: int = Field(ge=1)
    period: str
    source: str
    items: dict[Id, CalibratedItem]
    errors: dict[Id, CalibratedItem] = Field(default_factory=dict)
    facets: dict[Id, CalibratedFacet]
    doubts: tuple[str, ...] = ()

    @cached_property
    def parameters(self) -> ItemParameters:
        table = [[np.nan if b is None else b for b in item.b] for item in self.items.values()]
        slopes = np.array([item.a for item in self.items.values()])
        return ItemParameters(tuple(self.items), slopes, np.array(table, dtype=float))

    def covers(self, items: Sequence[str], *, instrument: Instrument) -> bool:
        """Whether every item is calibrated here; attention checks need not be."""
        return all(item in self.items for item in items if item in instrument.by_id)


def stand_by_eap(
    answers: Mapping[str, int | None], *, instrument: Instrument, asked: Sequence[str], calibrated: CalibratedForm
) -> dict[str, Standing]:
    """One person's standings from EAP estimates, on the T scale of the people calibrated on.

    `T = 50 + 10 (θ̂ − m)/s` with m and s the mean and SD of the group's own estimates, since EAP is
    shrunken and T must have SD 10 there. The error is the person's own, `SEM = 10 · SE / σ`, σ the SD
    of θ in the group; over the group its square averages to that of `10 √(1 − ρ)`, ρ the empirical
    reliability. A facet with fewer than `min_answered` of its items asked is not scored.
    """
    sheet = Sheets.of_one(answers, instrument=instrument, asked=asked)
    found = estimate(sheet, calibrated.parameters)
    return {facet.id: _standing(found, at, calibrated, facet.min_answered) for at, facet in enumerate(sheet.facets)}


def _standing(found: Estimates, at: int, calibrated: CalibratedForm, min_answered: float) -> Standing:
    facet = found.facets[at]
    group = calibrated.facets.get(facet)
    answered, items = int(found.answered[0, at]), int(found.items[at])
    theta, se = known(found.theta[0, at]), known(found.se[0, at])
    scored = group is not None and theta is not None and se is not None and answered >= min_answered * items - 1e-9
    t = sem = None
    if scored and group is not None and theta is not None and se is not None:
        t, sem = 50 + 10 * (theta - group.eap_mean) / group.eap_sd, 10 * se / group.spread
    return Standing(
        facet=facet,
        answered=answered,
        items=items,
        score=None,
        t=t,
        sem=sem,
        percentile=None if t is None else float(100 * ndtr((t - 50) / 10)),
        percentile_modelled=True,
        reliability=None if sem is None else 1 - (sem / 10) ** 2,
        norm_mean=group.eap_mean if group else None,
        norm_sd=group.eap_sd if group else None,
        norm_id=calibrated.id,
        norm_version=calibrated.version,
        theta=theta if scored else None,
        theta_se=se if scored else None,
    )
