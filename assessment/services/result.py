"""What candidates may read about themselves, at once and in plain words.

Each scored facet falls in one of five bands by its T: below 35 well below, 35 to 45 below,
45 to 55 about, 55 to 65 above, from 65 on well above the middle of the comparison group. "What you bring" are the
facets above or well above, "where you may want support" those below or well below, furthest
from the middle first; the rest is "in the middle". Where nothing is above the middle, the
highest facet is named as what the person brings, because everybody brings something. The
role's ranges play no part here: this page is about the person, not about the job.
"""

from dataclasses import dataclass
from datetime import date, datetime

from assessment.errors import NotAllowedError
from assessment.instruments.wording import FeedbackBand, Wording
from assessment.messages.plain_pages import ResultWords, plain_pages, put_in, say_date
from assessment.messages.words import words as words_in
from assessment.roles.library import job_title
from assessment.scoring.standing import Standing
from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.scoring import Scored, scored_sheet
from assessment.services.sitting import own_seen, reply_by
from assessment.storage import sittings as stored
from assessment.storage.clock import moment

CUTS: tuple[tuple[float, FeedbackBand], ...] = ((35, "well_below"), (45, "below"), (55, "about"), (65, "above"))
FIRM = 0.70  # reliability from which feedback on a facet is not called rough


@dataclass(frozen=True)
class FacetFeedback:
    """One facet in words. t, low and high are in T (mean 50, SD 10), low to high the 95 % band."""

    facet: str
    name: str
    band: FeedbackBand
    band_words: str
    text: str
    low_pole: str
    high_pole: str
    t: float
    low: float
    high: float
    rough: bool


@dataclass(frozen=True)
class CandidateResult:
    """What a candidate reads. `provisional`: the form is new, and `trial` says what that means.

    `compared` and `fewer` are sentences: whom they are compared with, and why they got fewer lines than the form has.
    """

    person_name: str
    organisation: str
    contact: str
    role_title: str
    language: str
    strong: tuple[FacetFeedback, ...]
    support: tuple[FacetFeedback, ...]
    about: tuple[FacetFeedback, ...]
    not_scored: tuple[str, ...]
    sure: str
    provisional: bool
    trial: str
    next_words: str
    read_by: date
    finished_at: datetime
    reused_on: date | None
    compared: str
    fewer: str
    job_line: str
    growth: bool  # for the person alone: nobody reads it and nothing comes next


def result(house: House, *, actor: Actor, now: datetime) -> CandidateResult:
    """The result of the actor's own sitting, from the moment it was handed in."""
    with house.database.read() as connection:
        row = own_seen(connection, actor)
        if row.status != "submitted":
            raise NotAllowedError("Your result is here as soon as you have handed in your answers.")
        scored = scored_sheet(connection, row)
        organisation = organisation_in(connection, row.organisation_id)
        earlier = stored.by_id(connection, row.reused_from) if row.reused_from else None
    wording = house.library.wording(scored.instrument.id, row.language)
    words = plain_pages(row.language).result
    strong, support, about = _sorted(
        [_feedback(stood, wording) for facet in scored.form.facets if (stood := scored.standings[facet]).t is not None]
    )
    not_scored = tuple(wording.facets[f].name for f in scored.form.facets if scored.standings[f].t is None)
    finished_at = moment(row.finished_at)
    read_by = reply_by(now, finished_at, organisation)
    statuses = {scored.instrument.status, scored.profile.status}
    return CandidateResult(
        person_name=house.vault.open(row.name_sealed),
        organisation=organisation.name,
        contact=organisation.contact,
        role_title=job_title(row.title, row.role, row.language),
        language=row.language,
        strong=strong,
        support=support,
        about=about,
        not_scored=not_scored,
        sure=words.sure_text,
        provisional=scored.norms.kind == "provisional" or statuses != {"in_use"},
        trial=words_in(row.language).growth["trial"] if row.purpose == "growth" else wording.notice.trial,
        next_words=words.growth_next
        if row.purpose == "growth"
        else put_in(words.next_text, organisation=organisation.name, date=say_date(read_by, row.language)),
        read_by=read_by,
        finished_at=finished_at,
        reused_on=moment(earlier.finished_at).date() if earlier else None,
        compared=put_in(words.compared, n=f"{scored.calibrated.n:,}") if scored.calibrated else "",
        fewer=_fewer(scored, words) if row.adaptive else "",
        job_line=put_in(
            words.growth_job if row.purpose == "growth" else words.role,
            role=job_title(row.title, row.role, row.language),
            organisation=organisation.name,
        ),
        growth=row.purpose == "growth",
    )


def _fewer(scored: Scored, words: ResultWords) -> str:
    lines, given = len(scored.form.items), sum(id_ in scored.answers for id_ in scored.form.items)
    return put_in(words.fewer, n=given, all=lines) if len(scored.asked) < lines else ""


def band_of(t: float) -> FeedbackBand:
    return next((band for cut, band in CUTS if t < cut), "well_above")


def _feedback(stood: Standing, wording: Wording) -> FacetFeedback:
    t, sem = stood.t or 0.0, stood.sem or 0.0
    words, band = wording.facets[stood.facet], band_of(t)
    return FacetFeedback(
        facet=stood.facet,
        name=words.name,
        band=band,
        band_words=wording.bands[band],
        text=words.feedback[band],
        low_pole=words.low_pole,
        high_pole=words.high_pole,
        t=t,
        low=t - 1.96 * sem,
        high=t + 1.96 * sem,
        rough=(stood.reliability or 0.0) < FIRM,
    )


def _sorted(
    feedback: list[FacetFeedback],
) -> tuple[tuple[FacetFeedback, ...], tuple[FacetFeedback, ...], tuple[FacetFeedback, ...]]:
    """Strong, support, about: by band, furthest from the middle first."""
    by_distance = sorted(feedback, key=lambda f: -abs(f.t - 50))
    strong = [f for f in by_distance if f.band in ("above", "well_above")]
    if not strong and feedback:
        strong = [max(feedback, key=lambda f: f.t)]
    rest = [f for f in by_distance if f not in strong]
    support = [f for f in rest if f.band in ("below", "well_below")]
    return tuple(strong), tuple(support), tuple(f for f in rest if f.band == "about")
