"""What a person reads for the state of a case."""

from __future__ import annotations

from collections.abc import Mapping

from review.case import State

STATE_NAMES: Mapping[State, str] = {
    State.REGISTERED: "已登记",
    State.SCANNED: "已检测",
    State.FLAGGED: "需审核",
    State.CLEAN: "未发现问题",
    State.BLOCKED: "已拦截",
    State.QUARANTINED: "已隔离",
    State.AWAITING: "等待审批",
    State.APPROVED: "已同意",
    State.RETURNED: "退回修改",
    State.WITHHELD: "不予公开",
    State.RELEASED: "已公开",
    State.WITHDRAWN: "已撤回",
}
