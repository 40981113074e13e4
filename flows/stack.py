"""The embedded stack: gateway with Prefect within, and one serving process, in order."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from flows.compose import worker_token
from flows.durable import make_private
from flows.gateway.listening import require_safe
from flows.prefect_api import PrefectApi
from flows.settings import Settings
from review.errors import UnavailableError

START_SECONDS = 90
STOP_SECONDS = 15

# Reads process numbers and, when its input ends because we were killed, ends their groups.
_GUARD = """
while read -r pid; do pids="$pids $pid"; done
for pid in $pids; do kill -s KILL -- "-$pid"; done
"""


def _nothing(api: PrefectApi) -> None:
    """Prepare nothing."""


def stack_environment(settings: Settings, overlay: Path | None, token: str) -> dict[str, str]:
    """Give the environment of server and worker: local, silent towards the outside, private."""
    policy = overlay or settings.policy_dir
    own = {"REVIEW_POLICY": str(policy.absolute())} if policy else {}
    if settings.tls_cert:
        own["PREFECT_API_SSL_CERT_FILE"] = str(settings.tls_cert)
    return (
        os.environ
        | own
        | {
            "REVIEW_HOME": str(settings.home),
            "REVIEW_API_URL": settings.api_url,
            "PREFECT_HOME": str(settings.home / "prefect"),
            "PREFECT_API_URL": settings.api_url,
            # Unlike an API key, Prefect's client shows this on its sockets, too.
            "PREFECT_API_AUTH_STRING": token,
            "PREFECT_SERVER_UI_API_URL": "/api",
            "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": settings.ui_url,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            # Events repeat whole artifacts and the names of runs, and nothing can delete one: what
            # a reviewer hides would lie on there. Our audit chain is the record.
            "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
            "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_RUNNER_POLL_FREQUENCY": "1",
            # A log line may quote what failed: none goes into the server's database.
            "PREFECT_LOGGING_TO_API_ENABLED": "false",
            "PREFECT_LOGGING_LEVEL": "WARNING",
            "PREFECT_CLI_COLORS": "false",
            "NO_PROXY": "127.0.0.1,localhost",
        }
    )


class Stack:
    """Run server and worker as children; as a context manager it never leaves one behind.

    ``prepare`` is called when the server answers and the worker does not run yet.
    """

    def __init__(
        self,
        settings: Settings,
        overlay: Path | None = None,
        prepare: Callable[[PrefectApi], None] = _nothing,
    ) -> None:
        self._settings = settings
        self._overlay = overlay
        self._prepare = prepare
        self._children: list[subprocess.Popen[bytes]] = []
        self._guard: subprocess.Popen[bytes] | None = None
        self._token = worker_token(settings, create=True)
        self.api = PrefectApi(settings.api_url, self._token, settings.tls_cert)

    def __enter__(self) -> Stack:
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _start(self) -> None:
        require_safe(self._settings)
        address = urlsplit(self._settings.api_url)
        host, port = address.hostname or "127.0.0.1", address.port or 80
        self._require_free(host, port)
        self._guard = subprocess.Popen(
            ["/bin/sh", "-c", _GUARD],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )
        self._spawn("server", [sys.executable, "-m", "flows.gateway"])
        self._wait(self.api.healthy)
        self._prepare(self.api)
        before = self.api.registered_at()
        self._spawn("worker", [sys.executable, "-m", "flows.serve"])
        self._wait(lambda: self.api.registered_at() != before)

    def _require_free(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                raise UnavailableError(
                    f"端口 {port} 已被占用；请停掉占用它的程序，或用 REVIEW_API_URL 换一个端口。"
                ) from None

    def _spawn(self, name: str, command: list[str]) -> None:
        logs = self._settings.home / "logs"
        make_private(logs)
        with (logs / f"{name}.log").open("ab") as log:
            child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=stack_environment(self._settings, self._overlay, self._token),
                cwd=self._settings.home,
                start_new_session=True,  # Ctrl-C reaches us alone: the worker stops first
            )
        self._children.append(child)
        assert self._guard is not None
        assert self._guard.stdin is not None
        self._guard.stdin.write(b"%d\n" % child.pid)
        self._guard.stdin.flush()

    def _wait(self, ready: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not ready():
            if self._died() or time.monotonic() > deadline:
                raise self._failed("服务没有启动成功")
            time.sleep(0.2)

    def _died(self) -> bool:
        return any(child.poll() is not None for child in self._children)

    def _failed(self, what: str) -> UnavailableError:
        return UnavailableError(f"{what}，请查看 {self._settings.home / 'logs'} 中的日志。")

    def wait(self, each: Callable[[], None] = lambda: None) -> None:
        """Wait until a child ends by itself, which is a failure; Ctrl-C ends the waiting.

        ``each`` is called about twice a second; what it raises ends the waiting too.
        """
        while not self._died():
            each()
            time.sleep(0.5)
        raise self._failed("服务中途停止")

    def stop(self) -> None:
        """Stop the worker first, then the server: a worker without its server hangs."""
        while self._children:
            _stop(self._children[-1])
            self._children.pop()
        if self._guard is not None:
            self._guard.kill()
            self._guard.communicate()
            self._guard = None


def _stop(child: subprocess.Popen[bytes]) -> None:
    """End a child, and then whatever it left in its group: a killed worker leaves its runs."""
    for number in (signal.SIGINT, signal.SIGTERM):
        if child.poll() is not None:
            break
        with suppress(ProcessLookupError):
            os.killpg(child.pid, number)
        with suppress(subprocess.TimeoutExpired):
            child.wait(STOP_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def free_port() -> int:
    """Find a free port on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
