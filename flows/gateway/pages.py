"""How the gateway's own pages look: plain Chinese HTML without a script."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from flows.gateway.headers import OWN_PAGE
from flows.gateway.rights import may_look
from flows.people.staff import Staff
from review.staffing import StaffRole, role_names

_CSP = {"content-security-policy": OWN_PAGE}


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("flows"), autoescape=True, undefined=StrictUndefined)


def page(
    template: str,
    staff: Staff | None = None,
    *,
    status: int = 200,
    error: str = "",
    done: str = "",
    narrow: bool = False,
    **values: Any,
) -> Response:
    """Fill a page; ``error`` and ``done`` stand above its content."""
    roles = staff.roles if staff else frozenset()
    body = (
        _environment()
        .get_template(template)
        .render(
            person=staff,
            roles=role_names(roles),
            looks=may_look(roles),
            audits=StaffRole.AUDITOR in roles,
            error=error,
            done=done,
            narrow=narrow,
            **values,
        )
    )
    return HTMLResponse(body, status, headers=_CSP)


def message(heading: str, text: str, staff: Staff | None = None, *, status: int) -> Response:
    """Say one thing on a page of its own."""
    return page("message.html", staff, status=status, narrow=True, heading=heading, text=text)


def to(path: str) -> Response:
    """Send the browser on to another page of this host."""
    return RedirectResponse(path, 303)


def come_again(path: str) -> Response:
    """Let the browser ask again by itself.

    A link in a mail or on another site brings no strict cookie along; a page of ours does.
    """
    target = escape(path, quote=True)
    return HTMLResponse(f'<meta http-equiv="refresh" content="0;url={target}">', headers=_CSP)


def as_html(text: str) -> Response:
    """Show a page that is whole already, under the strictest policy."""
    return HTMLResponse(text, headers=_CSP)


def as_download(name: str, data: bytes) -> Response:
    """Hand out a file to be kept and opened elsewhere, never shown as a page of this host."""
    headers = {"content-disposition": f'attachment; filename="{name}"'} | _CSP
    return Response(data, 200, headers, media_type="application/octet-stream")


def refusal(text: str, status: int) -> Response:
    """Refuse a call of the interface, in the form that Prefect's pages show."""
    return JSONResponse({"detail": text, "exception_message": text}, status)


def interface_settings() -> Response:
    """Tell Prefect's pages what they ask before they show anything, and no more.

    The server's own answer names folders, addresses and accounts of this machine.
    """
    quiet = {"show_promotional_content": False}
    told = {"PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": False}
    return JSONResponse(told | {"server": {"ui": quiet, "analytics_enabled": False}})
