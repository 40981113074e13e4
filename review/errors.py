"""Errors that may reach a user, each with its exit code and a Chinese sentence saying what to do.

A message never quotes the document: it may end up in a log, an audit event or Prefect's database.
"""

from __future__ import annotations

from typing import ClassVar


class ReviewError(Exception):
    """Base of every declared error.

    ``message`` is one plain Chinese sentence: what is wrong and what to do next. It holds no
    text of a document and no file name; the caller adds the name where a person reads it.
    """

    exit_code: ClassVar[int] = 1
    code: ClassVar[str] = "error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class WrongUsageError(ReviewError):
    """An option, a category or an argument that does not exist or does not fit."""

    exit_code = 2
    code = "usage"


class BlockedError(ReviewError):
    """A secrecy mark or a stop term: nothing may be written."""

    exit_code = 4
    code = "blocked"


class InputError(ReviewError):
    """A file that cannot be used; nothing was written and the original is untouched."""

    exit_code = 5
    code = "input"


class EncryptedInputError(InputError):
    """A file behind a password."""

    code = "encrypted"


class BrokenInputError(InputError):
    """A file that is empty, cut off, malformed or built to mislead a parser."""

    code = "broken"


class TooLargeInputError(InputError):
    """A file beyond the limits of size, parts, pages, time or memory."""

    code = "too_large"


class UnknownFormatError(InputError):
    """A file whose type is not supported or does not match its name."""

    code = "unknown_format"


class UnsafeOutputError(ReviewError):
    """An output (or a page) that could not be shown to be safe: quarantined, a person decides."""

    exit_code = 6
    code = "unsafe_output"


class AuditBrokenError(ReviewError):
    """The audit chain does not verify."""

    exit_code = 7
    code = "audit_broken"


class PolicyInvalidError(ReviewError):
    """A policy that cannot be used; ``problems`` names every one with its file and key."""

    exit_code = 8
    code = "policy_invalid"

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class UnavailableError(ReviewError):
    """A server or database that cannot be reached."""

    exit_code = 9
    code = "unavailable"


class NotAllowedError(ReviewError):
    """Something this person may not do, or a step the case does not permit."""

    exit_code = 10
    code = "not_allowed"
