"""What an applicant tracking system calls, with a token of its organisation."""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from assessment.errors import (
    AssessmentError,
    ClosedError,
    NotAllowedError,
    SheetError,
    SignInError,
    TooOftenError,
    UnknownIdError,
)
from assessment.services import tracking_system as services
from assessment.services.actor import Actor
from assessment.services.api_tokens import token_actor
from assessment.services.tracking_system import Assessment
from assessment.services.vacancies import Vacancy, vacancy
from assessment.web.ats_models import (
    KEY,
    AssessmentAnswer,
    AssessmentsAnswer,
    AssessmentsAsked,
    Given,
    Order,
    OrderedAnswer,
    Page,
    ResultAnswer,
    VacanciesAnswer,
    VacancyAnswer,
)
from assessment.web.rate_limit import RateLimit
from assessment.web.work import MOST_BYTES, Asked, TooLargeError, note_bug

PER_MINUTE = 600
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
Sent = TypeVar("Sent", bound=BaseModel)
_limit = RateLimit(PER_MINUTE)
_KEY = re.compile(KEY)
_NUMBER = re.compile(r"[0-9]{1,6}")


def list_vacancies(asked: Asked) -> Response:
    actor = _caller(asked)
    page = _query(Page, asked)
    found, after = services.vacancies_listed(
        asked.house, after=page.after, limit=page.limit, actor=actor, now=asked.now
    )
    return _say(VacanciesAnswer(vacancies=[_vacancy(v) for v in found], next=after))


def one_vacancy(asked: Asked) -> Response:
    actor = _caller(asked)
    _query(_Nothing, asked)
    return _say(_vacancy(vacancy(asked.house, asked.path["vacancy"], actor=actor, now=asked.now)))


def order(asked: Asked) -> Response:
    """201 for a new assessment; 200 for the one that was ordered under this key before."""
    actor = _caller(asked)
    _query(_Nothing, asked)
    key = asked.request.headers.get("idempotency-key", "")
    if not _KEY.fullmatch(key):
        raise SheetError("send a header Idempotency-Key, new for each order: 1 to 200 letters, digits or signs")
    sent = _body(Order, asked)
    wanted = services.Order(sent.name, sent.email, sent.language, sent.external_id)
    ordered = services.order_assessment(asked.house, asked.path["vacancy"], wanted, key=key, actor=actor, now=asked.now)
    answer = OrderedAnswer(**_assessment(asked, ordered.assessment).model_dump(), personal_link=ordered.link)
    return _say(answer, status=201 if ordered.made else 200)


def list_assessments(asked: Asked) -> Response:
    actor = _caller(asked)
    page = _query(AssessmentsAsked, asked)
    found, after = services.assessments(
        asked.house,
        external_id=page.external_id,
        vacancy_id=page.vacancy_id,
        after=page.after,
        limit=page.limit,
        actor=actor,
        now=asked.now,
    )
    return _say(AssessmentsAnswer(assessments=[_assessment(asked, a) for a in found], next=after))


def one_assessment(asked: Asked) -> Response:
    actor = _caller(asked)
    _query(_Nothing, asked)
    return _say(
        _assessment(asked, services.assessment(asked.house, asked.path["assessment"], actor=actor, now=asked.now))
    )


def result(asked: Asked) -> Response:
    actor = _caller(asked)
    _query(_Nothing, asked)
    of, found = services.fetch_result(asked.house, asked.path["assessment"], actor=actor, now=asked.now)
    whose = {"assessment_id": of.id, "external_id": of.external_id}
    return _say(ResultAnswer.model_validate({**vars(found), **whose}))


def nothing_here(known: Sequence[BaseRoute]) -> Callable[[Asked], Response]:
    """What any other address under /api/v1/ says: another method, or nothing there."""

    def answer(asked: Asked) -> Response:
        here = [r for r in known if isinstance(r, Route) and r.path_regex.match(asked.request.url.path)]
        allowed = sorted({method for route in here for method in route.methods or ()})
        if allowed:
            words = f"found {asked.request.method}; this address takes {', '.join(allowed)}"
            return JSONResponse({"error": words}, 405, {"Allow": ", ".join(allowed)})
        return JSONResponse({"error": "there is nothing at this address; see /api/v1/openapi.json"}, 404)

    return answer


def say_error(_: Asked, error: Exception) -> Response:
    """Every refusal as `{"error": …}`."""
    headers: dict[str, str] = {}
    match error:
        case TooLargeError():
            return JSONResponse({"error": f"found more than {MOST_BYTES // 1024} KB; send less at once"}, 413)
        case SignInError():
            status, headers = 401, {"WWW-Authenticate": "Bearer"}
        case TooOftenError():
            status, headers = 429, {"Retry-After": str(error.retry_after)}
        case ClosedError():
            status = 409
        case NotAllowedError():
            status = 403
        case UnknownIdError():
            status = 404
        case AssessmentError():
            status = 422
        case _:
            return JSONResponse({"error": f"Something went wrong on our side. Number {note_bug(error)}."}, 500)
    return JSONResponse({"error": str(error)}, status, headers)


class _Nothing(BaseModel, extra="forbid"):
    """An address that takes no query."""


def _caller(asked: Asked) -> Actor:
    """Whom the token speaks for; every call of a known token is counted."""
    scheme, _, token = asked.request.headers.get("authorization", "").partition(" ")
    actor = token_actor(asked.house, token.strip(), now=asked.now) if scheme.casefold() == "bearer" else None
    if actor is None:
        raise SignInError("send a header Authorization: Bearer, with a token from Settings that was not revoked")
    _limit.take(actor.label, now=asked.now)
    return actor


def _query(model: type[Sent], asked: Asked) -> Sent:
    """The query, each name once: a misspelt filter is refused, not passed over."""
    pairs = asked.request.query_params.multi_items()
    given: dict[str, Any] = dict(pairs)
    if len(given) < len(pairs):
        raise SheetError("the query names something twice")
    if _NUMBER.fullmatch(given.get("limit", "")):
        given["limit"] = int(given["limit"])
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise SheetError(_problem(error)) from None


def _body(model: type[Sent], asked: Asked) -> Sent:
    kind = asked.request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind != "application/json":
        raise SheetError("send Content-Type: application/json")
    try:
        return model.model_validate_json(asked.body)
    except ValidationError as error:
        raise SheetError(_problem(error)) from None


def _problem(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"])[:80].encode("utf-8", "replace").decode()
    return f"{where or 'the body'}: {first['msg']}"


def _vacancy(found: Vacancy) -> VacancyAnswer:
    return VacancyAnswer(
        id=found.id,
        role=found.role,
        title=found.title,
        site=found.site,
        hours=found.hours,
        pay=found.pay,
        open=found.closed_at is None,
        profile_version=found.profile.version,
        invited=found.counts.invited,
        started=found.counts.started,
        finished=found.counts.finished,
        created_at=found.created_at,
        closed_at=found.closed_at,
    )


def _assessment(asked: Asked, found: Assessment) -> AssessmentAnswer:
    here = f"{asked.house.base_url}/api/v1/assessments/{found.id}"
    return AssessmentAnswer.model_validate({**vars(found), "status_url": here, "result_url": f"{here}/result"})


def _say(answer: Given, *, status: int = 200) -> Response:
    return Response(answer.model_dump_json(), status, media_type="application/json")
