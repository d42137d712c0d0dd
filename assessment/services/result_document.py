"""The candidate's own result as a PDF to keep, in the words of the page."""

from collections.abc import Sequence
from datetime import datetime

from assessment.messages.plain_pages import plain_pages, put_in, say_date
from assessment.reports.pdf import Imprint, pdf
from assessment.reports.result_sheet import ResultFacet, ResultSheet
from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.result import CandidateResult, FacetFeedback, result


def result_pdf(house: House, *, actor: Actor, now: datetime) -> bytes:
    """The actor's own result, from the moment it was handed in, in the language of the sitting."""
    own = result(house, actor=actor, now=now)
    sheet = result_sheet(own)
    imprint = Imprint(
        sheet.title, language=own.language, footer=f"{own.organisation} · {sheet.made_on}", page_of="{page} / {pages}"
    )
    return pdf("result", sheet, imprint, now=now)


def result_sheet(own: CandidateResult) -> ResultSheet:
    words = plain_pages(own.language).result
    reused = put_in(words.reused, date=say_date(own.reused_on, own.language)) if own.reused_on else ""
    skipped = put_in(words.not_scored, facets=", ".join(own.not_scored)) if own.not_scored else ""
    compared = own.compared or (words.provisional if own.provisional else "")
    return ResultSheet(
        title=f"{words.title}: {own.person_name}",
        job=own.job_line,
        made_on=put_in(words.made_on, date=say_date(own.finished_at.date(), own.language)),
        trial=own.trial if own.provisional else "",
        sections=(
            (words.strong, _facets(own.strong)),
            (words.support, _facets(own.support)),
            (words.about, _facets(own.about)),
        ),
        remarks=tuple(text for text in (skipped, reused) if text),
        parts=(
            (words.sure, tuple(text for text in (own.sure, own.fewer, compared) if text)),
            (
                words.next,
                (own.next_words,) if own.growth else (own.next_words, put_in(words.questions, contact=own.contact)),
            ),
        ),
    )


def _facets(feedback: Sequence[FacetFeedback]) -> tuple[ResultFacet, ...]:
    return tuple(
        ResultFacet(f.name, f.text, f.band_words, f.low_pole, f.high_pole, f.t, f.low, f.high) for f in feedback
    )
