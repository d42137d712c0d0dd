"""Stopping early where enough is known: which items of calibrated facets are still worth asking, and in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.instruments.instrument import Instrument
from assessment.instruments.sheets import Bools, Floats, Ints
from assessment.scoring.graded import ItemParameters, item_information
from assessment.scoring.irt import POINTS, likelihoods, prior

_STEP = POINTS[1] - POINTS[0]


@dataclass(frozen=True)
class StoppingRule:
    """A facet is done at `target_se` of θ with at least `least_items` answered, or when all its items are.

    The next item is drawn among the `among` most informative ones, so that not everybody meets the same first lines.
    """

    target_se: float = 0.40
    least_items: int = 4
    among: int = 3


@dataclass(frozen=True)
class Known:
    """What the answers so far say of each facet, (n_facets,): θ, its standard error, how many answered, whether done."""

    facets: tuple[str, ...]
    theta: Floats
    se: Floats
    answered: Ints
    done: Bools


class Bank:
    """Calibrated items made ready for the live step, which then costs well under a millisecond."""

    def __init__(self, items: Sequence[str], *, instrument: Instrument, parameters: ItemParameters) -> None:
        """items : those that may be asked, in the order of the form; ids that are no items are passed over."""
        self.items = tuple(id_ for id_ in items if id_ in instrument.by_id)
        facet_of = [instrument.by_id[id_].facet for id_ in self.items]
        self.facets = tuple(facet.id for facet in instrument.facets if facet.id in facet_of)
        own = parameters.of(self.items)
        self._place = {id_: at for at, id_ in enumerate(self.items)}
        self._facet = np.array([self.facets.index(facet) for facet in facet_of])
        self._minus = np.array([instrument.by_id[id_].keyed == "minus" for id_ in self.items])
        self._low, self._both = instrument.format.low, instrument.format.low + instrument.format.high
        self._logs = np.log(likelihoods(own))
        self._information = item_information(POINTS, own).T
        self._log_prior = np.log(prior())

    def known(self, answers: Mapping[str, object], rule: StoppingRule) -> Known:
        """EAP of every facet from raw answers; ids that are no items of the bank are passed over."""
        at, code = self._codes(answers)
        log_posterior = np.tile(self._log_prior, (len(self.facets), 1))
        np.add.at(log_posterior, self._facet[at], self._logs[at, code])
        posterior = np.exp(log_posterior - log_posterior.max(axis=1, keepdims=True))
        posterior /= posterior.sum(axis=1, keepdims=True)
        theta = posterior @ POINTS
        se = np.sqrt(np.maximum(posterior @ (POINTS * POINTS) - theta**2, 0))
        answered = np.bincount(self._facet[at], minlength=len(self.facets))
        asked = np.bincount(self._facet, minlength=len(self.facets))
        done = ((se <= rule.target_se) & (answered >= rule.least_items)) | (answered >= asked)
        return Known(self.facets, theta, se, answered, done)

    def plan(self, answers: Mapping[str, object], *, rule: StoppingRule, rng: np.random.Generator) -> tuple[str, ...]:
        """The items still worth asking, best first; empty when every facet is done.

        Facets take turns, those with the fewest answers first, then those known least. Within a facet
        the most informative item at the present θ comes first, the very first drawn among the best three.
        The head of the list is what to ask now; the rest would change with the answers to come.
        """
        now = self.known(answers, rule)
        given = np.zeros(len(self.items), dtype=bool)
        given[self._codes(answers)[0]] = True
        place = np.clip((now.theta - POINTS[0]) / _STEP, 0, len(POINTS) - 1.001)
        left = place.astype(int)
        share = (place - left)[self._facet]
        rows = np.arange(len(self.items))
        each = self._information[rows, left[self._facet]] * (1 - share)
        each += self._information[rows, left[self._facet] + 1] * share
        turns: list[tuple[int, int, float, int]] = []
        for facet in np.flatnonzero(~now.done):
            open_ = np.flatnonzero((self._facet == facet) & ~given)
            order = open_[np.argsort(-each[open_], kind="stable")]
            first = int(rng.integers(min(rule.among, len(order))))
            order = np.concatenate((order[first : first + 1], np.delete(order, first)))
            turns += [
                (int(now.answered[facet]) + turn, turn, -float(now.se[facet]), int(item))
                for turn, item in enumerate(order)
            ]
        return tuple(self.items[item] for *_, item in sorted(turns))

    def _codes(self, answers: Mapping[str, object]) -> tuple[Ints, Ints]:
        """Positions of the items answered and their keyed codes."""
        pairs = [
            (self._place[id_], value) for id_, value in answers.items() if id_ in self._place and isinstance(value, int)
        ]
        at = np.array([place for place, _ in pairs], dtype=np.int64)
        raw = np.array([value for _, value in pairs], dtype=np.int64)
        return at, np.where(self._minus[at], self._both - raw, raw) - self._low + 1
