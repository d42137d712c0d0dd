"""Who is looking at this page; asked again on every rerun, because a websocket outlives a sign-out."""

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st

from assessment.services.accounts import staff_actor
from assessment.services.actor import Actor
from assessment.services.doors import candidate_actor
from assessment.services.house import the_house

STAFF_COOKIE = "carefit_staff"
CANDIDATE_COOKIE = "carefit_candidate"


def cookies() -> Mapping[str, str]:
    """What the browser sent when this page opened; tests put their own in place of it."""
    return st.context.cookies


def staff_or_none() -> Actor | None:
    return staff_actor(the_house(), staff_token(), now=datetime.now(UTC))


def staff_token() -> str | None:
    """What tells which session of the staff this is."""
    return cookies().get(STAFF_COOKIE)


def candidate_or_none() -> Actor | None:
    return candidate_actor(the_house(), cookies().get(CANDIDATE_COOKIE), now=datetime.now(UTC))


def current_staff() -> Actor:
    """Whoever is signed in; the page ends with a link to sign in when nobody is."""
    actor = staff_or_none()
    if actor is None:
        say_who_may_come_in()
        st.stop()
    return actor


def current_candidate() -> Actor:
    """The candidate this browser remembers; the page ends with a word about the link when there is none."""
    actor = candidate_or_none()
    if actor is None:
        say_who_may_come_in()
        st.stop()
    return actor


def say_who_may_come_in() -> None:
    """For a candidate whose link has ended and for staff who are not signed in; we do not know which it is."""
    st.html(
        '<div class="cf cf-head"><h1>Please open your link again</h1></div><div class="cf">'
        "<p>If you answer questions about a job, open the link in your message once more. "
        "What you filled in is saved.</p>"
        '<p lang="es">Si responde preguntas sobre un puesto, abra otra vez el enlace de su mensaje. '
        "Lo que ya respondió está guardado.</p>"
        '<p>If you work here, <a href="/login" target="_self">sign in</a>.</p></div>'
    )
