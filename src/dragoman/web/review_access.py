"""Access to review: a token opens a session, and forms are accepted only from this site's own pages.

The token is entered once and kept in the browser as a signed session cookie that scripts cannot read. Every
form contains a second signature of that session, which pages of other sites can neither read nor forge;
`guarding` also checks the origin of requests.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from dragoman.errors import UsageError
from dragoman.web.refusals import RefusedError

if TYPE_CHECKING:
    from fastapi import Request, Response

SESSION_COOKIE = "dragoman_review"
READER_COOKIE = "dragoman_reader"
SHORTEST_TOKEN = 16
LONGEST_NAME = 60
_YEAR = 365 * 24 * 3600


class ReviewAccess:
    """Creates and checks the review sessions of one server.

    Args:
        token: The secret that reviewers must enter.

    Raises:
        UsageError: The token is too short.
    """

    def __init__(self, token: str) -> None:
        if len(token) < SHORTEST_TOKEN:
            raise UsageError(message=f"the review token needs {SHORTEST_TOKEN} characters or more")
        self._token = token
        # Derived from the token, so that sessions stay valid when the server restarts.
        self._key = hashlib.blake2b(token.encode(), person=b"dragoman review").digest()

    def enter(self, request: Request, response: Response, token: str) -> None:
        """Open a session if the token is right.

        Raises:
            RefusedError: The token is wrong.
        """
        if not hmac.compare_digest(token.strip().encode(), self._token.encode()):
            raise RefusedError(message="this is not the review token", status=403, code="not_allowed")
        nonce = secrets.token_urlsafe(18)
        _set_cookie(request, response, SESSION_COOKIE, f"{nonce}.{self._sign('session', nonce)}")

    def is_open(self, request: Request) -> bool:
        """Return True if a request has a valid session."""
        return self._nonce(request) is not None

    def form_token(self, request: Request) -> str:
        """Return the token for the forms of a session; empty without a session."""
        nonce = self._nonce(request)
        return self._sign("form", nonce) if nonce is not None else ""

    def check_form(self, request: Request, given: str) -> None:
        """Check that a form belongs to the session of the request.

        Raises:
            RefusedError: There is no session, or the form does not belong to it.
        """
        nonce = self._nonce(request)
        if nonce is None:
            message = "verdicts are kept for reviewers only: open /review/enter and give the token"
            raise RefusedError(message=message, status=403, code="not_allowed")
        if not hmac.compare_digest(given.encode(), self._sign("form", nonce).encode()):
            message = "the form is not of this session; load the page again"
            raise RefusedError(message=message, status=403, code="not_allowed")

    def _nonce(self, request: Request) -> str | None:
        nonce, _, signature = request.cookies.get(SESSION_COOKIE, "").partition(".")
        is_ours = hmac.compare_digest(signature.encode(), self._sign("session", nonce).encode())
        return nonce if nonce and is_ours else None

    def _sign(self, purpose: str, nonce: str) -> str:
        return hmac.new(self._key, f"{purpose}:{nonce}".encode(), hashlib.sha256).hexdigest()


def reader_name(request: Request) -> str:
    """Return the reviewer's name stored in this browser; empty if there is none."""
    return unquote(request.cookies.get(READER_COOKIE, ""))[:LONGEST_NAME].strip()


def keep_reader_name(request: Request, response: Response, name: str) -> None:
    """Store a reviewer's name in the browser.

    Raises:
        UsageError: The name is empty, too long or not printable.
    """
    bare = " ".join(name.split())
    if not bare or len(bare) > LONGEST_NAME or not bare.isprintable():
        raise UsageError(message=f"a reviewer's name has 1 to {LONGEST_NAME} letters")
    _set_cookie(request, response, READER_COOKIE, quote(bare, safe=""))


def _set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=_YEAR, httponly=True, samesite="strict", secure=request.url.scheme == "https",
        path="/",
    )  # fmt: skip
