"""Personal documents, each behind its own check: never through Streamlit's media files, which need no session."""

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from assessment.errors import AssessmentError, SignInError, UnknownIdError
from assessment.services import documents_named, interviews, my_seminars, own_modules, seminars
from assessment.services.doors import door
from assessment.services.invitations import invitation_text, link_of, qr_svg
from assessment.services.paper_form import paper_form_html
from assessment.services.reading import reading
from assessment.services.result_document import result_pdf
from assessment.services.result_page import result_html
from assessment.services.why import why_csv
from assessment.training.module_file import as_yaml
from assessment.web.door_page import bug_page, message_page
from assessment.web.html import page
from assessment.web.session import candidate_of, staff_of
from assessment.web.work import Asked


def my_result(asked: Asked) -> Response:
    """The candidate's own result, to keep."""
    actor = candidate_of(asked.request, asked.house, now=asked.now)
    return _attached(HTMLResponse(result_html(asked.house, actor=actor, now=asked.now)), "carefit-result.html")


def my_result_pdf(asked: Asked) -> Response:
    """The same on paper."""
    actor = candidate_of(asked.request, asked.house, now=asked.now)
    made = result_pdf(asked.house, actor=actor, now=asked.now)
    return _attached(Response(made, media_type=documents_named.PDF), "carefit-result.pdf")


def my_interview(asked: Asked) -> Response:
    """The candidate's interview for their calendar."""
    actor = candidate_of(asked.request, asked.house, now=asked.now)
    return _calendar(interviews.my_calendar(asked.house, actor=actor, now=asked.now))


def staff_interview(asked: Asked) -> Response:
    """The same for the calendar of one who asks."""
    actor = staff_of(asked.request, asked.house, now=asked.now)
    return _calendar(interviews.staff_calendar(asked.house, asked.path["application"], actor=actor, now=asked.now))


def my_seminar(asked: Asked) -> Response:
    """A seminar in which somebody has a place, for their calendar."""
    actor = candidate_of(asked.request, asked.house, now=asked.now)
    body = my_seminars.my_seminar_calendar(asked.house, asked.path["seminar"], actor=actor, now=asked.now)
    return _calendar(body, name="carefit-seminar.ics")


def staff_seminar(asked: Asked) -> Response:
    """The same for the calendar of the staff; nobody's name is on it."""
    actor = staff_of(asked.request, asked.house, now=asked.now)
    body = seminars.seminar_calendar(asked.house, asked.path["seminar"], actor=actor, now=asked.now)
    return _calendar(body, name="carefit-seminar.ics")


def module_file(asked: Asked) -> Response:
    """A training module as a file, to change it and upload it again."""
    actor = staff_of(asked.request, asked.house, now=asked.now)
    found = own_modules.module_file(asked.house, asked.path["module"], actor=actor)
    return _attached(Response(as_yaml(found), media_type="application/yaml; charset=utf-8"), f"{found.id}.yaml")


def paper_form(asked: Asked) -> Response:
    """One person's questionnaire to print and fill in by hand."""
    actor = staff_of(asked.request, asked.house, now=asked.now)
    return HTMLResponse(paper_form_html(asked.house, asked.path["application"], actor=actor))


def why_table(asked: Asked) -> Response:
    """Everything needed to recompute one person's numbers outside."""
    actor = staff_of(asked.request, asked.house, now=asked.now)
    read = reading(asked.house, asked.path["application"], actor=actor, now=asked.now)
    table = why_csv(read, library=asked.house.library)
    return _attached(Response(table, media_type="text/csv; charset=utf-8"), "carefit-why.csv")


def named_document(asked: Asked) -> Response:
    """A document of the staff, under the random name it was given for one account and one hour."""
    actor = staff_of(asked.request, asked.house, now=asked.now)
    made = documents_named.named_document(asked.house, asked.path["name"], actor=actor, now=asked.now)
    response = Response(made.content, media_type=made.media_type)
    where = "inline" if made.media_type == documents_named.PDF else "attachment"
    response.headers["Content-Disposition"] = f'{where}; filename="{made.file_name}"'
    return response


def qr_code(asked: Asked) -> Response:
    actor = staff_of(asked.request, asked.house, now=asked.now)
    url = link_of(asked.house, asked.path["application"], actor=actor, now=asked.now)
    return Response(qr_svg(url), media_type="image/svg+xml")


def letter(asked: Asked) -> Response:
    """The invitation as a letter with a code to photograph, for somebody without e-mail."""
    actor = staff_of(asked.request, asked.house, now=asked.now)
    application = asked.path["application"]
    url = link_of(asked.house, application, actor=actor, now=asked.now)
    text = invitation_text(asked.house, application, actor=actor, now=asked.now)
    return page(
        "letter.html",
        language=door(asked.house, url.rpartition("/")[2], now=asked.now).language,
        letter=text,
        url=url,
        qr=Markup(qr_svg(url)),  # noqa: S704 - drawn by us from our own link
        print_words="Print this page from the menu of your browser. This line is not printed.",
    )


def say_error(_: Asked, error: Exception) -> Response:
    match error:
        case SignInError():
            return message_page("Please sign in", str(error), status=401, link="/login", link_words="Sign in")
        case UnknownIdError():
            return message_page("This is not here", str(error), status=404)
        case AssessmentError():
            return message_page("This cannot be shown now", str(error), status=403)
        case _:
            return bug_page(error)


def _calendar(body: str, *, name: str = "carefit-interview.ics") -> Response:
    return _attached(Response(body, media_type="text/calendar; charset=utf-8; method=REQUEST"), name)


def _attached(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
