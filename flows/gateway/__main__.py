"""The server process: Prefect behind the gateway, on the one port that anybody reaches."""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

import uvicorn

from flows.compose import open_gateway, settings
from flows.gateway.listening import require_safe
from flows.settings import Settings
from review.errors import ReviewError

_STOP_SECONDS = 5


def main() -> None:
    """Serve until told to stop."""
    current = settings()
    try:
        require_safe(current)
        serve(current)
    except ReviewError as error:
        sys.stderr.write(f"错误：{error.message}\n")
        sys.exit(error.exit_code)


def serve(current: Settings) -> None:
    """Start the web server at the address that the settings name."""
    from prefect.server.api.server import create_app

    address = urlsplit(current.api_url)
    uvicorn.run(
        open_gateway(create_app(final=True)),
        host=address.hostname or "127.0.0.1",
        port=address.port or (443 if address.scheme == "https" else 80),
        ssl_certfile=current.tls_cert,
        ssl_keyfile=current.tls_key,
        log_level="warning",
        access_log=False,  # who looked at what is the audit chain's to tell
        server_header=False,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )


if __name__ == "__main__":
    main()
