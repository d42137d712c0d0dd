"""Every address beside the screens, in one list."""

from collections.abc import Callable

from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from assessment.web import api, ats_api, ats_document, door_page, downloads, exports, outcome_files, peer_page, sign_in
from assessment.web.work import Answering, Asked, in_thread


def healthz(_: Asked) -> Response:
    """The process lives."""
    return JSONResponse({"status": "ok"})


def readyz(asked: Asked) -> Response:
    """The database answers and has the newest tables."""
    ready = asked.house.database.ready()
    return JSONResponse({"status": "ok" if ready else "not ready"}, 200 if ready else 503)


def routes() -> list[BaseRoute]:
    return [
        _route("GET", "/healthz", healthz, api.say_error),
        _route("GET", "/readyz", readyz, api.say_error),
        *_api(),
        _route("GET", "/i/{token:path}", door_page.show_door, door_page.say_error),
        _route("POST", "/i/{token:path}", door_page.open_door, door_page.say_error),
        _route("GET", "/p/{token:path}", peer_page.show_peer, peer_page.say_error),
        _route("POST", "/p/{token:path}", peer_page.save_peer, peer_page.say_error),
        _route("POST", "/kiosk/done", door_page.end_kiosk, door_page.say_error),
        _route("POST", "/kiosk/{application}", door_page.begin_kiosk, door_page.say_error),
        _route("GET", "/login", sign_in.show_login, sign_in.say_error),
        _route("POST", "/login", sign_in.log_in, sign_in.say_error, slow=True),
        _route("POST", "/logout", sign_in.log_out, sign_in.say_error),
        _route("GET", "/set-up", sign_in.show_set_up, sign_in.say_error),
        _route("POST", "/set-up", sign_in.do_set_up, sign_in.say_error, slow=True),
        _route("GET", "/my/result.html", downloads.my_result, downloads.say_error),
        _route("GET", "/my/interview.ics", downloads.my_interview, downloads.say_error),
        _route("GET", "/staff/interview/{application}.ics", downloads.staff_interview, downloads.say_error),
        _route("GET", "/my/seminar/{seminar}.ics", downloads.my_seminar, downloads.say_error),
        _route("GET", "/staff/seminar/{seminar}.ics", downloads.staff_seminar, downloads.say_error),
        _route("GET", "/staff/module/{module}.yaml", downloads.module_file, downloads.say_error),
        _route("GET", "/my/result.pdf", downloads.my_result_pdf, downloads.say_error),
        _route("GET", "/staff/why/{application}.csv", downloads.why_table, downloads.say_error),
        *(
            _route("GET", f"/staff/export/{{vacancy}}.{kind}", exports.vacancy_export(kind), downloads.say_error)
            for kind in ("json", "csv", "zip")
        ),
        _route("GET", "/staff/outcomes.csv", outcome_files.as_csv, downloads.say_error),
        _route("GET", "/staff/outcomes.xlsx", outcome_files.as_workbook, downloads.say_error),
        _route("GET", "/staff/outcomes-to-fill-in.csv", outcome_files.sample, downloads.say_error),
        _route("GET", "/staff/documents/{name}", downloads.named_document, downloads.say_error),
        _route("GET", "/staff/paper/{application}.html", downloads.paper_form, downloads.say_error),
        _route("GET", "/staff/qr/{application}.svg", downloads.qr_code, downloads.say_error),
        _route("GET", "/staff/letter/{application}.html", downloads.letter, downloads.say_error),
    ]


def _api() -> list[BaseRoute]:
    """What the questionnaire's page calls, what other systems call, and a plain word at any other address there."""
    ats = ats_api.say_error
    here: list[BaseRoute] = [
        _route("GET", "/api/v1/sitting", api.read_sitting, api.say_error),
        _route("POST", "/api/v1/answers", api.post_answers, api.say_error),
        _route("POST", "/api/v1/submit", api.post_submit, api.say_error),
        _route("GET", "/api", ats_document.serve_page, door_page.say_error),
        _route("GET", "/api/v1/openapi.json", ats_document.serve_document, ats),
        _route("GET", "/api/v1/vacancies", ats_api.list_vacancies, ats),
        _route("GET", "/api/v1/vacancies/{vacancy}", ats_api.one_vacancy, ats),
        _route("POST", "/api/v1/vacancies/{vacancy}/assessments", ats_api.order, ats),
        _route("GET", "/api/v1/assessments", ats_api.list_assessments, ats),
        _route("GET", "/api/v1/assessments/{assessment}", ats_api.one_assessment, ats),
        _route("GET", "/api/v1/assessments/{assessment}/result", ats_api.result, ats),
    ]
    else_ = in_thread(ats_api.nothing_here(here), on_error=ats)
    return [*here, Route("/api/v1/{rest:path}", else_, methods=list(ats_api.METHODS))]


def _route(
    method: str, path: str, answer: Answering, on_error: Callable[[Asked, Exception], Response], *, slow: bool = False
) -> Route:
    return Route(path, in_thread(answer, on_error=on_error, slow=slow), methods=[method])
