"""What the questionnaire in the browser calls: read the sitting, save answers, hand in."""

import json
from collections.abc import Sequence
from typing import Annotated, Any, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, ValidationError
from starlette.responses import JSONResponse, Response

from assessment.errors import (
    AnswerError,
    AssessmentError,
    ClosedError,
    IncompleteError,
    NotAllowedError,
    SheetError,
    SignInError,
)
from assessment.services.answers import HIGHEST_REV, MOST_ANSWERS, Answer, save_answers, submit
from assessment.services.sitting import look
from assessment.web.session import candidate_of
from assessment.web.work import MOST_BYTES, Asked, TooLargeError, note_bug

Body = TypeVar("Body", bound=BaseModel)

_EXPECTED: dict[int | str, str] = {
    "item": "`item` is the id of a field, as text",
    "value": "`value` is a whole number, the letter of an option, or null",
    "rev": f"`rev` is a whole number from 1 to {HIGHEST_REV}",
    "ms": "`ms` is a whole number of milliseconds, 0 or more",
}


class Tap(BaseModel):
    """One answer as it comes over the wire: true is not 1, and 4.0 is not 4."""

    model_config = ConfigDict(extra="forbid")

    item: StrictStr = Field(max_length=64)
    value: StrictInt | Annotated[StrictStr, Field(max_length=8)] | None
    rev: Annotated[StrictInt, Field(ge=1, le=HIGHEST_REV)]
    ms: Annotated[StrictInt, Field(ge=0, le=HIGHEST_REV)] | None = None


class Taps(BaseModel):
    """`sitting`, when given, must be the one of the cookie: a link opened in another tab changes the cookie."""

    model_config = ConfigDict(extra="forbid")

    answers: list[Tap] = Field(min_length=1, max_length=MOST_ANSWERS)
    sitting: StrictStr | None = None


class HandIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    skip: Annotated[bool, Field(strict=True)] = False
    sitting: StrictStr | None = None


def read_sitting(asked: Asked) -> Response:
    actor = candidate_of(asked.request, asked.house, now=asked.now)
    sitting = look(asked.house, actor=actor, now=asked.now)
    more = _ahead(sitting.next, sitting.about) if sitting.adaptive else {}
    return JSONResponse(
        {
            "sitting": sitting.id,
            "status": sitting.status,
            "form": sitting.form.id,
            "items": list(sitting.form.fields()),
            "answers": dict(sitting.answers),
            "revs": dict(sitting.revs),
            "left": sitting.left,
            **more,
        }
    )


def post_answers(asked: Asked) -> Response:
    _of_our_page(asked)
    actor = candidate_of(asked.request, asked.house, now=asked.now)
    taps = _read(Taps, asked.body)
    _same_sitting(taps.sitting, actor.sitting_id)
    answers = [Answer(tap.item, tap.value, tap.rev, tap.ms) for tap in taps.answers]
    kept = save_answers(asked.house, answers, actor=actor, now=asked.now)
    saved = [{"item": s.item, "value": s.value, "rev": s.rev} for s in kept.saved]
    more = _ahead(kept.ahead.fields, kept.ahead.about) if kept.adaptive else {}
    return JSONResponse({"saved": saved, "left": kept.left, **more})


def post_submit(asked: Asked) -> Response:
    _of_our_page(asked)
    actor = candidate_of(asked.request, asked.house, now=asked.now)
    hand_in = _read(HandIn, asked.body) if asked.body.strip() else HandIn()
    _same_sitting(hand_in.sitting, actor.sitting_id)
    submit(asked.house, actor=actor, now=asked.now, skip=hand_in.skip)
    return JSONResponse({"status": "submitted"})


def say_error(_: Asked, error: Exception) -> Response:
    """Every refusal as `{"error": …}`; 422 names the item or what is missing."""
    more: dict[str, object] = {}
    match error:
        case TooLargeError():
            return JSONResponse({"error": f"found more than {MOST_BYTES // 1024} KB; send less at once"}, 413)
        case SignInError():
            status = 401
        case ClosedError():
            status = 409
        case NotAllowedError():
            status = 403
        case AnswerError():
            status, more = 422, {"item": error.item}
        case IncompleteError():
            status, more = 422, {"missing": list(error.missing)}
        case AssessmentError():
            status = 422
        case _:
            id_ = note_bug(error)
            return JSONResponse({"error": f"Something went wrong on our side. Nothing was lost. Number {id_}."}, 500)
    return JSONResponse({"error": str(error), **more}, status)


def _ahead(fields: Sequence[str], about: int) -> dict[str, object]:
    """Where a sitting stops when enough is known: what is still asked, in order, and about how many of it will come."""
    return {"next": list(fields), "about": about}


def _of_our_page(asked: Asked) -> None:
    """A form on another site cannot send this header."""
    if asked.request.headers.get("x-requested-with") != "carefit":
        raise NotAllowedError("send the header X-Requested-With: carefit")


def _same_sitting(named: str | None, own: str | None) -> None:
    if named is not None and named != own:
        raise SignInError("These answers belong to another link. Please open your own link again.")


def _read(model: type[Body], body: bytes) -> Body:
    try:
        data = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise SheetError("the body is not JSON; send an object in UTF-8") from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
        _refuse(data, problem["loc"], problem["msg"])


def _refuse(data: Any, where: tuple[int | str, ...], words: str) -> NoReturn:
    """Name the answer that is wrong by its item, so that the page can set it aside."""
    if len(where) >= 2 and where[0] == "answers" and isinstance(where[1], int):
        tap = data["answers"][where[1]]
        item = tap.get("item") if isinstance(tap, dict) else None
        name = item if isinstance(item, str) else f"answer {where[1] + 1}"
        raise AnswerError(_sendable(name), _EXPECTED.get(where[2], words) if len(where) > 2 else words)
    raise SheetError(f"{'.'.join(map(str, where)) or 'the body'}: {words}")


def _sendable(text: str) -> str:
    """Half a character of a pair cannot be written as UTF-8."""
    return text[:80].encode("utf-8", "replace").decode()


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
