"""How far people here stand from the norms, and norms made of them."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, html
from assessment.pages.parts.questionnaire_health import drift_table, version_line
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import day
from assessment.services.health import DRIFT, ENOUGH_FOR_SHARES, Health
from assessment.services.local_norms import FEWEST, local_norms, make_local_norms, roles_apart, use_norms
from assessment.services.versions import checked_reason


def norms_card(desk: Desk, found: Health, names: Mapping[str, str], titles: Mapping[str, str]) -> None:
    local = found.norms.kind == "local"
    with card("norms"):
        html(
            f"<h2>{_finding(found)}</h2><p class='muted'>Means of the facet scores, on the answers' scale, with a 95 % interval, beside "
            f"the {'local' if local else 'provisional'} norms in use. A tenth of a point moves the first band by about 10 to 15 people "
            f"of a hundred, so a difference above {DRIFT:g} asks for {'new ' if local else ''}local norms.</p>"
        )
        html(drift_table(found, names))
        if local and found.apart:
            listed = ", ".join(titles[role].lower() for role in found.apart)
            html(
                f"<p>The local norms do not know every facet that these roles ask about: {escape(listed)}. Their sittings are "
                "compared with the provisional norms, so that one profile never mixes two groups.</p>"
            )
        most = max((f.scored for f in found.facets), default=0)
        versions = local_norms(desk.house, actor=desk.actor)
        html("<h2>Local norms</h2>")
        with st.form("make-norms", border=False):
            if most < FEWEST:
                why = f"Local norms need {FEWEST} people scored on the same facet; there are {most}."
            else:
                ready = [f.facet for f in found.facets if f.scored >= FEWEST]
                apart = ", ".join(titles[role].lower() for role in roles_apart(desk.house, ready))
                why = (
                    f"{most:,} people are scored. The norms will list {', '.join(names[f].lower() for f in ready)}. Only new "
                    "sittings are compared with them; everybody who was invited before keeps what they were made under."
                ) + (
                    f" They will not cover the whole form of {apart}: those stay with the provisional norms."
                    * bool(apart)
                )
            html(f"<p>{escape(why)}</p>")
            reason = st.text_input(
                "Why do you make them?", max_chars=1000, disabled=most < FEWEST, key=f"norms-why-{len(versions)}"
            )
            if st.form_submit_button("Make local norms", disabled=most < FEWEST):
                with said_here():
                    why = checked_reason(reason)
                    with st.spinner("Making the norms …"):
                        made = make_local_norms(desk.house, reason=why, actor=desk.actor, now=desk.now)
                    st.session_state["norms-said"] = (
                        f"Version {made.group.version} is made and in use for new sittings."
                    )
                    st.rerun()
        with st.empty():  # always there, so that what follows keeps its place
            if said := st.session_state.pop("norms-said", None):
                html(f'<p role="status">{escape(said)}</p>')
        if versions:
            lines = "".join(
                version_line(v.group.version, v.author, day(v.created_at), v.reason, v.group.n, in_use=v.in_use)
                for v in versions
            )
            html(f'<ul class="rows todo">{lines}</ul>')
            with st.expander("Compare new sittings with something else"), st.form("use-norms", border=False):
                known = {v.document: f"Local norms, version {v.group.version}" for v in versions if not v.in_use}
                options = [*known, *([None] if local else [])]
                chosen = st.selectbox(
                    "With", options, format_func=lambda id_: known[id_] if id_ else "Provisional norms"
                )
                because = st.text_input("Why?", max_chars=1000)
                if st.form_submit_button("Use from now on"):
                    with said_here():
                        use_norms(desk.house, chosen, reason=because, actor=desk.actor, now=desk.now)
                        st.rerun()


def _finding(found: Health) -> str:
    known = [f for f in found.facets if f.drift is not None]
    if not known:
        return f"Whether people here differ from the norms shows from {ENOUGH_FOR_SHARES} people on"
    far = sum(f.drifts for f in known)
    if not far:
        return f"People here stand within {DRIFT:g} of the norms on all {len(known)} facets"
    return f"People here stand more than {DRIFT:g} off the norms on {far} of {len(known)} facets"
