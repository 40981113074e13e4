"""The watched folder: ``inbox/<category>/…`` in, ``accepted/<CASE>/`` or ``rejected/`` out.

The folder itself is the queue. Nothing is remembered that a restart would miss: a file lies in the
inbox until its case stands in the store, and the store knows a file that comes a second time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from flows.durable import declared_errors
from flows.intake.filing import file_away, leave_note, leave_opinion, open_folder, shown_path
from flows.intake.listing import Signature, drafts, files_in, signature_of
from flows.intake.sidecar import Sidecar, find_sidecar, is_shared, read_declaration, sidecars
from review.errors import (
    AuditBrokenError,
    PolicyInvalidError,
    ReviewError,
    UnavailableError,
    WrongUsageError,
)

ACCEPTED, REJECTED, UNSORTED = "accepted", "rejected", "未分类"
RETRY_SECONDS = 60.0

Intake = Callable[[Path, str, Sidecar], str]
"""Open a case for (file, category, declaration) and return its id; raises ``ReviewError``."""

_LINK = "这是指向别处的链接，不是文件，未予收件；请把文件本身放入收件文件夹。"
_NOT_THE_FILES_FAULT = (UnavailableError, PolicyInvalidError, AuditBrokenError)

log = logging.getLogger(__name__)


class Fate(StrEnum):
    """Say what became of a file."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Tell of one file what became of it, without its name: that may name a person.

    ``message`` is the sentence of the error; ``path`` is where the file lies now, ``shown`` says
    so in a way that may stand in a log.
    """

    fate: Fate
    path: Path = field(repr=False)
    case: str = ""
    code: str = ""
    message: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Remember how a file looked and when it may be taken if it still looks so."""

    signature: Signature
    due: float


class Inbox:
    """Take up the drafts of one folder.

    ``categories`` gives the folder and the title of each as the rules stand; ``settle`` is how
    many seconds a file must lie still; ``sent_back`` gives what to tell the officer of each case
    that now is sent back.
    """

    def __init__(
        self,
        root: Path,
        intake: Intake,
        categories: Callable[[], Mapping[str, str]],
        settle: float,
        clock: Callable[[], float],
        sent_back: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self.root = root.resolve()
        self.settle = settle
        self.clock = clock
        self._intake = intake
        self._look_up = categories
        self._categories: Mapping[str, str] = {}
        self._waiting: dict[Path, _Waiting] = {}
        self._sent_back = sent_back
        self._told: dict[str, str] = {}

    def prepare(self) -> tuple[Path, ...]:
        """Make the folder of each category, so that people see where to put a draft.

        Raises ``UnavailableError`` where the inbox cannot be written to.
        """
        self._categories = dict(self._look_up())
        with declared_errors():
            return tuple(open_folder(self.root, category) for category in self._categories)

    def follow(self) -> None:
        """Make the folders of categories that the rules have come to know; try again on failure."""
        try:
            if self._look_up().keys() != self._categories.keys():
                self.prepare()
        except _NOT_THE_FILES_FAULT as error:
            log.warning("the categories stay as they are: %s", error.code)

    def sweep(self, now: float) -> list[Outcome]:
        """Look at everything once; take what has lain still since ``settle`` seconds before."""
        self.follow()
        seen: dict[Path, _Waiting] = {}
        for path, sidecar in drafts(self.root, reserved=(ACCEPTED, REJECTED)):
            signature = signature_of(path, sidecar)
            known = self._waiting.get(path)
            if signature and known and known.signature == signature:
                seen[path] = known
            elif signature:
                seen[path] = _Waiting(signature, now + self.settle)
        self._waiting = seen
        due = [path for path, waiting in seen.items() if now >= waiting.due]
        return [outcome for path in due if (outcome := self._take(path, now))]

    def tell_sent_back(self) -> None:
        """Put what is said of a case that was sent back beside its draft, once.

        Only cases that came through this folder have one here. Nothing that fails is more than
        a warning: ``review show`` says the same.
        """
        try:
            for case, words in self._sent_back().items():
                if self._told.get(case) != words:
                    leave_opinion(self.root, (ACCEPTED, case), words)
                    self._told[case] = words
        except (ReviewError, OSError) as error:
            log.warning("a case sent back is not told in its folder: %s", type(error).__name__)

    def _take(self, path: Path, now: float) -> Outcome | None:
        """Hand one file in and put it away; None where it changed or vanished meanwhile."""
        waiting = self._waiting.pop(path)
        siblings = files_in(path.parent)
        sidecar = find_sidecar(path, sidecars(siblings))
        if signature_of(path, sidecar) != waiting.signature:
            return None
        try:
            outcome = self._judge(path, sidecar)
            if signature_of(path, sidecar) != waiting.signature:
                return None
            moved = self._put_away(path, outcome)
            if sidecar and not is_shared(sidecar, path, siblings):
                file_away(sidecar, moved.parent)
        except FileNotFoundError:
            return None
        except _NOT_THE_FILES_FAULT as error:
            return self._defer(path, waiting, now, error.code, error.message)
        except Exception as error:  # a bug or a full disk must not stop the queue
            return self._defer(path, waiting, now, type(error).__name__, "")
        return replace(outcome, path=moved, shown=self._shown(moved))

    def _judge(self, path: Path, sidecar: Path | None) -> Outcome:
        try:
            if path.is_symlink():
                raise WrongUsageError(_LINK)
            category = self._category(path)
            declared = read_declaration(self.root, path, sidecar)
            return Outcome(Fate.ACCEPTED, path, case=self._intake(path, category, declared))
        except _NOT_THE_FILES_FAULT:
            raise
        except ReviewError as error:
            return Outcome(Fate.REJECTED, path, code=error.code, message=error.message)

    def _category(self, path: Path) -> str:
        folder, *below = path.relative_to(self.root).parts
        if below and folder in self._categories:
            return folder
        known = "、".join(f"{title} {key}" for key, title in self._categories.items())
        raise WrongUsageError(f"文件没有放在类别文件夹里，请放入以英文命名的这些之一：{known}。")

    def _put_away(self, path: Path, outcome: Outcome) -> Path:
        if outcome.fate is Fate.ACCEPTED:
            return file_away(path, open_folder(self.root, ACCEPTED, outcome.case))
        folder, *below = path.relative_to(self.root).parts
        moved = file_away(path, open_folder(self.root, REJECTED, folder if below else UNSORTED))
        try:
            leave_note(moved, outcome.message)
        except OSError:  # the file is safe where it lies; a full disk takes no note
            log.warning("a refused file lies in %s without its note", REJECTED)
        return moved

    def _defer(self, path: Path, waiting: _Waiting, now: float, code: str, message: str) -> Outcome:
        self._waiting[path] = _Waiting(waiting.signature, now + RETRY_SECONDS)
        return Outcome(Fate.DEFERRED, path, code=code, message=message, shown=self._shown(path))

    def _shown(self, path: Path) -> str:
        return shown_path(self.root, path, {REJECTED, UNSORTED, *self._categories})
