"""The inner loops in NumPy."""

from collections.abc import Iterator

import numpy as np

from assessment.instruments.sheets import Codes, Floats
from assessment.scoring.graded import category_probabilities, sharing

_BLOCK = 2048  # people at a time, so that memory stays flat


def posterior_moments(codes: Codes, tables: Floats, prior: Floats, points: Floats) -> tuple[Floats, Floats]:
    mean, sd = np.empty(codes.shape[1]), np.empty(codes.shape[1])
    for at, posterior, _ in posteriors(codes, tables, prior):
        mean[at] = posterior @ points
        sd[at] = np.sqrt(np.maximum(posterior @ (points * points) - mean[at] ** 2, 0))
    return mean, sd


def expected_counts(codes: Codes, weights: Floats, tables: Floats, prior: Floats) -> tuple[Floats, float]:
    counts, log_likelihood = np.zeros_like(tables), 0.0
    categories = np.arange(1, tables.shape[1])
    for at, posterior, marginal in posteriors(codes, tables, prior):
        log_likelihood += float(weights[at] @ marginal)
        weighted = posterior * weights[at, None]
        for item, own in enumerate(codes[:, at]):
            counts[item, 1:] += (own == categories[:, None]).astype(float) @ weighted
    return counts, log_likelihood


def fit_terms(codes: Codes, theta: Floats, slopes: Floats, thresholds: Floats) -> tuple[Floats, Floats, Floats]:
    observed, expected, variance = (np.zeros(codes.shape[1]) for _ in range(3))
    shares = 1 / sharing(thresholds)[:, None, :]
    for at in _blocks(codes.shape[1]):
        own = codes[:, at]
        known = (own != 0) & ~np.isnan(theta[at])
        p = category_probabilities(np.nan_to_num(theta[at]), slopes, thresholds).transpose(1, 0, 2)
        logs = np.log(np.maximum(p, 1e-300))
        said = np.take_along_axis(logs, np.maximum(own, 1)[:, :, None].astype(np.intp) - 1, axis=2)[:, :, 0]
        mean = (shares * p * logs).sum(axis=2)
        spread = (shares * p * logs * logs).sum(axis=2) - mean**2
        for total, term in ((observed, said), (expected, mean), (variance, spread)):
            total[at] = np.where(known, term, 0).sum(axis=0)
    return observed, expected, variance


def posteriors(codes: Codes, tables: Floats, prior: Floats) -> Iterator[tuple[slice, Floats, Floats]]:
    """Blocks of people: which, their posterior (n_block, n_points) and the log of their marginal likelihood."""
    logs = np.log(tables)
    for at in _blocks(codes.shape[1]):
        own = codes[:, at]
        log_likelihood = np.zeros((own.shape[1], len(prior)))
        for table, answers in zip(logs, own, strict=True):
            log_likelihood += table[answers]
        top = log_likelihood.max(axis=1, keepdims=True)
        posterior = np.exp(log_likelihood - top) * prior
        total = posterior.sum(axis=1, keepdims=True)
        posterior /= total
        yield at, posterior, (np.log(total) + top)[:, 0]


def _blocks(n: int) -> Iterator[slice]:
    return (slice(start, min(start + _BLOCK, n)) for start in range(0, n, _BLOCK))
