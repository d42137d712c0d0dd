"""The two cookies: who of the staff is signed in, and which candidate came in by a link."""

from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from assessment.errors import SignInError
from assessment.services.accounts import staff_actor
from assessment.services.actor import Actor
from assessment.services.doors import candidate_actor
from assessment.services.house import House

STAFF = "carefit_staff"
CANDIDATE = "carefit_candidate"
REMEMBERED = timedelta(days=14)  # as long as a link is good


def staff_of(request: Request, house: House, *, now: datetime) -> Actor:
    """Whoever is signed in here.

    Raises
    ------
    SignInError : nobody is
    """
    actor = staff_actor(house, request.cookies.get(STAFF), now=now)
    if actor is None:
        raise SignInError("Please sign in first.")
    return actor


def candidate_of(request: Request, house: House, *, now: datetime) -> Actor:
    """The candidate this browser remembers.

    Raises
    ------
    SignInError : none, or the link has ended
    """
    actor = candidate_actor(house, request.cookies.get(CANDIDATE), now=now)
    if actor is None:
        raise SignInError("Please open your personal link again.")
    return actor


def remember(response: Response, cookie: str, value: str, *, house: House, long: bool = False) -> None:
    """Set a cookie that no script can read; `long` outlives the browser's closing."""
    response.set_cookie(
        cookie,
        value,
        max_age=int(REMEMBERED.total_seconds()) if long else None,
        path="/",
        secure=house.secure,
        httponly=True,
        samesite="lax",
    )


def forget(response: Response, cookie: str, *, house: House) -> None:
    response.delete_cookie(cookie, path="/", secure=house.secure, httponly=True, samesite="lax")
