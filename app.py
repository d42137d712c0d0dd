"""The app: the screens, the routes beside them, and what guards both. Start it with `make run`."""

import sys

import streamlit as st
from starlette.middleware import Middleware

from assessment.errors import NotAllowedError
from assessment.services.demo import refuse_made_up_people
from assessment.services.house import Settings, the_house
from assessment.web.headers import Guard
from assessment.web.lifespan import lifespan
from assessment.web.listening import listening, refuse_open_door, say_where
from assessment.web.routes import routes

say_where(listening())
try:
    refuse_open_door(listening(), Settings.from_environment())
    if Settings.from_environment().real:
        refuse_made_up_people(the_house())
except NotAllowedError as error:
    sys.exit(f"Carefit does not start: {error}")

app = st.App(
    "assessment/pages/main.py",
    routes=routes(),
    middleware=[Middleware(Guard, base_url=lambda: Settings.from_environment().base_url)],
    lifespan=lifespan,
)
