"""Sessions of reviewers: tokens, cookies and names, without a server."""

from __future__ import annotations

import hashlib
import hmac
from http.cookies import SimpleCookie

import pytest
from starlette.requests import Request
from starlette.responses import Response

from dragoman.errors import UsageError
from dragoman.web.refusals import RefusedError
from dragoman.web.review_access import ReviewAccess, keep_reader_name, reader_name

TOKEN = "a-token-of-reviewers"


def asked(scheme: str = "http", **cookies: str) -> Request:
    given = "; ".join(f"{name}={value}" for name, value in cookies.items())
    headers = [(b"host", b"here"), (b"cookie", given.encode())]
    return Request({"type": "http", "scheme": scheme, "path": "/", "headers": headers, "query_string": b""})


def cookie_of(response: Response, name: str) -> str:
    found = SimpleCookie(response.headers["set-cookie"])
    assert list(found) == [name]
    return found[name].value


def session(access: ReviewAccess, token: str = TOKEN) -> str:
    response = Response()
    access.enter(asked(), response, token)
    return cookie_of(response, "dragoman_review")


@pytest.mark.parametrize(("token", "is_long"), [("x" * 15, False), ("x" * 16, True)])
def test_length_of_the_token(token: str, is_long: bool) -> None:
    if is_long:
        assert ReviewAccess(token)
        return
    with pytest.raises(UsageError, match="the review token needs 16 characters or more"):
        ReviewAccess(token)


def test_session() -> None:
    access = ReviewAccess(TOKEN)
    value = session(access, f" {TOKEN}\n")
    nonce, _, signature = value.partition(".")
    assert (len(nonce), len(signature)) == (24, 64)
    key = hashlib.blake2b(TOKEN.encode(), person=b"dragoman review").digest()
    signed = {purpose: hmac.new(key, f"{purpose}:{nonce}".encode(), hashlib.sha256).hexdigest()
              for purpose in ("session", "form")}  # fmt: skip
    assert signature == signed["session"]
    request = asked(dragoman_review=value)
    assert access.is_open(request)
    assert access.form_token(request) == signed["form"]
    access.check_form(request, signed["form"])
    # Sessions stay valid with the same token, not with another one.
    assert ReviewAccess(TOKEN).is_open(request)
    assert not ReviewAccess(TOKEN + "x").is_open(request)


@pytest.mark.parametrize(
    "value", ["", ".", "x", "x.y", "{nonce}", "{nonce}.", ".{signature}", "x.{signature}"]
)
def test_sessions_that_are_none(value: str) -> None:
    access = ReviewAccess(TOKEN)
    nonce, _, signature = session(access).partition(".")
    request = asked(dragoman_review=value.format(nonce=nonce, signature=signature))
    assert not access.is_open(request)
    assert access.form_token(request) == ""
    with pytest.raises(RefusedError) as refused:
        access.check_form(request, "")
    assert refused.value.facts == {
        "message": "verdicts are kept for reviewers only: open /review/enter and give the token",
        "status": 403, "code": "not_allowed",
    }  # fmt: skip


def test_session_of_an_empty_nonce() -> None:
    access = ReviewAccess(TOKEN)
    assert not access.is_open(asked(dragoman_review=f".{access._sign('session', '')}"))


def test_wrong_token_and_form() -> None:
    access = ReviewAccess(TOKEN)
    with pytest.raises(RefusedError) as refused:
        access.enter(asked(), Response(), "another-token-of-reviewers")
    assert refused.value.facts == {
        "message": "this is not the review token", "status": 403, "code": "not_allowed",
    }  # fmt: skip
    request = asked(dragoman_review=session(access))
    for given in ("", "x", access.form_token(asked(dragoman_review=session(access)))):
        with pytest.raises(RefusedError) as refused:
            access.check_form(request, given)
        assert refused.value.facts == {
            "message": "the form is not of this session; load the page again", "status": 403,
            "code": "not_allowed",
        }  # fmt: skip


@pytest.mark.parametrize(("scheme", "is_secure"), [("http", False), ("https", True)])
def test_cookies(scheme: str, is_secure: bool) -> None:
    response = Response()
    keep_reader_name(asked(scheme), response, "anna")
    parts = set(response.headers["set-cookie"].split("; "))
    expected = {"dragoman_reader=anna", "HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=strict"}
    assert parts == expected | ({"Secure"} if is_secure else set())


# What is typed, and the name.
NAMES = [
    ("anna", "anna"), ("  anna  of \t Arnor ", "anna of Arnor"), ("Ünal; x=1", "Ünal; x=1"), ("a/b", "a/b"),
    ("x" * 60, "x" * 60), ("x" * 61, None), ("", None), (" ", None), ("a\u202eb", None),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "name"), NAMES)
def test_names(typed: str, name: str | None) -> None:
    response = Response()
    if name is None:
        with pytest.raises(UsageError, match="a reviewer's name has 1 to 60 letters"):
            keep_reader_name(asked(), response, typed)
        return
    keep_reader_name(asked(), response, typed)
    value = cookie_of(response, "dragoman_reader")
    assert "/" not in value
    assert reader_name(asked(dragoman_reader=value)) == name


@pytest.mark.parametrize(("cookie", "name"), [("x" * 61, "x" * 60), ("%20a%20", "a")])
def test_stored_names_are_cut(cookie: str, name: str) -> None:
    assert reader_name(asked(dragoman_reader=cookie)) == name
    assert reader_name(asked()) == ""
