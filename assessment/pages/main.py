"""Which pages there are, by who is looking; every page checks again for itself."""

from datetime import UTC, datetime
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assessment.pages.parts.candidate_frame import page_of
from assessment.pages.parts.trouble import trouble_shown
from assessment.pages.parts.who import candidate_or_none, staff_or_none
from assessment.services.actor import ROLES, Actor
from assessment.services.house import the_house
from assessment.services.sitting import look

HERE = Path(__file__).parent
NOBODY = HERE / "parts/nobody.py"
FOR_OTHERS = HERE / "parts/for_others.py"
QUESTIONNAIRE, LEAVE, SIMPLE, STATUS = "questionnaire", "leave", "simple", "status"
AT_WORK = (  # pages of those who work here: url, file
    ("first-days", "first_days"),
    ("this-work", "work"),
    ("learn", "module"),
    ("how-it-goes", "check_in"),
    ("my-growth", "growth"),
)

HR = ("administrator", "hr_manager")
RATERS = (*HR, "interviewer")
LEADS = (*HR, "supervisor")
# url, title, file, in the navigation, whose page it is; services check again
STAFF: tuple[tuple[str, str, str, bool, tuple[str, ...]], ...] = (
    ("", "Today", "hr/today.py", True, HR),
    ("openings", "Openings", "hr/openings.py", True, HR),
    ("candidates", "Candidates", "hr/candidates.py", True, HR),
    ("board", "Board", "hr/board.py", True, HR),
    ("inbox", "Inbox", "hr/inbox.py", True, HR),
    ("slots", "Interviews", "hr/slots.py", True, HR),
    ("interviews", "My interviews", "hr/interviews.py", False, HR),
    ("messages", "Messages", "hr/messages.py", True, HR),
    ("newcomers", "First 90 days", "hr/newcomers.py", True, HR),
    ("training", "Training", "hr/training.py", True, HR),
    ("growth", "Growth", "hr/growth.py", True, HR),
    ("teams", "Teams", "hr/teams.py", True, HR),
    ("outcomes", "Outcomes", "hr/outcomes.py", True, HR),
    ("ledger", "Ledger", "hr/ledger.py", True, HR),
    ("invite", "Invite", "hr/invite.py", False, HR),
    ("profile", "Role profiles", "hr/profile.py", True, HR),
    ("paper", "Paper", "hr/paper.py", False, HR),
    ("health", "Questionnaire health", "hr/health.py", True, HR),
    ("", "My interviews", "hr/interviews.py", True, ("interviewer",)),
    ("slots", "My times", "hr/slots.py", True, ("interviewer",)),
    ("calibration", "Practise rating", "hr/calibration.py", True, ("interviewer",)),
    ("calibration", "Practise rating", "hr/calibration.py", False, HR),
    ("", "My people", "hr/newcomers.py", True, ("supervisor",)),
    ("training", "Training", "hr/training.py", True, ("supervisor",)),
    ("settings", "Settings", "hr/settings.py", True, ROLES),
    ("opening", "Opening", "hr/opening.py", False, HR),
    ("candidate", "Candidate", "hr/candidate.py", False, HR),
    ("compare", "Compare", "hr/compare.py", False, HR),
    ("decision", "Decision", "hr/decision.py", False, HR),
    ("kit", "Interview questions", "hr/kit.py", False, HR),
    ("rate", "Rate a talk", "hr/rate.py", False, RATERS),
    ("ratings", "Ratings of a talk", "hr/ratings.py", False, RATERS),
    ("newcomer", "Newcomer", "hr/newcomer.py", False, LEADS),
    ("check-in", "Check-in", "hr/check_in.py", False, LEADS),
    ("module", "Module", "hr/module.py", False, LEADS),
    ("seminars", "Seminars", "hr/seminars.py", False, LEADS),
    ("outcome", "Rating at day 90", "hr/outcome.py", False, LEADS),
)


def staff_pages(actor: Actor) -> list[StreamlitPage]:
    """The pages of a role; what stands first in its list is also its first page. At the addresses of others it says so."""
    mine = [(url, title, file, shown) for url, title, file, shown, roles in STAFF if actor.role in roles]
    others = dict.fromkeys(url for url, *_ in STAFF if url not in {url for url, *_ in mine})
    own = [
        st.Page(
            HERE / file,
            url_path=url,
            title=title,
            default=at == 0,
            visibility="visible" if shown else "hidden",
        )
        for at, (url, title, file, shown) in enumerate(mine)
    ]
    return own + [st.Page(FOR_OTHERS, url_path=url, title="For others", visibility="hidden") for url in others]


def candidate_pages(actor: Actor, *, default: bool) -> list[StreamlitPage]:
    """One address for the whole way; which page stands there is where the sitting is, on any device."""
    sitting = look(the_house(), actor=actor, now=datetime.now(UTC))
    at = page_of(sitting)
    pages = [st.Page(HERE / f"candidate/{at}.py", url_path=QUESTIONNAIRE, title="Questions", visibility="hidden")]
    if sitting.purpose == "hiring":
        pages.append(st.Page(HERE / "candidate/status.py", url_path=STATUS, title="Status", visibility="hidden"))
    if sitting.works_here:
        for url, file in AT_WORK:
            pages.append(st.Page(HERE / f"candidate/{file}.py", url_path=url, title="At work", visibility="hidden"))
    if sitting.status in ("open", "submitted"):
        pages.append(st.Page(HERE / "candidate/leave.py", url_path=LEAVE, title="Stop", visibility="hidden"))
    if at == "questions":
        pages.append(st.Page(HERE / "candidate/simple.py", url_path=SIMPLE, title="Simple page", visibility="hidden"))
    if default:
        pages.append(st.Page(HERE / "candidate/start.py", title="Carefit", default=True, visibility="hidden"))
    return pages


def nobodys_pages() -> list[StreamlitPage]:
    """The same word at every address, so that a session that has ended is no puzzle."""
    at_work = (url for url, _ in AT_WORK)
    urls = dict.fromkeys(("", QUESTIONNAIRE, LEAVE, SIMPLE, STATUS, *at_work, *(url for url, *_ in STAFF if url)))
    return [st.Page(NOBODY, url_path=url, title="Carefit", default=not url) for url in urls]


def sign_out_form(actor: Actor) -> None:
    with st.sidebar:
        st.html(
            f'<div class="cf small"><p class="muted">{escape(actor.name)}</p>'
            '<form method="post" action="/logout" target="_self"><button>Sign out</button></form></div>'
        )


st.set_page_config(
    page_title="Carefit", page_icon=str(HERE / "static/mark.svg"), layout="wide", initial_sidebar_state=256
)
with trouble_shown():
    staff, candidate = staff_or_none(), candidate_or_none()
    pages = staff_pages(staff) if staff else []
    if candidate:
        pages += candidate_pages(candidate, default=not pages)
    page = st.navigation(pages or nobodys_pages(), position="sidebar" if staff else "hidden", expanded=True)
    if staff:
        dark = st.context.theme.type == "dark"
        st.logo(str(HERE / f"static/logo{'-dark' if dark else ''}.svg"), size="large")
        sign_out_form(staff)
    page.run()
