"""A colleague's page: eight lines about somebody they know, without an account, answered once."""

from starlette.responses import RedirectResponse, Response

from assessment.errors import SheetError
from assessment.messages.plain_pages import plain_page_languages, plain_pages, put_in
from assessment.services.peer_answers import (
    LONGEST_WORDS,
    PeerDoor,
    PeerDoorClosedError,
    answer_about,
    peer_door,
)
from assessment.training.growth_items import HIGHEST, LOWEST, NO_CHANCE, growth_items, growth_words
from assessment.web import door_page
from assessment.web.html import page
from assessment.web.work import Asked

WORDS = "words"


def show_peer(asked: Asked) -> Response:
    """The lines, or thanks to whoever has answered; looking changes nothing."""
    door = peer_door(asked.house, asked.path["token"], now=asked.now)
    return _thanks(asked, door) if door.answered else _form(asked, door, {}, "")


def save_peer(asked: Asked) -> Response:
    """Keep what was sent, once; where something is open, the page comes back with what was picked."""
    door = peer_door(asked.house, asked.path["token"], now=asked.now)
    given = asked.form()
    steps = {str(step): step for step in (*range(LOWEST, HIGHEST + 1), NO_CHANCE)}
    answers = {item: steps[given[item]] for item in growth_items().ids if given.get(item) in steps}
    words = given.get(WORDS, "")
    said = plain_pages(_language(asked, door)).peer
    missing = len(growth_items().ids) - len(answers)
    if door.answered or (not missing and len(words.strip()) <= LONGEST_WORDS):
        if not door.answered:
            answer_about(asked.house, asked.path["token"], answers, words, now=asked.now)
        return RedirectResponse(f"/p/{asked.path['token']}?language={_language(asked, door)}", 303)
    trouble = put_in(said.open, n=missing) if missing else put_in(said.too_long, n=LONGEST_WORDS)
    return _form(asked, door, answers, words, trouble=trouble, status=422)


def say_error(asked: Asked, error: Exception) -> Response:
    """A link that does not open, in both languages, the colleague's own first when it is known."""
    match error:
        case PeerDoorClosedError():
            languages = sorted(plain_page_languages(), key=lambda language: (language != error.language, language))
            both = [plain_pages(language) for language in languages]
            parts = [(p, p.peer.closed, put_in(p.peer.closed_text, contact=error.contact), "") for p in both]
            return door_page.closed_page(parts, status=410)
        case SheetError():
            return door_page.message_page("This cannot be kept", str(error), status=422)
        case _:
            return door_page.say_error(asked, error)


def _form(
    asked: Asked, door: PeerDoor, answers: dict[str, int], words: str, *, trouble: str = "", status: int = 200
) -> Response:
    language = _language(asked, door)
    said, lines = plain_pages(language).peer, growth_words(language)
    scale = [(step, lines.scale[step]) for step in range(LOWEST, HIGHEST + 1)] + [(NO_CHANCE, lines.no_chance)]
    return page(
        "peer.html",
        status=status,
        language=language,
        other=next(one for one in plain_page_languages() if one != language),
        token=asked.path["token"],
        words=said,
        title=put_in(said.title, name=door.person_name),
        for_whom=put_in(said.for_whom, name=door.person_name, organisation=door.organisation),
        rules=put_in(said.rules, name=door.person_name),
        intro=lines.intro_peer,
        free=put_in(said.free, no_chance=lines.no_chance),
        lines=[(item, lines.peer[item], answers.get(item)) for item in growth_items().ids],
        scale=scale,
        add=put_in(said.add, open=lines.open),
        own_words=words,
        longest=LONGEST_WORDS,
        trouble=trouble,
        made_up=plain_pages(language).door.made_up if door.made_up else "",
    )


def _thanks(asked: Asked, door: PeerDoor) -> Response:
    language = _language(asked, door)
    said = plain_pages(language)
    return door_page.closed_page([(said, said.peer.thanks, said.peer.thanks_text, "")])


def _language(asked: Asked, door: PeerDoor) -> str:
    chosen = asked.request.query_params.get("language", door.language)
    return chosen if chosen in plain_page_languages() else "en"
