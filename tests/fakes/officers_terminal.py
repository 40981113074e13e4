"""The command line on an officer's desk in a folder, for tests that sit at its terminal.

Called as ``python -m tests.fakes.officers_terminal HOME ARGUMENT…``.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flows import cli, compose
from flows.store.store import CaseStore
from review.approval import ONE_STEP
from review.policy import Policy
from tests.fakes.officers_desk import OfficersDesk
from tests.fakes.policies import small_policy

GROUNDS = (
    "政府信息公开条例第十四条（国家秘密）",
    "政府信息公开条例第十六条（内部事务信息）",
    "政府信息公开条例第十六条（过程性信息）",
)


def rules() -> Policy:
    known = small_policy()
    roster = replace(known.categories["roster"], signs=("救助名单",))
    return replace(
        known,
        categories={**known.categories, "roster": roster},
        approval=replace(ONE_STEP, grounds=GROUNDS),
    )


def store_in(home: Path) -> CaseStore:
    home.mkdir(exist_ok=True)
    store = CaseStore(f"sqlite:///{home / 'review.db'}", home / "audit.head")
    store.migrate()
    return store


def main() -> None:
    home, *arguments = sys.argv[1:]
    there = OfficersDesk(Path(home), store_in(Path(home)), datetime.now(UTC), rules())
    compose.open_policy = lambda overlay=None: rules()
    compose.open_desk = lambda overlay=None: there.desk
    compose.open_api = lambda: there.server  # type: ignore[assignment,return-value]
    sys.argv = ["review", *arguments]
    cli.main()


if __name__ == "__main__":
    main()
