"""The questions of one interview: what is asked and why, who asks, and the sheet for the room. For HR."""

from html import escape

import streamlit as st

from assessment.pages.parts.document_buttons import document_buttons
from assessment.pages.parts.dress import add_sheet, card, chip, html
from assessment.pages.parts.interview_words import anchors, heading, listed
from assessment.pages.parts.staff_frame import Desk, begin, nothing_yet, parameter, top
from assessment.pages.parts.trouble import escaped, said_here
from assessment.reports.words import day
from assessment.services.accounts import list_accounts
from assessment.services.assigned import assign, unassign
from assessment.services.interview_kit import Kit, Planned, make_kit, other_questions, swap_question
from assessment.services.rated_together import Rater, raters_of

RATERS_WANTED = 2
desk = begin()
add_sheet("rating.css")
application = parameter("application")
if not application:
    top(desk, "kit", "Interview questions")
    nothing_yet("Choose somebody from the list.", "", button="Candidates", page="hr/candidates.py")
    st.stop()


def question_card(desk: Desk, kit: Kit, n: int, planned: Planned) -> None:
    asked = planned.asked
    with card(f"kit-{asked.id}"):
        about = f"<b>{escape(planned.facet)}.</b> " if planned.facet and asked.part == "role" else ""
        html(f'{heading(n, asked)}<p class="muted">{about}{escape(planned.because)}</p>')
        with st.expander("Anchors, probes, what to listen for"):
            html(
                f"{anchors(asked.anchors)}<br>{listed(asked.probes)}"
                f'<p class="muted small">Listen for: {escape(asked.listen_for)}</p>'
                f'<p class="muted small">{escape(asked.do_not_ask)}</p>'
            )
        if asked.part == "person" and not kit.frozen:
            with st.expander("Ask something else in its place"), st.form(f"swap-{asked.id}", border=False):
                others = other_questions(kit, desk.house)
                other = st.selectbox("Question of the guide", list(others), format_func=lambda id_: others[id_])
                if st.form_submit_button("Take this one"):
                    with said_here():
                        swap_question(desk.house, application, asked.id, other, actor=desk.actor, now=desk.now)
                        st.rerun()


def rater_row(desk: Desk, rater: Rater, of: int) -> None:
    done = chip("quiet", f"{rater.rated} of {of} rated")
    if rater.handed_in_at:
        done = chip("good", f"handed in on {day(rater.handed_in_at)}")
    knew = chip("attend", "has opened the answers") if rater.knew_answers and not rater.handed_in_at else ""
    html(f'<p class="beside"><b>{escape(rater.name)}</b> {done} {knew}</p>')
    if rater.handed_in_at is None and st.button(
        f"Take {escaped(rater.name)} off", key=f"off-{rater.account_id}", type="tertiary"
    ):
        with said_here():
            unassign(desk.house, application, rater.account_id, duty="interviewer", actor=desk.actor, now=desk.now)
            st.rerun()


def raters_card(desk: Desk, kit: Kit) -> None:
    raters = raters_of(desk.house, application, actor=desk.actor)
    with card("raters"):
        html(
            "<h2>Who rates</h2><p class='muted'>Two people, each alone. Interviewers see these questions and no result until "
            "they have handed in.</p>"
        )
        for rater in raters:
            rater_row(desk, rater, len(kit.questions))
        there = {rater.account_id for rater in raters}
        free = {
            account.id: account.name
            for account in list_accounts(desk.house, actor=desk.actor)
            if account.id not in there and account.disabled_at is None and account.role != "supervisor"
        }
        if len(raters) < RATERS_WANTED:
            html(f"<p>{chip('attend', f'{RATERS_WANTED - len(raters)} more wanted')}</p>")
        if free:
            with st.form("assign", border=False):
                chosen = st.multiselect(
                    "Add interviewers", list(free), format_func=lambda id_: free[id_], max_selections=3
                )
                if st.form_submit_button("Assign") and chosen:
                    with said_here():
                        for account in chosen:
                            assign(desk.house, application, account, duty="interviewer", actor=desk.actor, now=desk.now)
                        st.rerun()
        html(f'<p><a href="/ratings?application={escape(application)}" target="_self">Ratings side by side</a></p>')


kit = make_kit(desk.house, application, actor=desk.actor, now=desk.now)
line = (
    "Somebody has begun to rate, so the questions stay."
    if kit.frozen
    else "You can swap questions until somebody rates."
)
top(desk, "kit", f"Questions for {kit.name}", line, above=kit.title)
html(
    f'<p class="eyebrow"><a href="/candidate?application={escape(application)}" target="_self">What {escape(kit.name)} '
    "answered</a></p>"
)
if not kit.made_from_answers:
    html(
        f"<p>{chip('attend', 'Made before the answers were here')} The last three are about what sets the role apart.</p>"
    )
if kit.answers_since and not kit.frozen and st.button("Choose anew, from the answers"):
    make_kit(desk.house, application, again=True, actor=desk.actor, now=desk.now)
    st.rerun()

left, right = st.columns([5, 3], gap="medium")
with left:
    for n, planned in enumerate(kit.questions, start=1):
        question_card(desk, kit, n, planned)
with right:
    raters_card(desk, kit)
    with card("print"):
        html("<h2>For the room</h2><p class='muted'>One sheet with questions, anchors and room to write.</p>")
        document_buttons(desk, application, {"interview_sheet": "Print the sheet"})
    with card("not-asked"):
        html(f"<h2>What not to ask</h2>{listed(kit.do_not_ask)}")
    html('<p class="muted small">Why a question was chosen stands on this page alone; interviewers do not see it.</p>')
