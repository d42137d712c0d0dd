"""The stages of a role: who waits where and for how long; every change is a new version with author and reason."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import day, plural
from assessment.roles.stage_template import MAY_BE_LEFT_OUT, MOST_DAYS, StageRule, StageTemplate
from assessment.services.stage_templates import edit_stage_template, stage_template, stage_template_versions

WAITS = {"us": "You", "candidate": "The candidate", "nobody": "Nobody"}


def stages_card(desk: Desk, role: str) -> None:
    """Every stage with its days, one to change at a time, and the versions so far."""
    template = stage_template(desk.house, role, actor=desk.actor)
    with card("stages-of-role"):
        html(
            "<h2>Stages of an application</h2><p class='muted'>After so many days an application is overdue on the board, "
            "in the list and in the ledger. They are a judgement until you change them, for every opening of this role.</p>"
            '<table class="stack"><thead><tr><th>Stage</th><th>Who has to act</th><th class="n">Days</th><th>What to do</th>'
            f"</tr></thead><tbody>{''.join(_row(rule) for rule in template.stages)}</tbody></table>"
        )
        _change(desk, role, template)
        if versions := stage_template_versions(desk.house, role, actor=desk.actor):
            with st.expander(f"Versions, {len(versions)}"):
                html(
                    "".join(
                        f"<p><b>{escape(v.version)}</b> · {escape(v.author)}, {day(v.created_at)}: {escape(v.reason)}</p>"
                        for v in versions
                    )
                )


def _row(rule: StageRule) -> str:
    days = plural(rule.days, "day") if rule.days else "–"
    left_out = "" if rule.used else ' <span class="chip quiet">left out</span>'
    return (
        f'<tr><td><b>{escape(rule.name)}</b>{left_out}</td><td data-label="Who has to act">{WAITS[rule.waits]}</td>'
        f'<td class="n" data-label="Days">{days}</td><td>{escape(rule.to_do)}</td></tr>'
    )


def _change(desk: Desk, role: str, template: StageTemplate) -> None:
    with st.expander("Change a stage"):
        names = {rule.id: rule.name for rule in template.stages}
        stage = st.selectbox("Stage", list(names), format_func=lambda s: names[s], key=f"stage-of-{role}")
        rule = template.rule(stage)
        with st.form(f"stage-{role}-{stage}-{template.version}", border=False):
            name = st.text_input("Name", rule.name, max_chars=24, width=240)
            days = rule.days
            if rule.days is not None:
                days = int(st.number_input("Days until it is overdue", 1, MOST_DAYS, rule.days, width=240))
            to_do = st.text_input("What to do", rule.to_do, max_chars=200)
            used = rule.used
            if stage in MAY_BE_LEFT_OUT:
                used = st.checkbox("People go through this stage", rule.used)
            reason = st.text_input("Why do you change it?", max_chars=1000)
            if st.form_submit_button("Save as a new version"):
                with said_here():
                    new = {"name": name.strip(), "days": days, "to_do": to_do.strip(), "used": used}
                    stages = [{**r.model_dump(), **(new if r.id == stage else {})} for r in template.stages]
                    edit_stage_template(desk.house, role, stages, reason=reason, actor=desk.actor, now=desk.now)
                    st.rerun()
