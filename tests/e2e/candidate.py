"""A candidate in front of the screen: finds things by the words on them, as a person would."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

WORDS = {
    "en": {
        "open": "Open my questions",
        "start": "I have read this. Start",
        "go_on": "Go on",
        "real": "Start with the real lines",
        "next": "Next",
        "back": "Back",
        "finish": re.compile("^Finish"),
        "saved": "Saved",
        "offline": "Kept on this phone. It is sent when you are back online.",
        "result": "What comes next",
    },
    "es": {
        "open": "Abrir mis preguntas",
        "start": "Lo he leído. Empezar",
        "go_on": "Seguir",
        "real": "Empezar con las frases de verdad",
        "next": "Siguiente",
        "back": "Atrás",
        "finish": re.compile("^Terminar"),
        "saved": "Guardado",
        "offline": "Está en este teléfono. Se envía cuando vuelva la conexión.",
        "result": "Qué viene ahora",
    },
}


@dataclass
class Candidate:
    page: Page
    language: str = "en"

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=WORDS[self.language][name], exact=True)

    def enter(self, link: str) -> None:
        self.page.goto(link)
        self.page.get_by_role("button").first.click()

    def start(self) -> None:
        """From the notice to the first statements."""
        self.button("start").click()
        self.button("go_on").click()
        self.button("real").click()
        self.statements().first.wait_for()

    def statements(self) -> Locator:
        return self.page.locator("fieldset")

    def tap(self, at: int, value: int) -> None:
        """Tap the answer `value`, 1 to 5, of the statement at a place of the page shown."""
        self.statements().nth(at).locator("label").nth(value - 1).click()

    def answer_page(self, values: tuple[int, ...] = (4, 2, 5, 1, 3)) -> None:
        for at in range(self.statements().count()):
            self.tap(at, values[at % len(values)])

    def next(self) -> None:
        self.button("next").click()

    def answer_scene(self) -> None:
        cards = self.page.locator("fieldset .card")
        cards.nth(0).locator("label").nth(0).click()
        cards.nth(1).locator("label").nth(1).click()

    def wait_saved(self) -> None:
        self.page.locator("#state[data-state='saved']").wait_for()

    def state(self) -> str:
        return self.page.locator("#state").inner_text()
