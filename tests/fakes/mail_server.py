"""A mail server that keeps what it is sent, in this process, on a free port."""

from __future__ import annotations

import base64
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """Hold what arrived; ``refuse`` is the reply to every message instead of taking it."""

    port: int = 0
    refuse: str = ""
    messages: list[bytes] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Serve SMTP on loopback without STARTTLS."""
    box = Mailbox()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 ready")
            recipients: list[str] = []
            while line := self.rfile.readline().decode(errors="replace").strip():
                command = line.upper().split(":")[0].split()[0]
                box.commands.append(command)
                if command == "EHLO":
                    self._say("250-here\r\n250 AUTH PLAIN")
                elif command == "AUTH":
                    box.logins.append(base64.b64decode(line.split()[-1]).decode())
                    self._say("235 known")
                elif command == "RCPT":
                    recipients.append(line.partition("<")[2].partition(">")[0])
                    self._say(box.refuse or "250 ok")
                elif command == "DATA":
                    self._say("354 go on")
                    box.messages.append(self._message())
                    box.recipients.append(recipients)
                    self._say("250 taken")
                elif command == "QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 ok")

        def _say(self, text: str) -> None:
            self.wfile.write(text.encode() + b"\r\n")

        def _message(self) -> bytes:
            lines: list[bytes] = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line)
            return b"".join(lines)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Say nothing of a client that broke off."""

    with Server(("127.0.0.1", 0), Session) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
