"""Which checks a role needs at a hire: the list that ships, or the organisation's own."""

import re
from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.roles.checklist import default_checks
from assessment.roles.library import role_words
from assessment.services.checklists import checklist, edit_checklist

COLUMNS = ("Check", "What to look at", "Days after the offer", "Number of a register")


def checklists_card(desk: Desk) -> None:
    with card("checklists"):
        html(
            "<h2>Checks of a hire</h2><p class='muted'>What is looked at between an offer and the first day. Never before an "
            "offer, and no health questions: which checks are allowed is a matter of local law.</p>"
        )
        words = role_words("en")
        roles = list(default_checks().roles)
        role = st.selectbox("Role", roles, format_func=lambda r: words[r].title, key="checklist-role")
        found = checklist(desk.house, role, actor=desk.actor)
        mine = f"Your own list, version {found.version}: {found.reason}" if found.version else "The list that ships."
        rows = "".join(
            f'<li><div><b>{escape(check.title)}</b><div class="sub">{escape(check.line)}</div></div>'
            f'<div class="sub num">within {check.due_days} days</div></li>'
            for check in found.checklist.checks.values()
        )
        html(f'<p class="muted small">{escape(mine)}</p><ul class="rows todo">{rows}</ul>')
        with st.expander("Change this list"), st.form("checklist", border=False):
            lines = [
                dict(zip(COLUMNS, (c.title, c.line, c.due_days, c.needs == "register"), strict=True))
                for c in found.checklist.checks.values()
            ]
            edited = st.data_editor(
                lines, num_rows="dynamic", key=f"checks-{role}-{found.version}", width="stretch", hide_index=True
            )
            reason = st.text_input("Why do you change it?", max_chars=1000)
            if st.form_submit_button("Save as a new version"):
                with said_here():
                    kinds = {check.title: kind for kind, check in found.checklist.checks.items()}
                    edit_checklist(
                        desk.house, role, _checks(edited, kinds), reason=reason, actor=desk.actor, now=desk.now
                    )
                    st.rerun()


def _checks(rows: list[dict[str, object]], kinds: dict[str, str]) -> dict[str, dict[str, object]]:
    """The rows by short name: the one a check had, or one made of its title."""
    found: dict[str, dict[str, object]] = {}
    for at, row in enumerate(rows):
        title, line, days, register = (row.get(column) for column in COLUMNS)
        name = str(title or "").strip()
        short = kinds.get(name) or re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:24]
        kind = short if short[:1].isalpha() and short not in found else f"check_{at + 1}"
        found[kind] = {
            "title": name,
            "line": str(line or "").strip(),
            "due_days": days if days is not None else -1,
            "needs": "register" if register else None,
        }
    return found
