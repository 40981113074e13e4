"""How tests are shared out among workers: whole modules, and first the groups that wait long."""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadGroupScheduling


class WholeModules(LoadGroupScheduling):
    """Give a worker all tests of a group or else of a module, whose fixtures it makes once.

    They are given out in the order of collection: groups wait for servers most of their time,
    and whoever begins with them leaves the processors to the others.
    """

    def __init__(self, config: pytest.Config, log: Any = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        scope = super()._split_scope(nodeid)
        return nodeid.split("::")[0] if scope == nodeid else scope
