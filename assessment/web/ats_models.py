"""What goes over the wire between us and an applicant tracking system; the OpenAPI document is made of these."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr

from assessment.services.tracking_system import MOST_AT_ONCE

ID = r"^[0-9a-f]{32}$"
KEY = r"^[\x21-\x7e]{1,200}$"
_CONTROL = r"\x00-\x1f\x7f-\x9f"  # no part of a name
_BLANK = rf"\s\ufeff{_CONTROL}"  # one set for engines that differ on what \s is
_SEEN = f"[^{_CONTROL}]"
_PART = f"[^.@{_BLANK}]+"  # of the domain of an e-mail
_Id = Annotated[str, Field(pattern=ID, description="32 hexadecimal digits")]


class Sent(BaseModel):
    """What comes in: nothing that is not named here, and text stays text."""

    model_config = ConfigDict(extra="forbid")


class Order(Sent):
    """One person to invite to a vacancy."""

    name: Annotated[
        StrictStr,
        Field(max_length=200, pattern=f"^{_SEEN}*[^{_BLANK}]{_SEEN}*$", description="As it is written."),
    ]
    email: (
        Annotated[
            StrictStr,
            Field(max_length=200, pattern=rf"^[^@{_BLANK}]+@{_PART}(\.{_PART})+$"),
        ]
        | None
    ) = Field(
        None,
        description="Somebody with an e-mail that is known is the same person and keeps one file. Null: none.",
    )
    language: Annotated[StrictStr, Field(max_length=8, description="In which the person is asked.")]
    external_id: Annotated[StrictStr, Field(min_length=1, max_length=100, pattern=rf"^{_SEEN}+$")] | None = Field(
        None, description="What your system calls this application; no name. Assessments are found by it."
    )


class Page(Sent):
    """Which part of a list."""

    after: _Id | None = Field(None, description="What the page before gave as next.")
    limit: Annotated[StrictInt, Field(ge=1, le=MOST_AT_ONCE, description="How many at most.")] = 50


class AssessmentsAsked(Page):
    external_id: Annotated[str, Field(min_length=1, max_length=100, pattern=rf"^{_SEEN}+$")] | None = Field(
        None, description="Only those with this external_id."
    )
    vacancy_id: _Id | None = Field(None, description="Only those of this vacancy.")


class Given(BaseModel):
    """What goes out, taken from the attributes of what the services computed."""

    model_config = ConfigDict(from_attributes=True)


class ErrorAnswer(Given):
    """What was found, what was expected, what to do."""

    error: str


class VacancyAnswer(Given):
    """An opening. `finished`: people who have handed in."""

    id: _Id
    role: str
    title: str
    site: str
    hours: str
    pay: str
    open: bool
    profile_version: str
    invited: int
    started: int
    finished: int
    created_at: datetime
    closed_at: datetime | None


class VacanciesAnswer(Given):
    """Oldest first. `next`: give it as `after` for the next page; null at the end."""

    vacancies: list[VacancyAnswer]
    next: _Id | None


class AssessmentAnswer(Given):
    """How far one person is. `status` is about the questionnaire, `stage` about the whole application."""

    id: _Id
    vacancy_id: _Id
    external_id: str | None
    status: Literal["invited", "started", "finished", "expired", "withdrawn"]
    stage: Literal[
        "invited",
        "answering",
        "to_read",
        "interview",
        "decision",
        "offer",
        "hired",
        "not_taken",
        "withdrawn",
        "redirected",
    ]
    stage_since: datetime
    language: str
    ordered_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    expires_at: datetime
    status_url: str
    result_url: str


class OrderedAnswer(AssessmentAnswer):
    """The assessment with the person's own link. Give the link to this person only; null once it is no longer good."""

    personal_link: str | None


class AssessmentsAnswer(Given):
    """Oldest first. `next`: give it as `after` for the next page; null at the end."""

    assessments: list[AssessmentAnswer]
    next: _Id | None


class FitAnswer(Given):
    """Fit of a part, 0 to 100, with the ends of its 80 % interval. weight_measured is a share, 0 to 1."""

    fit: float | None
    low80: float | None
    high80: float | None
    weight_measured: float


class FacetAnswer(Given):
    """T has mean 50 and SD 10 in the norm group; sem is its standard error; percentile runs 0 to 100."""

    facet: str
    name: str
    t: float | None
    sem: float | None
    percentile: float | None
    percentile_modelled: bool
    reliability: float | None
    band: Literal["in_range", "close", "below", "above", "not_measured"] | None
    range_low: float | None
    range_high: float | None
    norm_group: str
    norm_version: str


class BasisAnswer(Given):
    """The versions behind the numbers. Norms of kind provisional rest on nobody: norm_people is 0."""

    questionnaire: str
    questionnaire_version: str
    questionnaire_status: str
    profile: str
    profile_version: str
    profile_status: str
    norm_group: str
    norm_version: str
    norm_kind: Literal["provisional", "local", "published"]
    norm_people: int
    calibration: str | None
    calibration_version: str | None
    calibration_people: int | None


class ResultAnswer(Given):
    """What the sheet came to. Show `note` wherever you show a number: a band opens a talk and closes nothing."""

    assessment_id: _Id
    external_id: str | None
    finished_at: datetime
    use: Literal["development", "one_of_several_grounds"]
    note: str
    band: Literal["in_or_close", "talk", "outside", "not_measured"]
    band_words: str
    advice: str
    named: list[str]
    core: FitAnswer
    signature: FitAnswer
    facets: list[FacetAnswer]
    basis: BasisAnswer
