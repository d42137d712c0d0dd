"""Stopping early where enough is known: which items of calibrated facets are still worth asking, and in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

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


@dataclass(frozen=True)
class Trial:
    """Made-up people under a rule: lines (n_people,) asked of `whole` in the bank; θ (n_people, n_facets) each.

    theta : as estimated when the rule stopped; theta_whole : from every item; truth : what was to be found
    """

    lines: Ints
    whole: int
    theta: Floats
    theta_whole: Floats
    truth: Floats


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
        self._membership = (self._facet == np.arange(len(self.facets))[:, None]).astype(float)
        self._asked = np.bincount(self._facet, minlength=len(self.facets))
        self._minus = np.array([instrument.by_id[id_].keyed == "minus" for id_ in self.items])
        self._low, self._both = instrument.format.low, instrument.format.low + instrument.format.high
        self._logs = np.log(likelihoods(own))
        self._information = item_information(POINTS, own).T
        self._log_prior = np.log(prior())

    def __contains__(self, id_: object) -> bool:
        return id_ in self._place

    def known(self, answers: Mapping[str, object], rule: StoppingRule) -> Known:
        """EAP of every facet from raw answers; ids that are no items of the bank are passed over."""
        return self._known(*self._codes(answers), rule)

    def _known(self, at: Ints, code: Ints, rule: StoppingRule) -> Known:
        log_posterior = self._membership[:, at] @ self._logs[at, code] + self._log_prior
        theta, se = self._moments(log_posterior)
        answered = np.bincount(self._facet[at], minlength=len(self.facets))
        return Known(self.facets, theta, se, answered, self._done(se, answered, rule))

    def _done(self, se: Floats, answered: Ints, rule: StoppingRule) -> Bools:
        done: Bools = ((se <= rule.target_se) & (answered >= rule.least_items)) | (answered >= self._asked)
        return done

    def plan(self, answers: Mapping[str, object], *, rule: StoppingRule, rng: np.random.Generator) -> tuple[str, ...]:
        """The items still worth asking, best first; empty when every facet is done.

        Facets take turns, those with the fewest answers first, then those known least. Within a facet
        the most informative item at the present θ comes first, the very first drawn among the best three.
        The head of the list is what to ask now; the rest would change with the answers to come. What comes of
        one facet hangs on the answers to that facet alone: the draws are laid out by facet and turn.
        """
        now, left, facet, _ = self._look(answers, rule)
        draws = rng.random((len(self.facets), len(self.items) + 1))
        turn = np.empty(len(left), dtype=np.int64)
        for own in _runs(facet):
            size = own.stop - own.start
            at = facet[own.start]
            first = own.start + int(draws[at, now.answered[at]] * min(rule.among, size))
            left[own.start : first + 1] = np.roll(left[own.start : first + 1], 1)
            turn[own] = np.arange(size)
        best = np.lexsort((-now.se[facet], turn, now.answered[facet] + turn))
        return tuple(self.items[item] for item in left[best].tolist())

    def about(self, answers: Mapping[str, object], *, rule: StoppingRule) -> int:
        """About how many items will still be asked, each taken to say as much as it does at the present θ."""
        now, _, facet, information = self._look(answers, rule)
        lines = 0
        for own in _runs(facet):
            at = facet[own.start]
            se = 1 / np.sqrt(1 / now.se[at] ** 2 + np.cumsum(information[own]))
            sure = int((se > rule.target_se).sum()) + 1
            lines += min(max(sure, rule.least_items - int(now.answered[at])), own.stop - own.start)
        return lines

    def try_out(self, people: int, *, rule: StoppingRule, rng: np.random.Generator) -> "Trial":
        """Made-up people going through the bank under a rule, all at once; every facet standard normal, on its own.

        The rule is that of `plan`, looked at anew after every single answer.
        """
        who, n_items = np.arange(people), len(self.items)
        truth = rng.standard_normal((people, len(self.facets)))
        codes = self._draw(truth, rng)
        log_posterior = np.tile(self._log_prior, (people, len(self.facets), 1))
        answered = np.zeros((people, len(self.facets)), dtype=np.int64)
        given = np.zeros((people, n_items), dtype=bool)
        theta, se = self._moments(log_posterior)
        while True:
            done = self._done(se, answered, rule)
            going = ~done.all(axis=1)
            if not going.any():
                break
            facet = np.argmin(np.where(done, np.inf, answered - se / 1000), axis=1)  # fewest answers, then known least
            below, share = _between(theta[who, facet])
            information = self._information.T[below] * (1 - share[:, None])
            information += self._information.T[below + 1] * share[:, None]
            information[given | (self._facet != facet[:, None])] = -1
            best = np.argpartition(-information, range(min(rule.among, n_items)), axis=1)[:, : rule.among]
            open_ = (np.take_along_axis(information, best, axis=1) >= 0).sum(axis=1)
            item = best[who, (rng.random(people) * open_).astype(int)]
            rows = who[going]
            log_posterior[rows, facet[rows]] += self._logs[item[rows], codes[rows, item[rows]]]
            answered[rows, facet[rows]] += 1
            given[rows, item[rows]] = True
            theta[rows, facet[rows]], se[rows, facet[rows]] = self._moments(log_posterior[rows, facet[rows]])
        whole = np.tile(self._log_prior, (people, len(self.facets), 1))
        for item in range(n_items):
            whole[:, self._facet[item]] += self._logs[item, codes[:, item]]
        return Trial(given.sum(axis=1), n_items, theta, self._moments(whole)[0], truth)

    def _draw(self, truth: Floats, rng: np.random.Generator) -> Ints:
        """(n_people, n_items) codes drawn at the true levels, between the points of the grid."""
        below, between = _between(truth[:, self._facet])
        share = between[:, None]
        chances = np.exp(self._logs[:, 1:])  # (n_items, n_categories, n_points)
        item = np.arange(len(self.items))[None, :]
        low, high = (chances[item, :, at].transpose(0, 2, 1) for at in (below, below + 1))
        reached = np.cumsum(low * (1 - share) + high * share, axis=1)
        codes: Ints = 1 + (rng.random((len(truth), 1, len(self.items))) > reached[:, :-1]).sum(axis=1)
        return codes

    def _moments(self, log_posterior: Floats) -> tuple[Floats, Floats]:
        """Mean and SD over the points, the last axis."""
        posterior = np.exp(log_posterior - log_posterior.max(axis=-1, keepdims=True))
        posterior /= posterior.sum(axis=-1, keepdims=True)
        theta = posterior @ POINTS
        return theta, np.sqrt(np.maximum(posterior @ (POINTS * POINTS) - theta**2, 0))

    def _look(self, answers: Mapping[str, object], rule: StoppingRule) -> tuple[Known, Ints, Ints, Floats]:
        """What is known, and the items still open facet by facet, the most informative at the present θ first.

        (n_open,) each: positions of the items, their facets, and their information.
        """
        at, code = self._codes(answers)
        now = self._known(at, code, rule)
        wanted = ~now.done[self._facet]
        wanted[at] = False
        left = np.flatnonzero(wanted)
        facet = self._facet[left]
        below, share = _between(now.theta[facet])
        information = self._information[left, below] * (1 - share) + self._information[left, below + 1] * share
        order = np.lexsort((-information, facet))
        return now, left[order], facet[order], information[order]

    def _codes(self, answers: Mapping[str, object]) -> tuple[Ints, Ints]:
        """Positions of the items answered and their keyed codes."""
        pairs = [
            (self._place[id_], value) for id_, value in answers.items() if id_ in self._place and isinstance(value, int)
        ]
        at = np.array([place for place, _ in pairs], dtype=np.int64)
        raw = np.array([value for _, value in pairs], dtype=np.int64)
        return at, np.where(self._minus[at], self._both - raw, raw) - self._low + 1


def _runs(facet: Ints) -> list[slice]:
    """Where each facet stands in a list sorted by facet."""
    bounds = [0, *(np.flatnonzero(np.diff(facet)) + 1).tolist(), len(facet)]
    return [slice(start, end) for start, end in pairwise(bounds) if start < end]


def _between(theta: Floats) -> tuple[Ints, Floats]:
    """The point of the grid below each θ, and how far it lies towards the next, 0–1."""
    place = np.clip((theta - POINTS[0]) / _STEP, 0, len(POINTS) - 1.001)
    below = place.astype(np.int64)
    return below, place - below
