"""People who work here answer for their own growth; groups from five people up."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.group_summary import people, summary_card
from assessment.pages.parts.staff_frame import Desk, begin, nothing_yet, parameter, top
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import day, plural
from assessment.roles.library import role_words
from assessment.services.growth import Group, close_group, list_groups, make_group, reopen_group
from assessment.services.growth_members import (
    GroupMember,
    group_members,
    invite_to_group,
    link_to_pass_on,
    preview_members,
    remind_group,
)
from assessment.services.invitees import MAX_BYTES, Preview
from assessment.services.measuring_again import offer_again
from assessment.services.sign_off import missing

SAMPLE = "Amara Okafor, amara@example.org, en\nLucía Fernández, lucia@example.org, es"
STATES = {
    "answered": ("good", "has answered"),
    "waiting": ("attend", "not answered yet"),
    "ended": ("quiet", "link has ended"),
    "left": ("quiet", "takes no part"),
}
WHAT_IT_IS = (
    "For people who work here, doctors too: the same questions, for their own growth and nothing else. There is no "
    "opening and no pass mark. You see who has answered, never what anybody said, and means from five people up."
)


def new_group(desk: Desk, *, first: bool) -> None:
    roles = {role: words.title for role, words in role_words("en").items()}
    with card("new"), st.form("new-group", border=False, clear_on_submit=True):
        html("<h2>A new group</h2>")
        name = st.text_input("Name", placeholder="Doctors of the main house", max_chars=200)
        ids = sorted(roles, key=lambda role: (role != "physician", roles[role]))
        role = st.selectbox("Which questions", ids, format_func=lambda id_: roles[id_])
        site = st.text_input("Site", max_chars=200)
        if st.form_submit_button("Make the group", type="primary" if first else "secondary"):
            with said_here():
                made = make_group(desk.house, role, name=name, site=site, actor=desk.actor, now=desk.now)
                st.query_params["group"] = made
                st.rerun()


def choose_group(groups: tuple[Group, ...]) -> Group:
    ids, asked = [group.id for group in groups], parameter("group")
    titles = {g.id: " · ".join(p for p in (g.name, g.site, "closed" if g.closed_at else "") if p) for g in groups}
    at = ids.index(asked) if asked in ids else 0
    chosen = st.selectbox("Group", ids, index=at, format_func=lambda id_: titles[id_]) if len(ids) > 1 else ids[0]
    if chosen != asked:
        st.query_params["group"] = chosen
    return next(group for group in groups if group.id == chosen)


def progress_card(desk: Desk, group: Group, members: tuple[GroupMember, ...]) -> None:
    with card("progress"):
        html(f"<h2>{group.answered} of {people(group.invited)} answered</h2>")
        rows = "".join(
            f"<tr><td><b>{escape(member.name)}</b></td><td>{chip(*STATES[member.state])}</td></tr>"
            for member in members
        )
        html(
            f'<table class="stack"><thead><tr><th>Name</th><th>State</th></tr></thead><tbody>{rows}</tbody></table>'
            if rows
            else '<p class="muted">Nobody is invited yet.</p>'
        )
        said = st.session_state.pop("growth-said", "")
        if said:
            html(f'<p role="status">{escape(said)}</p>')
        if group.closed_at:
            return
        waiting = [m for m in members if m.state in ("waiting", "ended")]
        with st.container(horizontal=True):
            if waiting and st.button(f"Remind {people(len(waiting))}"):
                with said_here():
                    done = remind_group(desk.house, group.id, actor=desk.actor, now=desk.now)
                    st.session_state["growth-said"] = told("reminder", done.queued, done.left_out)
                    st.rerun()
            answered = [m.application_id for m in members if m.state == "answered"]
            if answered and st.button(
                "Offer to answer again",
                help="For instance after a training. Each person sees alone what has changed, and whether it is more than chance.",
            ):
                with said_here():
                    offered = offer_again(desk.house, answered, actor=desk.actor, now=desk.now)
                    st.session_state["growth-said"] = told("message", offered.queued, offered.left_out)
                    st.rerun()
        links(desk, [m for m in waiting if m.by_hand])


def told(what: str, queued: int, left_out: dict[str, int]) -> str:
    rest = "; ".join(f"{n} {why}" for why, n in left_out.items())
    return f"{plural(queued, what)} on the way." + (f" Left out: {rest}." if rest else "")


def links(desk: Desk, members: list[GroupMember]) -> None:
    if not members:
        return
    with st.expander(f"Links to pass on ({len(members)})"):
        html(
            "<p class='muted'>For people who get no mail from here. Give each of them their own link. Once they have "
            "answered it opens nothing any more: then the page is theirs alone.</p>"
        )
        by_id = {member.application_id: member for member in members}
        chosen = st.selectbox("Whose link", list(by_id), format_func=lambda id_: by_id[id_].name, index=None)
        if chosen:
            with said_here():
                url = link_to_pass_on(desk.house, chosen, actor=desk.actor, now=desk.now)
                st.code(url, language=None, wrap_lines=True)


def invite_card(desk: Desk, group: Group) -> None:
    with card("invite"):
        html(
            "<h2>Invite</h2><p class='muted'>One person a line: name, e-mail, language (en or es). "
            "Taking part is free; say so when you speak of it.</p>"
        )
        if left := missing(desk.house, actor=desk.actor):
            html(
                f'<p>First name the {escape(" and the ".join(left))} in <a href="/settings" target="_self">Settings</a>.</p>'
            )
            return
        turn = st.session_state.get("growth-round", 0)
        pasted = st.text_area("Type or paste", placeholder=SAMPLE, height=120, key=f"growth-{group.id}-{turn}")
        uploaded = st.file_uploader("Or a CSV file", type=["csv", "txt"], key=f"growth-file-{group.id}-{turn}")
        content: str | bytes = uploaded.read(MAX_BYTES + 1) if uploaded else pasted
        if not content:
            return
        with said_here():
            seen = preview_members(desk.house, group.id, content, actor=desk.actor)
            html(table(seen))
            if st.button(f"Invite {people(len(seen.rows))}", type="primary", disabled=not seen.whole):
                invite_to_group(
                    desk.house, group.id, [row.invitee for row in seen.rows], actor=desk.actor, now=desk.now
                )
                st.session_state["growth-round"] = turn + 1  # empty fields for the next ones
                st.rerun()


def table(seen: Preview) -> str:
    rows = ""
    for row in seen.rows:
        person = row.invitee
        problems = "".join(f"<div>{chip('attend', problem)}</div>" for problem in row.problems)
        rows += (
            f'<tr><td class="n" data-label="Row">{person.row}</td><td><b>{escape(person.name[:200] or "–")}</b></td>'
            f"<td>{escape(person.email or 'no e-mail: you pass the link on')}</td><td>{escape(person.language[:20])}</td>"
            f"<td>{problems or chip('good', 'ready')}</td></tr>"
        )
    return (
        '<table class="stack"><thead><tr><th class="n">Row</th><th>Name</th><th>E-mail</th><th>Language</th>'
        f"<th>Says</th></tr></thead><tbody>{rows}</tbody></table>"
    )


desk = begin()
top(desk, "growth", "Growth", WHAT_IT_IS)
groups = list_groups(desk.house, actor=desk.actor)
if not groups:
    nothing_yet("Here people who work with you learn about themselves.", "Make a group, and invite people to it.")
    new_group(desk, first=True)
    st.stop()
group = choose_group(groups)
html(
    f"<p class='muted'>{escape(role_words('en')[group.role].title)} questions · made on {day(group.created_at)}"
    f"{' · closed' if group.closed_at else ''}</p>"
)
progress_card(desk, group, group_members(desk.house, group.id, actor=desk.actor, now=desk.now))
summary_card(desk, group)
if not group.closed_at:
    invite_card(desk, group)
with st.container(horizontal=True):
    if group.closed_at and st.button("Open the group again"):
        reopen_group(desk.house, group.id, actor=desk.actor, now=desk.now)
        st.rerun()
    elif not group.closed_at and st.button(
        "Close the group", help="Nobody is invited or reminded any more. What people have stays theirs."
    ):
        close_group(desk.house, group.id, actor=desk.actor, now=desk.now)
        st.rerun()
new_group(desk, first=False)
