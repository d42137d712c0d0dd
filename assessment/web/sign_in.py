"""Staff sign in and out; the very first account is made once."""

from starlette.responses import RedirectResponse, Response

from assessment.errors import AssessmentError, SignInError, TooOftenError
from assessment.services.accounts import needs_set_up, set_up, sign_in, sign_out
from assessment.services.demo import PASSWORD, DemoAccount
from assessment.services.demo import STAFF as DEMO_STAFF
from assessment.web.door_page import bug_page, message_page
from assessment.web.html import page
from assessment.web.session import STAFF, forget, remember
from assessment.web.work import Asked, TooLargeError


def show_login(asked: Asked) -> Response:
    if needs_set_up(asked.house):
        return RedirectResponse("/set-up", 303)
    return _login_page(asked)


def log_in(asked: Asked) -> Response:
    """A right password gives a new session; one that was there ends."""
    form = asked.form()
    token = sign_in(asked.house, form.get("email", ""), form.get("password", ""), address=asked.address, now=asked.now)
    return _signed_in(asked, token)


def log_out(asked: Asked) -> Response:
    if token := asked.request.cookies.get(STAFF):
        sign_out(asked.house, token, now=asked.now)
    response = RedirectResponse("/login", 303)
    forget(response, STAFF, house=asked.house)
    return response


def show_set_up(asked: Asked) -> Response:
    if not needs_set_up(asked.house):
        return RedirectResponse("/login", 303)
    return page("set_up.html", errors={}, values={})


def do_set_up(asked: Asked) -> Response:
    if not needs_set_up(asked.house):
        return message_page(
            "This house is set up already", "Please sign in.", status=403, link="/login", link_words="Sign in"
        )
    form = asked.form()
    errors = _empty_fields(form)
    if not errors and form["password"] != form["again"]:
        errors = {"again": "The two passwords differ. Please type the same one twice."}
    if not errors:
        try:
            set_up(
                asked.house,
                organisation=form["organisation"],
                name=form["name"],
                email=form["email"],
                password=form["password"],
                now=asked.now,
            )
        except AssessmentError as error:
            errors = {_field_of(str(error)): str(error)}
    if errors:
        return page("set_up.html", status=422, errors=errors, values=form)
    return _signed_in(
        asked, sign_in(asked.house, form["email"], form["password"], address=asked.address, now=asked.now)
    )


def say_error(asked: Asked, error: Exception) -> Response:
    match error:
        case TooOftenError():
            response = _login_page(asked, status=429, message=str(error))
            response.headers["Retry-After"] = str(error.retry_after)
            return response
        case SignInError():
            return _login_page(asked, status=401, message=str(error))
        case AssessmentError():
            return message_page("This cannot be done now", str(error), status=403)
        case TooLargeError():
            return message_page("This is too long", "Please go back and write less.", status=413)
        case _:
            return bug_page(error)


def _login_page(asked: Asked, *, status: int = 200, message: str = "") -> Response:
    shown = [DemoAccount(role.replace("_", " ").replace("hr", "HR"), email, PASSWORD) for role, _, email in DEMO_STAFF]
    values = {"email": asked.form().get("email", "")[:200]}
    return page(
        "login.html", status=status, message=message, values=values, demo_accounts=shown if asked.house.demo else []
    )


def _signed_in(asked: Asked, token: str) -> Response:
    if before := asked.request.cookies.get(STAFF):
        sign_out(asked.house, before, now=asked.now)
    response = RedirectResponse("/", 303)
    remember(response, STAFF, token, house=asked.house)
    return response


def _empty_fields(form: dict[str, str]) -> dict[str, str]:
    asked_for = {
        "organisation": "Please write the name of your organisation.",
        "name": "Please write your name.",
        "email": "Please write your e-mail.",
        "password": "Please choose a password.",
        "again": "Please type the password again.",
    }
    return {field: words for field, words in asked_for.items() if not form.get(field, "").strip()}


def _field_of(message: str) -> str:
    """The field a refusal speaks of, so that it can stand beside it."""
    said = message.casefold()
    named = {"password": "password", "e-mail": "email", "email": "email", "organisation": "organisation"}
    return next((field for word, field in named.items() if word in said), "name")
