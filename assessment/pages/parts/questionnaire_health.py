"""Rows of the page on a questionnaire's health; figures that too few people carry are words instead."""

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np

from assessment.pages.parts.dress import chip
from assessment.reports.charts.answer_shares import AnswerShares
from assessment.reports.charts.information import InformationCurve
from assessment.reports.health_words import TOO_FEW, alpha_words, coefficient, gate_words
from assessment.scoring.calibrated import CalibratedForm, CalibratedItem
from assessment.scoring.graded import total_information
from assessment.services.health import DRIFT, ENOUGH_FOR_RELIABILITY, ENOUGH_FOR_SHARES, FacetHealth, Health, ItemHealth

KEYS = {"plus": "+", "minus": "−"}
NONE = '<span class="muted">–</span>'
_THETA = np.linspace(-3, 3, 121)


def figures(found: Health) -> str:
    """What the page rests on, at a glance."""
    norms, calibrated = found.norms, found.calibrated
    apart = f"{found.adaptive_left_out:,} adaptive sheets are apart" if found.adaptive_left_out else "whole sheets"
    known = [f.for_feedback for f in found.facets if f.for_feedback is not None]
    cells = [
        ("People", f"{found.n:,}", apart),
        (
            "Enough for feedback",
            f"{sum(known)} <small>of {len(known)} facets</small>" if known else NONE,
            "α .70 or more" if known else TOO_FEW.lower(),
        ),
        (
            "Norms in use",
            "Local" if norms.n else "Provisional",
            f"version {norms.version}, {norms.n:,} people" if norms.n else "an assumption, nobody measured",
        ),
        (
            "Calibration in use",
            f"Version {calibrated.version}" if calibrated else "None",
            f"{calibrated.n:,} people" if calibrated else "scores are means of answers",
        ),
    ]
    return (
        '<dl class="figures">'
        + "".join(f'<div><dt>{n}</dt><dd class="value">{v}</dd><dd class="note">{t}</dd></div>' for n, v, t in cells)
        + "</dl>"
    )


def facet_table(facets: Sequence[FacetHealth], names: Mapping[str, str]) -> str:
    head = _head("Facet", "n|People", "n|α (95 % interval)", "n|ω", "n|Mean r", "n|Error in T", "Good enough for")
    return f'<table class="stack">{head}<tbody>{"".join(_facet(facet, names) for facet in facets)}</tbody></table>'


def item_table(items: Sequence[ItemHealth], wording: Mapping[str, str], *, language: str = "en") -> str:
    head = _head("Statement", "Key", "n|r with the rest", "n|α without it", "n|Left out", "n|Median time", "To look at")
    rows = ""
    for i in items:
        notes = "".join(f"<div>{chip('attend', note)}</div>" for note in i.notes)
        seconds = NONE if i.seconds is None else f"{i.seconds:.1f} s"
        missing = NONE if i.missing is None else f"{100 * i.missing:.0f} %"
        rows += (
            f'<tr><td lang="{language}">{escape(wording[i.item.id])}</td><td data-label="Key">{KEYS[i.item.keyed]}</td>'
            f"{_n('r with the rest', _r(i.r_drop))}{_n('α without it', _r(i.alpha_if_dropped))}"
            f"{_n('Left out', missing)}{_n('Median time', seconds)}<td>{notes}</td></tr>"
        )
    return f'<table class="stack">{head}<tbody>{rows}</tbody></table>'


def too_few_line(items: Sequence[ItemHealth]) -> str:
    """Why figures of a statement are missing; empty where nothing is."""
    if all(i.answered >= ENOUGH_FOR_RELIABILITY for i in items):
        return ""
    return (
        f"– is where too few have answered a statement: r and α need {ENOUGH_FOR_RELIABILITY} answers to it, "
        f"what was left out and the time {ENOUGH_FOR_SHARES}."
    )


def drift_table(found: Health, names: Mapping[str, str]) -> str:
    """Means here beside those of the norms; beside local norms, a mean of the provisional group says so."""
    head = _head("Facet", "n|Scored", "n|Mean here", "n|Mean of the norms", "n|Difference", "")
    rows = ""
    for f in found.facets:
        mean = NONE if f.mean is None else f"{f.mean:.2f} ± {f.mean_error:.2f}"
        drift = NONE if f.drift is None else _signed(f.drift)
        said = chip("attend", f"more than {DRIFT:g} off") if f.drifts else ""
        norm = f"{f.norm.mean:.2f}" if f.norm else NONE
        if f.norm and found.norms.kind == "local" and f.facet not in found.norms.facets:
            norm += ' <span class="muted">provisional</span>'
        rows += (
            f"<tr><td><b>{escape(names[f.facet])}</b></td>{_n('Scored', f'{f.scored:,}')}{_n('Mean here', mean)}"
            f"{_n('Mean of the norms', norm)}{_n('Difference', drift)}<td>{said}</td></tr>"
        )
    return f'<table class="stack">{head}<tbody>{rows}</tbody></table>'


def parameter_table(form: CalibratedForm, facet: str, wording: Mapping[str, str]) -> str:
    """Slope and steps of a facet's items, each with its standard error."""
    own = {id_: item for id_, item in form.items.items() if item.facet == facet}
    steps = max(len(item.b) for item in own.values())
    labels = ["a", *(f"b{step}" for step in range(1, steps + 1))]
    rows = ""
    for id_, item in own.items():
        errors = _values(form.errors[id_]) if id_ in form.errors else [None] * (steps + 1)
        cells = "".join(_n(label, _with_error(v, e)) for label, v, e in zip(labels, _values(item), errors, strict=True))
        rows += f"<tr><td>{escape(wording[id_])}</td>{cells}</tr>"
    head = _head("Statement", *(f"n|{label}" for label in labels))
    return f'<table class="stack">{head}<tbody>{rows}</tbody></table>'


def doubts_of(form: CalibratedForm, facet: str, wording: Mapping[str, str]) -> list[str]:
    """What to know before leaning on a facet's parameters, with statements in their own words."""
    own = [doubt.removeprefix(f"{facet}: ") for doubt in form.doubts if doubt.startswith(f"{facet}: ")]
    ids = {id_ for doubt in own for id_ in wording if doubt.startswith((f"{id_} ", f"{id_}:"))}
    return [
        next(
            (f"“{wording[id_]}” {doubt.removeprefix(id_).lstrip(': ')}" for id_ in ids if doubt.startswith(id_)), doubt
        )
        for doubt in own
    ]


def shares_of(items: Sequence[ItemHealth], wording: Mapping[str, str]) -> list[AnswerShares]:
    return [AnswerShares(wording[i.item.id], i.shares) for i in items if i.shares is not None]


def information_of(form: CalibratedForm, facet: str) -> InformationCurve:
    """Over the facet's items; the standard error is that of an EAP estimate, `1 / √(information + 1)`."""
    own = form.parameters.of([id_ for id_, item in form.items.items() if item.facet == facet])
    found = total_information(_THETA, own)
    return InformationCurve(_THETA.tolist(), found.tolist(), (1 / np.sqrt(found + 1)).tolist())


def version_line(version: str, author: str, created_at: str, reason: str, people: int, *, in_use: bool) -> str:
    said = chip("good", "in use") if in_use else ""
    return (
        f'<li><div><span class="who">Version {escape(version)}</span><div class="sub">{people:,} people · '
        f"{escape(author)}, {escape(created_at)}: {escape(reason)}</div></div>{said}</li>"
    )


def _facet(f: FacetHealth, names: Mapping[str, str]) -> str:
    r = f.reliability
    sign, said = gate_words(r)
    alpha = NONE
    if r and r.alpha is not None:
        low, high = (alpha_words(end) for end in r.alpha_ci95 or (None, None))
        alpha = f"{alpha_words(r.alpha)}" + (f' <span class="muted">({low} to {high})</span>' if low else "")
    sem = NONE if r is None or r.sem_t is None else f"± {1.96 * r.sem_t:.0f}"
    return (
        f"<tr><td><b>{escape(names[f.facet])}</b></td>{_n('People', f'{f.n:,}')}{_n('α', alpha)}"
        f"{_n('ω', _r(r.omega_total) if r else NONE)}{_n('Mean r', _r(r.average_r) if r else NONE)}{_n('Error in T', sem)}"
        f"<td>{chip(sign, said)}</td></tr>"
    )


def _head(*columns: str) -> str:
    cells = "".join(
        f'<th class="n">{escape(c[2:])}</th>' if c.startswith("n|") else f"<th>{escape(c)}</th>" for c in columns
    )
    return f"<thead><tr>{cells}</tr></thead>"


def _n(label: str, cell: str) -> str:
    return f'<td class="n" data-label="{escape(label)}">{cell}</td>'


def _r(value: float | None) -> str:
    return coefficient(value) or NONE


def _signed(value: float) -> str:
    return "0.00" if abs(value) < 0.005 else f"{value:+.2f}".replace("-", "−")


def _values(item: CalibratedItem) -> list[float | None]:
    return [item.a, *item.b]


def _with_error(value: float | None, error: float | None) -> str:
    if value is None:
        return NONE
    said = "" if error is None else f' <span class="muted">({error:.2f})</span>'
    return f"{value:.2f}{said}".replace("-", "−")
