"""The candidate's result as one file to keep: no script, nothing loaded from elsewhere, fit to print."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from assessment.messages.plain_pages import ResultWords, plain_pages, put_in, say_date
from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.result import CandidateResult, FacetFeedback, result

SHOWN = (20.0, 80.0)  # the part of T that the lines show; almost everybody is within
_STYLE = """
:root { color-scheme: light dark; --ink: light-dark(#1E2A2F, #EDEAE3); --muted: light-dark(#58646A, #A9B3B5);
  --paper: light-dark(#FAF7F2, #13191B); --line: light-dark(#E3DCD0, #323D41); --accent: light-dark(#0F5B63, #7CCBC4);
  --band: light-dark(#D5E7E2, #264347); --edge: light-dark(#4F8A84, #5FA19B); --soft: light-dark(#FBEFD9, #3A2C12); }
body { margin: 0 auto; max-width: 36rem; padding: 1.5rem 1.25rem 3rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, 'Segoe UI', Roboto, sans-serif; overflow-wrap: anywhere; }
h1, h2 { font-family: Georgia, 'Times New Roman', serif; font-weight: 500; line-height: 1.2; }
h2 { margin-top: 2.25rem; } h3 { margin: 1.5rem 0 0.25rem; font-size: 1.0625rem; } p { margin: 0 0 0.75rem; }
.muted { color: var(--muted); } .trial { background: var(--soft); padding: 0.75rem 1rem; border-radius: 0.625rem; }
.line { position: relative; height: 1.5rem; margin-top: 0.5rem; }
.line i { position: absolute; display: block; border-radius: 0.5rem; }
.line .axis { left: 0; right: 0; top: 0.6875rem; height: 0.125rem; background: var(--line); }
.line .band { top: 0.375rem; height: 0.75rem; background: var(--band); border: 1px solid var(--edge);
  box-sizing: border-box; }
.line .dot { top: 0.25rem; width: 1rem; height: 1rem; margin-left: -0.5rem; border-radius: 50%;
  background: var(--accent); }
.poles { display: flex; justify-content: space-between; gap: 2rem; font-size: 0.875rem; line-height: 1.35; }
.poles span:last-child { text-align: right; }
section { break-inside: avoid; }
@media print { :root { color-scheme: only light; }
  body { background: #fff; font-size: 11pt; padding: 0; max-width: none; }
  .line i { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


def result_html(house: House, *, actor: Actor, now: datetime) -> str:
    """The actor's own result as a whole HTML page in the language of the sitting."""
    return page_of(result(house, actor=actor, now=now))


def page_of(own: CandidateResult) -> str:
    words = plain_pages(own.language).result
    title = f"{words.title}: {own.person_name}"
    day = say_date(own.finished_at.date(), own.language)
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="muted">{escape(own.job_line)}<br>{escape(put_in(words.made_on, date=day))}</p>',
        f'<p class="trial">{escape(own.trial)}</p>' if own.provisional else "",
        _section(words.strong, own.strong),
        _section(words.support, own.support),
        _section(words.about, own.about),
        _not_scored(own, words),
        _part(words.sure, own.sure, own.fewer, own.compared or (words.provisional if own.provisional else "")),
        _part(words.next, own.next_words, "" if own.growth else put_in(words.questions, contact=own.contact)),
    ]
    return (
        f'<!doctype html>\n<html lang="{own.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(part for part in parts if part)
        + "\n</body>\n</html>\n"
    )


def _section(heading: str, feedback: Sequence[FacetFeedback]) -> str:
    if not feedback:
        return ""
    return f"<h2>{escape(heading)}</h2>\n" + "\n".join(_facet(facet) for facet in feedback)


def _facet(facet: FacetFeedback) -> str:
    low, mid, high = (_at(t) for t in (facet.low, facet.t, facet.high))
    return (
        f"<section><h3>{escape(facet.name)}</h3><p>{escape(facet.text)}</p>"
        f'<div class="line" role="img" aria-label="{escape(facet.band_words)}"><i class="axis"></i>'
        f'<i class="band" style="left:{low:.1f}%;right:{100 - high:.1f}%"></i>'
        f'<i class="dot" style="left:{mid:.1f}%"></i></div>'
        f'<p class="poles muted"><span>{escape(facet.low_pole)}</span>'
        f"<span>{escape(facet.high_pole)}</span></p></section>"
    )


def _not_scored(own: CandidateResult, words: ResultWords) -> str:
    reused = put_in(words.reused, date=say_date(own.reused_on, own.language)) if own.reused_on else ""
    skipped = put_in(words.not_scored, facets=", ".join(own.not_scored)) if own.not_scored else ""
    return "".join(f"<p>{escape(text)}</p>" for text in (skipped, reused) if text)


def _part(heading: str, *texts: str) -> str:
    return f"<h2>{escape(heading)}</h2>\n" + "".join(f"<p>{escape(text)}</p>" for text in texts if text)


def _at(t: float) -> float:
    """Where a T lies on the line, in percent; kept on it."""
    low, high = SHOWN
    return 100 * (min(max(t, low), high) - low) / (high - low)
