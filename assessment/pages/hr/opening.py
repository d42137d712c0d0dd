"""One opening: how far people are, its words, the honest facts of the job, and the profile it uses."""

from html import escape

import streamlit as st

from assessment.instruments.facts import JobFact
from assessment.pages.parts.document_buttons import OPENING, document_buttons
from assessment.pages.parts.dress import card, html
from assessment.pages.parts.staff_frame import begin, nothing_yet, parameter, top
from assessment.pages.parts.take_along import take_along_card
from assessment.pages.parts.trouble import said_here
from assessment.services.adaptive import saving
from assessment.services.profiles import profile_versions, use_profile
from assessment.services.vacancies import close_vacancy, edit_facts, edit_vacancy, reopen_vacancy, stop_early, vacancy

LANGUAGES = {"en": "English", "es": "Spanish"}
desk = begin()
if not parameter("vacancy"):
    top(desk, "opening", "Opening")
    nothing_yet("Choose an opening from the list.", "", button="Openings", page="hr/openings.py")
    st.stop()

found = vacancy(desk.house, parameter("vacancy"), actor=desk.actor, now=desk.now)
where = " · ".join(part for part in (found.site, found.hours, found.pay) if part)
top(desk, "opening", found.title, f"Looked after by {found.owner_name}.", above=f"Openings · {where}")

c = found.counts
figures = (
    ("Invited", c.invited),
    ("Started", c.started),
    ("Finished", c.finished),
    ("Expired or left", c.expired + c.withdrawn),
)
html(
    '<dl class="figures">' + "".join(f'<div><dt>{n}</dt><dd class="value">{v}</dd></div>' for n, v in figures) + "</dl>"
)
with st.container(horizontal=True):
    if st.button("Invite people", type="primary", disabled=found.closed_at is not None):
        st.switch_page("hr/invite.py", query_params={"vacancy": found.id})
    if st.button("See candidates"):
        st.switch_page("hr/candidates.py", query_params={"vacancy": found.id})
    if st.button("What the role asks for"):
        st.switch_page("hr/profile.py", query_params={"vacancy": found.id})
    if found.closed_at is None:
        if st.button(
            "Close this opening", help="No new invitations; people who have begun may finish. You can open it again."
        ):
            close_vacancy(desk.house, found.id, actor=desk.actor, now=desk.now)
            st.rerun()
    elif st.button("Open it again"):
        reopen_vacancy(desk.house, found.id, actor=desk.actor, now=desk.now)
        st.rerun()

document_buttons(desk, found.id, OPENING)

with card("words"):
    html("<h2>Title, site, hours, pay</h2>")
    with st.form("words", border=False):
        left, right = st.columns(2)
        title = left.text_input("Title", found.title, max_chars=200)
        site = right.text_input("Site", found.site, max_chars=200)
        hours = left.text_input("Hours", found.hours, max_chars=200)
        pay = right.text_input("Pay", found.pay, max_chars=200)
        if st.form_submit_button("Save"):
            with said_here():
                edit_vacancy(
                    desk.house, found.id, title=title, site=site, hours=hours, pay=pay, actor=desk.actor, now=desk.now
                )
                st.rerun()

with card("length"):
    html(
        "<h2>How many lines people get</h2><p class='muted'>The questionnaire can stop where enough is known: at least four "
        "lines of each facet, and more until the estimate is sure enough. It can save people time; scenes stay whole, and paper "
        "always asks every line. Candidates are told before they start. It holds for people invited from now on.</p>"
    )
    works = found.adaptive and not found.not_adaptive_because
    now_words = "Now everybody gets every line."
    if found.adaptive:
        now_words = "Now it stops where enough is known." if works else "Switched on, but it cannot stop at present."
    html(f"<p><b>{now_words}</b> {escape(found.not_adaptive_because)}</p>")
    if saved := saving(desk.house, found.role, actor=desk.actor):
        little = "" if saved.lines < 0.95 * saved.whole else " So it saves next to nothing with the calibration in use."
        html(
            f"<p>Tried out on made-up people, it asks about {saved.lines:.0f} of {saved.whole} statements.{little}</p>"
        )
    if found.adaptive:
        if st.button("Ask everybody every line"):
            stop_early(desk.house, found.id, False, actor=desk.actor, now=desk.now)
            st.rerun()
    elif st.button("Stop where enough is known", disabled=bool(found.not_adaptive_because)):
        with said_here():
            stop_early(desk.house, found.id, True, actor=desk.actor, now=desk.now)
            st.rerun()

with card("profile"):
    versions = profile_versions(desk.house, found.role, actor=desk.actor)
    html(
        f"<h2>Profile version {escape(found.profile.version)}</h2>"
        f'<p class="muted">By {escape(found.profile_author)}: {escape(found.profile_reason)}. '
        "People who are invited from now on are read by it; older sittings keep theirs.</p>"
    )
    if versions and versions[-1].document != found.profile_document:
        html(f"<p>There is a newer version {escape(versions[-1].version)}: {escape(versions[-1].reason)}.</p>")
        if st.button(f"Use version {versions[-1].version} for new invitations"):
            use_profile(desk.house, found.id, versions[-1].document, actor=desk.actor, now=desk.now)
            st.rerun()

with card("facts"):
    html(
        f"<h2>The job, honestly</h2><p class='muted'>Version {escape(found.facts_version)}. Candidates read these before the "
        "questions. Make them true for this very job, the hard sides too. Sittings made before keep theirs.</p>"
    )
    with st.form("facts", border=False):
        tabs = st.tabs([LANGUAGES[language] for language in found.facts])
        edited: dict[str, list[dict[str, str]]] = {}
        for tab, (language, facts) in zip(tabs, found.facts.items(), strict=True):
            with tab:
                table = [{"id": f.id, "title": f.title, "text": f.text} for f in facts]
                edited[language] = [
                    {
                        "id": fact["id"],
                        "title": st.text_input(
                            "Title", fact["title"], max_chars=120, key=f"{language}-{fact['id']}-title"
                        ),
                        "text": st.text_area("Words", fact["text"], max_chars=600, key=f"{language}-{fact['id']}-text"),
                    }
                    for fact in table
                ]
        reason = st.text_input("Why do you change them?", max_chars=1000, placeholder="Checked with the desk team")
        if st.form_submit_button("Save as a new version"):
            with said_here():
                new = {language: tuple(JobFact(**fact) for fact in own) for language, own in edited.items()}
                edit_facts(desk.house, found.id, new, reason=reason, actor=desk.actor, now=desk.now)
                st.rerun()

take_along_card(desk, found.id)
