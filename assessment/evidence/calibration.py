"""Item parameters of the graded response model from people's answers, one dimension per facet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from assessment.errors import InstrumentError, TooFewError
from assessment.evidence.marginal_likelihood import GradedItems, climb, patterns_of, standard_errors
from assessment.instruments.sheets import Floats, Sheets
from assessment.scoring.graded import ItemParameters
from assessment.scoring.irt import eap, prior
from assessment.scoring.kernels import Kernels, plain

FEWEST, FEW = 200, 500  # people: below the first there is no calibration, below the second a warning
LEAST_IN_COMMON = 0.05  # empirical reliability; below, estimates are all alike
FEWEST_ITEMS = 3  # of a facet; fewer do not tell slope and threshold apart


@dataclass(frozen=True)
class FacetCalibration:
    """One facet's items, how they were found, and where the people of the calibration stand.

    slopes, slopes_se : (n_items,); thresholds, thresholds_se : (n_items, n_steps). NaN in thresholds:
    answers on the two sides were not told apart, since one of them never occurred. NaN in the SE: the
    information could not be inverted, so none is claimed. eap_mean, eap_sd and empirical_reliability
    are those of the people's own EAP estimates.
    """

    facet: str
    items: tuple[str, ...]
    slopes: Floats
    slopes_se: Floats
    thresholds: Floats
    thresholds_se: Floats
    n: int
    iterations: int
    converged: bool
    log_likelihood: float
    eap_mean: float
    eap_sd: float
    empirical_reliability: float
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class Calibration:
    """All facets that could be calibrated; `left_out` says of each other one why."""

    facets: tuple[FacetCalibration, ...]
    left_out: dict[str, str]

    @property
    def parameters(self) -> ItemParameters:
        """Of every calibrated item, facets one after the other."""
        return ItemParameters(
            tuple(item for facet in self.facets for item in facet.items),
            np.concatenate([facet.slopes for facet in self.facets]),
            np.concatenate([facet.thresholds for facet in self.facets]),
        )


def calibrate(
    sheets: Sheets,
    *,
    errors: bool = True,
    kernels: Kernels = plain,
    progress: Callable[[float], None] = lambda share: None,
) -> Calibration:
    """Calibrate every facet by marginal maximum likelihood (EM over 61 points, standard normal θ).

    Standard errors come from the observed information; without `errors` they are NaN, and it is quicker.
    People who answered none of a facet's items say nothing about it and do not count.

    Raises
    ------
    TooFewError : no facet was answered by 200 people
    InstrumentError : no facet can be calibrated

    References
    ----------
    Bock & Aitkin (1981). https://doi.org/10.1007/BF02293801
    Oakes (1999), the standard errors. https://doi.org/10.1111/1467-9868.00188
    Varadhan & Roland (2008), the acceleration. https://doi.org/10.1111/j.1467-9469.2007.00585.x
    """
    found: list[FacetCalibration] = []
    left_out: dict[str, str] = {}
    most = 0
    for at, facet in enumerate(sheets.facets):
        own = sheets.of_facet(facet.id)
        used = np.array([len(np.unique(item[item > 0])) > 1 for item in own.codes])
        answered = np.asarray(own.codes.any(axis=0))
        most = max(most, n := int(answered.sum()))
        if n < FEWEST:
            left_out[facet.id] = f"{n} people answered it; it needs {FEWEST}"
        elif used.sum() < FEWEST_ITEMS:
            left_out[facet.id] = f"{int(used.sum())} items with more than one answer; it needs {FEWEST_ITEMS}"
        else:
            facet_found = _facet(facet.id, own.at(used).people(answered), own.at(~used), errors, kernels)
            if facet_found.converged and facet_found.empirical_reliability >= LEAST_IN_COMMON:
                found.append(facet_found)
            elif facet_found.converged:
                left_out[facet.id] = "its items have nothing in common here"
            else:
                steepest = facet_found.items[int(np.argmax(np.abs(facet_found.slopes)))]
                left_out[facet.id] = f"no estimate settles; the answers to {steepest} may repeat those to another item"
        progress((at + 1) / len(sheets.facets))
    if most < FEWEST:
        raise TooFewError(has=most, needs=FEWEST, of="people who answered a facet")
    if not found:
        raise InstrumentError(f"no facet can be calibrated: {'; '.join(f'{f}: {w}' for f, w in left_out.items())}")
    return Calibration(tuple(found), left_out)


def _facet(facet: str, sheets: Sheets, constant: Sheets, errors: bool, kernels: Kernels) -> FacetCalibration:
    ids = tuple(item.id for item in sheets.items)
    codes = sheets.keyed_codes
    patterns, weights = patterns_of(codes, sheets.categories)
    model = GradedItems(codes, sheets.categories)
    start = model.start(codes)
    values, iterations, converged = climb(model, start, patterns, weights, kernels)
    slopes, thresholds = model.parameters(values)
    parameters = ItemParameters(ids, slopes, thresholds)
    _, log_likelihood = kernels.expected_counts(patterns, weights, model.tables(values), prior())
    errors = errors and converged
    se = standard_errors(model, values, patterns, weights, kernels) if errors else np.full(values.shape, np.nan)
    theta, spread = eap(codes, parameters, kernels=kernels)
    variance = float(theta.var(ddof=1))
    return FacetCalibration(
        facet=facet,
        items=ids,
        slopes=slopes,
        slopes_se=se[:, 0],
        thresholds=thresholds,
        thresholds_se=se[:, 1:],
        n=codes.shape[1],
        iterations=iterations,
        converged=converged,
        log_likelihood=log_likelihood,
        eap_mean=float(theta.mean()),
        eap_sd=float(np.sqrt(variance)),
        empirical_reliability=float(variance / (variance + (spread**2).mean())),
        doubts=tuple(_doubts(parameters, model, codes.shape[1], errors and bool(np.isnan(se[:, 0]).any()), constant)),
    )


def _doubts(parameters: ItemParameters, model: GradedItems, n: int, no_errors: bool, constant: Sheets) -> Iterator[str]:
    """What a reader should know before leaning on the numbers."""
    if n < FEW:
        yield f"only {n} people; below {FEW} parameters are rough"
    if no_errors:
        yield "no standard errors: the information matrix has no inverse"
    for item in constant.items:
        yield f"{item.id} left out: everybody gave the same answer"
    for id_, slope, known in zip(parameters.items, parameters.slopes, model.known, strict=True):
        if slope <= 0:
            yield f"{id_} runs against the facet (a = {slope:.2f}); look at its key"
        if not known.all():
            yield f"{id_}: an answer never occurs, so {int((~known).sum())} of its steps are not told apart"
