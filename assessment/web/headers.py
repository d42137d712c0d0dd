"""What every response carries, and which requests are refused before anything reads them."""

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "::1")
PERSONAL = ("/api/", "/i/", "/p/", "/my/", "/staff/", "/kiosk/", "/login", "/logout", "/set-up")
PROBES = ("/healthz", "/readyz")  # asked by machines under any name
DOORS = ("/i/", "/p/")
STREAMLIT = "/_stcore/"  # Streamlit guards its own uploads
READING = ("GET", "HEAD", "OPTIONS")
_PLAIN = re.compile(r"/[ip]/[A-Za-z0-9_-]*")  # anything else is no link of ours and gets the page that says so
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class Guard:
    """Adds security headers to every response, Streamlit's too; refuses foreign hosts and foreign posts."""

    def __init__(self, app: ASGIApp, *, base_url: Callable[[], str]) -> None:
        self.app, self.base_url = app, base_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        base_url = self.base_url()
        headers, path = Headers(scope=scope), scope["path"]

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _dress(MutableHeaders(scope=message), path, base_url)
            await send(message)

        if path.startswith(DOORS) and not _PLAIN.fullmatch(path):
            malformed = f"{path[:3]}malformed"
            scope = {**scope, "path": malformed, "raw_path": malformed.encode()}
        refusal = _refusal(scope, headers, path, base_url)
        if refusal is None:
            await self.app(scope, receive, dressed)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "refused"})
        else:
            status, words = refusal
            answer: Response = PlainTextResponse(words, status)
            if path.startswith("/api/"):
                answer = JSONResponse({"error": words}, status)
            await answer(scope, receive, dressed)


def _refusal(scope: Scope, headers: Headers, path: str, base_url: str) -> tuple[int, str] | None:
    """Status and one sentence for a request that is turned away; None when it is not."""
    host = headers.get("host", "")
    known = {*LOOPBACK, urlsplit(base_url).hostname}
    if path not in PROBES and urlsplit(f"//{host}").hostname not in known:
        return 400, "This address is not ours. Whoever runs this app sets CAREFIT_BASE_URL to the address people use."
    if scope["type"] == "websocket" or scope["method"] in READING or path.startswith(STREAMLIT):
        return None
    origin = headers.get("origin")
    if origin is not None and origin not in _own_origins(host, base_url):
        return 403, "This request came from another site, so it was not carried out. Please use the page itself."
    return None


def _own_origins(host: str, base_url: str) -> tuple[str, ...]:
    base = urlsplit(base_url)
    return f"{base.scheme}://{base.netloc}", f"{base.scheme}://{host}"


def _dress(headers: MutableHeaders, path: str, base_url: str) -> None:
    headers["Content-Security-Policy"] = content_policy()
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
    if base_url.startswith("https://"):
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if path.startswith(PERSONAL):
        headers["Cache-Control"] = "no-store"


@cache
def content_policy() -> str:
    """What a page may load. Streamlit's one inline script is allowed by its hash, as it is installed."""
    hashes = " ".join(f"'sha256-{digest}'" for digest in inline_scripts(_streamlit_page().read_text(encoding="utf-8")))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval' blob: {hashes}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' ws: wss:",
            "worker-src 'self' blob:",
            "base-uri 'self'",
            "form-action 'self'",
            "object-src 'none'",
            "frame-ancestors 'none'",
        )
    )


def inline_scripts(page: str) -> tuple[str, ...]:
    """SHA-256 of every script written into a page, in base64."""
    return tuple(base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in _SCRIPT.findall(page))


def _streamlit_page() -> Path:
    found = find_spec("streamlit")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("Streamlit is not installed")
    return Path(found.submodule_search_locations[0]) / "static/index.html"
