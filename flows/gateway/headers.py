"""The headers of every answer: nothing is fetched from elsewhere, framed, sniffed or kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Headers = list[tuple[bytes, bytes]]

OWN_PAGE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""For the pages of ours and for the review copy, which quotes drafts: no script, no connection."""

PREFECT_PAGE = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "worker-src 'self' blob:; object-src 'none'; form-action 'self'; base-uri 'self'; "
    "frame-ancestors 'none'"
)
"""For Prefect's pages: they may not call out, and run no script but the server's own files.

They set styles in place, start workers from blobs, and where the graph of a run cannot compile its
shaders (``unsafe-eval``) the page stops half-way. ``connect-src 'self'`` holds for sockets, too;
without ``unsafe-inline`` a ``javascript:`` link in what an artifact shows does nothing.
"""

_ALWAYS: Mapping[bytes, bytes] = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
}
_DROPPED = frozenset({b"access-control-allow-origin", b"access-control-allow-credentials"})


def secured(headers: Iterable[tuple[bytes, bytes]], *, keep: bool, https: bool) -> Headers:
    """Add what every answer carries; ``keep`` lets the browser keep a file that has no secrets."""
    given = [(name.lower(), value) for name, value in headers]
    names = {name for name, _ in given}
    added = dict(_ALWAYS)
    if b"content-security-policy" not in names:
        added[b"content-security-policy"] = PREFECT_PAGE.encode()
    if not keep:
        added[b"cache-control"] = b"no-store"
    if https:
        added[b"strict-transport-security"] = b"max-age=31536000"
    kept = [(n, v) for n, v in given if n not in added and n not in _DROPPED]
    return [*kept, *added.items()]
