"""Invite people: typed, pasted or from a file, checked row by row, a personal link for each."""

from html import escape

import streamlit as st

from assessment.errors import AssessmentError
from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.staff_frame import begin, choose_vacancy, nothing_yet, top, ways
from assessment.reports.words import STATES, day
from assessment.services.invitations import invitation_text, invite, link_of, reissue, revoke
from assessment.services.invitees import MAX_BYTES, Preview, preview
from assessment.services.shortlist import list_candidates
from assessment.services.sign_off import missing

CHANNELS = {"link": "By link", "paper": "On paper", "kiosk": "On a tablet of the house"}
SAMPLE = "Amara Okafor, amara@example.org, en\nLucía Fernández, lucia@example.org, es\nPavel Novák"


def table(seen: Preview) -> str:
    rows = ""
    for row in seen.rows:
        person = row.invitee
        problems = "".join(f"<div>{chip('attend', problem)}</div>" for problem in row.problems)
        known = ""
        if row.known:
            words = "applied before" if row.known.same else "somebody of this name applied before"
            known = f'<div class="sub">{words}: {escape(row.known.title)}, {day(row.known.applied_at)}</div>'
        rows += (
            f'<tr><td class="n" data-label="Row">{person.row}</td><td><b>{escape(person.name[:200] or "–")}</b>{known}</td>'
            f"<td>{escape(person.email or 'no e-mail')}</td><td>{escape(person.language[:20])}</td>"
            f"<td>{problems or chip('good', 'ready')}</td></tr>"
        )
    return (
        '<table class="stack"><thead><tr><th class="n">Row</th><th>Name</th><th>E-mail</th><th>Language</th>'
        f"<th>Says</th></tr></thead><tbody>{rows}</tbody></table>"
    )


desk = begin()
top(
    desk,
    "invite",
    "Invite",
    "One personal link each. People without e-mail get a letter with a code, a paper form, or a tablet of the house.",
)
ways(("/openings", "Openings"), ("/candidates", "Candidates"), ("/paper", "Type in a paper form"))
vacancy = choose_vacancy(desk)
if vacancy is None:
    nothing_yet("Here you will invite people.", "Open an opening first.", button="Openings", page="hr/openings.py")
    st.stop()

if left_to_sign := missing(desk.house, actor=desk.actor):
    nothing_yet(
        f"First name the {' and the '.join(left_to_sign)}.",
        "Before first use somebody looks at it who knows the law, and who speaks for the staff. Then you can invite people.",
        button="Go to Settings",
        page="hr/settings.py",
    )
    st.stop()

with card("who"):
    html(
        "<h2>Who</h2><p class='muted'>One person a line: name, e-mail, language (en or es). E-mail and language may be left out.</p>"
    )
    pasted = st.text_area(
        "Type or paste", placeholder=SAMPLE, height=140, key=f"pasted-{vacancy.id}-{st.session_state.get('round', 0)}"
    )
    uploaded = st.file_uploader(
        "Or a CSV file", type=["csv", "txt"], key=f"file-{vacancy.id}-{st.session_state.get('round', 0)}"
    )
    channel = st.radio("How they answer", list(CHANNELS), format_func=lambda c: CHANNELS[c], horizontal=True)
    send = channel == "link" and st.checkbox(
        "Send them the invitation",
        value=True,
        help="By e-mail; for people without one it waits in Messages. Else you pass the links on yourself.",
    )
    content: str | bytes = uploaded.read(MAX_BYTES + 1) if uploaded else pasted
    seen = None
    if content:
        try:
            seen = preview(desk.house, vacancy.id, content, actor=desk.actor)
        except AssessmentError as error:
            html(f'<p role="alert">{chip("attend", str(error))}</p>')
    if seen is not None:
        html(table(seen))
        wrong = sum(bool(row.problems) for row in seen.rows)
        if wrong:
            html(f"<p>{wrong} row{'s need' if wrong > 1 else ' needs'} a change first. Nobody is invited yet.</p>")
        word = "person" if len(seen.rows) == 1 else "people"
        if st.button(f"Invite {len(seen.rows)} {word}", type="primary", disabled=not seen.whole):
            with st.spinner("Making the links …"):
                invited = invite(
                    desk.house,
                    vacancy.id,
                    [row.invitee for row in seen.rows],
                    channel=channel,
                    send=send,
                    actor=desk.actor,
                    now=desk.now,
                )
            st.session_state["just-invited"] = [one.application_id for one in invited]
            st.session_state["round"] = st.session_state.get("round", 0) + 1  # empty fields for the next ones
            st.rerun()

just = st.session_state.get("just-invited", [])
rows = list_candidates(desk.house, vacancy.id, actor=desk.actor, now=desk.now)
with card("links"):
    html(f"<h2>{len(rows)} invited</h2>")
    ids = [row.application_id for row in sorted(rows, key=lambda row: row.state not in ("invited", "started"))]
    by_id = {row.application_id: row for row in rows}
    new = [id_ for id_ in just if id_ in by_id]
    if new:
        html(
            f'<p role="status">{"One personal link is" if len(new) == 1 else f"{len(new)} personal links are"} ready, good for 14 days.</p>'
        )
        for id_ in new:
            html(f"<p><b>{escape(by_id[id_].name)}</b></p>")
            st.code(link_of(desk.house, id_, actor=desk.actor, now=desk.now), language=None, wrap_lines=True)
    if not rows:
        html('<div class="empty"><p class="lead">Nobody is invited yet.</p><p>Type a name above.</p></div>')
        st.stop()
    chosen = st.selectbox(
        "One person’s link, letter and message",
        ids,
        index=ids.index(new[0]) if new else 0,
        format_func=lambda id_: f"{by_id[id_].name} · {STATES[by_id[id_].state].lower()}",
        key=f"chosen-{vacancy.id}-{len(rows)}",
    )
    row = by_id[chosen]
    if row.state in ("finished", "withdrawn") and not row.again:
        html(
            f"<p>{escape(row.name)} has {'finished' if row.state == 'finished' else 'left'}; there is no link any more.</p>"
        )
        st.stop()
    try:
        url = link_of(desk.house, chosen, actor=desk.actor, now=desk.now)
    except AssessmentError as error:
        url = ""
        html(f"<p>{escape(str(error))}</p>")
    if url:
        st.code(url, language=None, wrap_lines=True)
        html(
            f'<p><a href="/staff/letter/{chosen}.html" target="_blank">Letter with a code to print</a> · '
            f'<a href="/staff/paper/{chosen}.html" target="_blank">Paper form to print</a></p>'
            f'<p><img src="/staff/qr/{chosen}.svg" alt="QR code of the personal link of {escape(row.name, quote=True)}" '
            'width="148" height="148"></p>'
        )
        with st.expander("Message to copy"):
            message = invitation_text(desk.house, chosen, actor=desk.actor, now=desk.now)
            st.text_input("Subject", message.subject, disabled=True)
            st.text_area("E-mail", message.text, height=360, disabled=True)
            st.text_area(f"Text message, {len(message.sms)} characters", message.sms, disabled=True)
    with st.container(horizontal=True):
        if url and st.button("Take the link back"):
            revoke(desk.house, chosen, actor=desk.actor, now=desk.now)
            st.rerun()
        if st.button("Make a new link", help="Good for another 14 days, to the same place. Older links stop working."):
            reissue(desk.house, chosen, actor=desk.actor, now=desk.now)
            st.rerun()
    if url:
        html(
            f'<form method="post" action="/kiosk/{chosen}" target="_self"><p class="muted small">Hand this very device to '
            f"{escape(row.name)}: you are signed out here, and nothing of them is left behind afterwards.</p>"
            '<button class="button" type="submit">Answer on this device now</button></form>'
        )
