"""A candidate's door, and the tablet of the house that people answer on."""

from starlette.responses import RedirectResponse, Response

from assessment.errors import AssessmentError, ClosedError, SignInError, UnknownIdError
from assessment.messages.plain_pages import ClosedDoorWords, PlainPages, plain_page_languages, plain_pages, put_in
from assessment.services.accounts import sign_out
from assessment.services.doors import DoorClosedError, candidate_actor, door, enter, enter_at_kiosk, leave_door
from assessment.services.first_days import lands_on_first_days
from assessment.services.growth_sheet import lands_on_growth
from assessment.services.status import lands_on_status
from assessment.web.html import page
from assessment.web.session import CANDIDATE, STAFF, forget, remember, staff_of
from assessment.web.work import Asked, TooLargeError, note_bug

QUESTIONNAIRE, STATUS, FIRST_DAYS, GROWTH = "/questionnaire", "/status", "/first-days", "/my-growth"


def show_door(asked: Asked) -> Response:
    """One button; mail scanners open links, so looking changes nothing."""
    view = door(asked.house, asked.path["token"], now=asked.now)
    words = plain_pages(view.language).door
    return page(
        "door.html",
        language=view.language,
        words=words,
        handed_in=view.handed_in,
        title=put_in(words.title, organisation=view.organisation),
        job=words.growth if view.growth else put_in(words.job, role=view.role_title),
        made_up=view.made_up,
    )


def open_door(asked: Asked) -> Response:
    """Other tabs of the same sitting stay in; another person's sitting in this browser ends."""
    before = asked.request.cookies.get(CANDIDATE)
    was = candidate_actor(asked.house, before, now=asked.now)
    cookie = enter(asked.house, asked.path["token"], now=asked.now)
    now_is = candidate_actor(asked.house, cookie, now=asked.now)
    if was is not None and was != now_is:
        leave_door(asked.house, before, now=asked.now)
    to = QUESTIONNAIRE
    if now_is is not None and lands_on_growth(asked.house, actor=now_is):
        to = GROWTH
    elif now_is is not None and lands_on_first_days(asked.house, actor=now_is):
        to = FIRST_DAYS
    elif now_is is not None and lands_on_status(asked.house, actor=now_is):
        to = STATUS
    response = RedirectResponse(to, 303)
    remember(response, CANDIDATE, cookie, house=asked.house, long=True)
    return response


def begin_kiosk(asked: Asked) -> Response:
    """Staff hand this browser to a candidate: the staff session ends before the candidate's begins."""
    actor = staff_of(asked.request, asked.house, now=asked.now)
    cookie = enter_at_kiosk(asked.house, asked.path["application"], actor=actor, now=asked.now)
    sign_out(asked.house, asked.request.cookies[STAFF], now=asked.now)
    response = RedirectResponse(QUESTIONNAIRE, 303)
    forget(response, STAFF, house=asked.house)
    remember(response, CANDIDATE, cookie, house=asked.house)
    return response


def end_kiosk(asked: Asked) -> Response:
    """The candidate hands the device back: nothing of theirs is left on it."""
    leave_door(asked.house, asked.request.cookies.get(CANDIDATE), now=asked.now)
    response = closed_page([(p, p.kiosk_over.title, p.kiosk_over.text, "") for p in _both(None)])
    response.headers["Clear-Site-Data"] = '"storage"'
    forget(response, CANDIDATE, house=asked.house)
    return response


def say_error(_: Asked, error: Exception) -> Response:
    """A link that does not open, in English and Spanish, the person's own language first when it is known."""
    match error:
        case DoorClosedError():
            both = _both(error.language)
            parts = [(p, p.taken_back if error.revoked else p.ended) for p in both]
            return closed_page([(p, *_filled(words, error.contact)) for p, words in parts], status=410)
        case UnknownIdError():
            return closed_page([(p, *_filled(p.unknown, "")) for p in _both(None)], status=404)
        case SignInError():
            return message_page("Please sign in", str(error), status=401, link="/login", link_words="Sign in")
        case ClosedError():
            return message_page("This cannot be begun now", str(error), status=409)
        case AssessmentError():
            return message_page("This cannot be done now", str(error), status=403)
        case TooLargeError():
            return message_page("This is too long", "Please go back and send less at once.", status=413)
        case _:
            return bug_page(error)


def bug_page(error: Exception) -> Response:
    return message_page(
        "Something went wrong on our side",
        "Nothing was lost. Please try again. If it goes on, tell the person who runs this app "
        f"the number {note_bug(error)}.",
        status=500,
    )


def message_page(title: str, text: str, *, status: int, link: str = "", link_words: str = "") -> Response:
    return page("message.html", status=status, title=title, text=text, link=link, link_words=link_words)


def closed_page(parts: list[tuple[PlainPages, str, str, str]], *, status: int = 200) -> Response:
    said = [{"language": p.language, "title": title, "text": text, "help": help_} for p, title, text, help_ in parts]
    return page("closed.html", status=status, language=parts[0][0].language, parts=said)


def _both(first: str | None) -> list[PlainPages]:
    languages = sorted(plain_page_languages(), key=lambda language: (language != first, language))
    return [plain_pages(language) for language in languages]


def _filled(words: ClosedDoorWords, contact: str) -> tuple[str, str, str]:
    return words.title, words.text, put_in(words.help, contact=contact)
