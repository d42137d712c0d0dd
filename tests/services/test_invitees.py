"""Lists of people as they come: typed, pasted, saved by any spreadsheet, or plainly broken."""

import pytest

from assessment.errors import SheetError, UnknownIdError
from assessment.services.invitees import preview as preview_of
from assessment.services.invitees import read_invitees
from tests.hiring import Hiring


def read(content: str | bytes) -> list[tuple[str, str | None, str]]:
    return [(p.name, p.email, p.language) for p in read_invitees(content, default_language="en")]


@pytest.mark.parametrize(
    "content",
    [
        "Ana Ruiz,ana@x.org,es\nBo,,\n",
        "Ana Ruiz;ana@x.org;es\nBo;;\n",
        "Ana Ruiz\tana@x.org\tes\nBo\t\t\n",
        "name,email,language\nAna Ruiz,ANA@x.org,ES\n\nBo,,en\n",
        "email,name\nana@x.org,Ana Ruiz\n,Bo".replace("email,name", "email,language,name")
        .replace("ana@x.org,Ana", "ana@x.org,es,Ana")
        .replace("\n,Bo", "\n,,Bo"),
        "Ana Ruiz,ana@x.org,es\r\nBo\r\n".encode("utf-8-sig"),
        "Ana Ruiz,ana@x.org,es\nBo\n".encode("utf-16"),
    ],
    ids=["comma", "semicolon", "tab", "header", "other-order", "bom", "utf-16"],
)
def test_the_same_list_in_many_shapes(content: str | bytes) -> None:
    assert read(content) == [("Ana Ruiz", "ana@x.org", "es"), ("Bo", None, "en")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("José,jose@x.org".encode("latin-1"), "not UTF-8"),
        (b"\x50\x4b\x03\x04\x00\x00name", "not a text file"),
        ("name,shoe size\nAna,42", "Unknown column 'shoe size'"),
        ("a,b,c,d\ne,f,g,h", "has 4 columns"),
        ("\n".join(f"Person {n}" for n in range(5000)), "5,000 people; at most 1,000"),
        ("x" * 300_000, "larger than 256 KB"),
    ],
)
def test_a_list_that_cannot_be_read_says_why(content: str | bytes, words: str) -> None:
    with pytest.raises(SheetError, match=words):
        read(content)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (",ana@x.org", "the name is missing"),
        ("Ana,ana", "the e-mail does not look right"),
        ("Ana,ana@x.org,de", "choose en or es"),
        ("A" * 10_000, "10,000 characters"),
        ("Ana\u202egnp.exe", "signs that cannot be seen"),
    ],
)
def test_a_row_with_a_problem_is_named_and_nobody_is_kept(hiring: Hiring, line: str, problem: str) -> None:
    seen = preview_of(hiring.house, hiring.vacancy, f"Bo,bo@x.org\n{line}", actor=hiring.staff)

    assert not seen.whole
    assert seen.rows[0].problems == ()
    assert problem in seen.rows[1].problems[0]


def test_a_mail_twice_in_the_list_is_said_at_both(hiring: Hiring) -> None:
    seen = preview_of(hiring.house, hiring.vacancy, "A,a@x.org\nB,A@X.org", actor=hiring.staff)

    assert [row.problems for row in seen.rows] == [("this e-mail stands twice in the list",)] * 2


def test_somebody_invited_already_is_said(hiring: Hiring) -> None:
    hiring.invite("Ana", "ana@x.org")

    (row,) = preview_of(hiring.house, hiring.vacancy, "Ana,ana@x.org", actor=hiring.staff).rows

    assert row.problems == ("is invited to this opening already",)


def test_somebody_who_applied_elsewhere_is_known_again_and_a_namesake_is_told_apart(hiring: Hiring) -> None:
    hiring.invite("Ana", "ana@x.org")
    hiring.invite("Bo")
    other = hiring.open_another("elder_care_aide")

    known, namesake, new = preview_of(hiring.house, other.vacancy, "Ana,ana@x.org\nBo\nCo", actor=hiring.staff).rows

    assert (known.known.same, known.known.title) == (True, "Front desk officer") if known.known else False
    assert namesake.known is not None
    assert not namesake.known.same
    assert new.known is None


@pytest.mark.parametrize(
    "name", ["<b>Ana</b>", "Robert'); DROP TABLE people;--", "=cmd|' /C calc'!A0", "![x](http://x)", "أنا", "😀 Ana"]
)
def test_whatever_somebody_is_called_stays_text(hiring: Hiring, name: str) -> None:
    seen = preview_of(hiring.house, hiring.vacancy, f'"{name}",a@x.org', actor=hiring.staff)

    assert (seen.rows[0].invitee.name, seen.whole) == (name, True)


def test_an_opening_of_another_house_is_unknown(hiring: Hiring) -> None:
    with pytest.raises(UnknownIdError):
        preview_of(hiring.house, "0" * 32, "Ana", actor=hiring.staff)
