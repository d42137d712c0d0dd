"""The OpenAPI document of what an applicant tracking system calls, made of the models that are checked against."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.responses import JSONResponse, Response

from assessment.services.house import House
from assessment.web.ats_api import PER_MINUTE
from assessment.web.ats_models import (
    ID,
    KEY,
    AssessmentAnswer,
    AssessmentsAnswer,
    AssessmentsAsked,
    ErrorAnswer,
    Order,
    OrderedAnswer,
    Page,
    ResultAnswer,
    VacanciesAnswer,
    VacancyAnswer,
)
from assessment.web.html import page
from assessment.web.work import MOST_BYTES, Asked

VERSION = "1.0"
_ANSWERS: tuple[type[BaseModel], ...] = (
    ErrorAnswer,
    VacancyAnswer,
    VacanciesAnswer,
    AssessmentAnswer,
    AssessmentsAnswer,
    OrderedAnswer,
    ResultAnswer,
)
_ABOUT = (
    "Order an assessment for a person, follow it, fetch what it came to. Tokens are made by an administrator under "
    "Settings and belong to one organisation; what belongs to another is not there (404). A person decides: fetch a "
    "result to plan a talk, show its note beside it, and never take or refuse anybody by it."
)
_REFUSALS = {
    400: "The address in the Host header is not ours.",
    401: "No token, or one that is unknown or revoked.",
    403: "Not allowed: the token may only read, the sign-off is missing, or the call came from a page of another site.",
    404: "Nothing of your organisation has this id.",
    409: "Not as things are: closed, ordered already, the key used for another order, or not handed in.",
    413: f"The body has more than {MOST_BYTES // 1024} KB.",
    422: "Something was sent that is not understood; the message says what.",
    429: f"More than {PER_MINUTE} calls a minute with this token. Retry-After says how many seconds to wait.",
}
_ALWAYS = (400, 401, 422, 429)


def serve_document(asked: Asked) -> Response:
    return JSONResponse(document(asked.house))


def serve_page(asked: Asked) -> Response:
    """The same for people, without a script."""
    return page("api.html", document=document(asked.house))


def document(house: House) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Carefit for applicant tracking systems", "version": VERSION, "description": _ABOUT},
        "servers": [{"url": house.base_url}],
        "security": [{"token": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(house.library.languages()),
        },
    }


def _paths() -> dict[str, Any]:
    vacancy, assessment = _id("vacancy"), _id("assessment")
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "New for each order. The same key with the same order gives the same assessment, as often as you like.",
        "schema": {"type": "string", "pattern": KEY},
    }
    return {
        "/api/v1/vacancies": {
            "get": _operation("listVacancies", "Openings, oldest first", VacanciesAnswer, query=Page, refusals=(404,))
        },
        "/api/v1/vacancies/{vacancy}": {
            "parameters": [vacancy],
            "get": _operation("getVacancy", "One opening", VacancyAnswer, refusals=(404,)),
        },
        "/api/v1/vacancies/{vacancy}/assessments": {
            "parameters": [vacancy],
            "post": {
                **_operation(
                    "orderAssessment",
                    "Order an assessment of one person",
                    OrderedAnswer,
                    parameters=[key],
                    made="Made now. Nobody is written to by this call: pass the personal link on.",
                    said="This key was used before; the same assessment again.",
                    refusals=(403, 404, 409, 413),
                ),
                "requestBody": {"required": True, "content": _json(Order)},
            },
        },
        "/api/v1/assessments": {
            "get": _operation(
                "listAssessments",
                "Assessments, oldest first",
                AssessmentsAnswer,
                query=AssessmentsAsked,
                refusals=(404,),
            )
        },
        "/api/v1/assessments/{assessment}": {
            "parameters": [assessment],
            "get": _operation("getAssessment", "How far one person is", AssessmentAnswer, refusals=(404,)),
        },
        "/api/v1/assessments/{assessment}/result": {
            "parameters": [assessment],
            "get": _operation(
                "getResult",
                "What one sheet came to; that it was fetched is kept in the event log",
                ResultAnswer,
                refusals=(404, 409),
            ),
        },
    }


def _operation(
    id_: str,
    summary: str,
    answer: type[BaseModel],
    *,
    query: type[BaseModel] | None = None,
    parameters: list[dict[str, Any]] | None = None,
    said: str = "As asked.",
    made: str = "",
    refusals: tuple[int, ...] = (),
) -> dict[str, Any]:
    responses: dict[str, Any] = {"200": {"description": said, "content": _json(answer)}}
    if made:
        responses["201"] = {"description": made, "content": _json(answer)}
    for status in sorted({*_ALWAYS, *refusals}):
        responses[str(status)] = {"description": _REFUSALS[status], "content": _json(ErrorAnswer)}
    responses["429"]["headers"] = {"Retry-After": {"required": True, "schema": {"type": "integer", "minimum": 1}}}
    responses["401"]["headers"] = {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}}
    return {
        "operationId": id_,
        "summary": summary,
        "parameters": [*(parameters or []), *(_query(query) if query else [])],
        "responses": responses,
    }


def _query(model: type[BaseModel]) -> list[dict[str, Any]]:
    schema = model.model_json_schema()
    return [
        {"name": name, "in": "query", "required": False, **_described(own)}
        for name, own in schema["properties"].items()
    ]


def _described(own: Mapping[str, Any]) -> dict[str, Any]:
    """A field of a query as a parameter: what is null in the model is absent in the address."""
    kinds = [kind for kind in own.get("anyOf", [own]) if kind.get("type") != "null"]
    plain = {key: value for key, value in kinds[0].items() if key not in ("title", "description")}
    return {"description": own.get("description", ""), "schema": plain}


def _id(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": ID}}


def _json(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}}


def _schemas(languages: tuple[str, ...]) -> dict[str, Any]:
    _, made = models_json_schema(
        [(Order, "validation"), *((model, "serialization") for model in _ANSWERS)],
        ref_template="#/components/schemas/{model}",
    )
    schemas: dict[str, Any] = made["$defs"]
    schemas["Order"]["properties"]["language"]["enum"] = list(languages)
    return schemas
