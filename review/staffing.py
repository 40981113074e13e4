"""Who may do what: the roles under which members of staff submit, decide and look."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum


class StaffRole(StrEnum):
    """Say what a member of staff may do: submit, take a step of an approval, read the chain.

    ``REVIEWER`` takes the one step of an office whose policy names no chain of its own; the roles
    from ``UNIT_HEAD`` to ``SIGNATORY`` take the steps of a chain (承办部门负责人、保密审查人、
    政务公开机构、签发人).
    """

    OFFICER = "officer"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"
    UNIT_HEAD = "unit_head"
    SECRECY = "secrecy"
    DISCLOSURE = "disclosure"
    SIGNATORY = "signatory"


STAFF_ROLE_NAMES: Mapping[StaffRole, str] = {
    StaffRole.OFFICER: "送审人",
    StaffRole.REVIEWER: "审核人",
    StaffRole.AUDITOR: "审计员",
    StaffRole.UNIT_HEAD: "承办部门负责人",
    StaffRole.SECRECY: "保密审查人",
    StaffRole.DISCLOSURE: "政务公开机构",
    StaffRole.SIGNATORY: "签发人",
}


def role_names(roles: Collection[str]) -> str:
    """Name roles in their usual order."""
    return "、".join(name for role, name in STAFF_ROLE_NAMES.items() if role in roles)


DECIDING = frozenset(StaffRole) - {StaffRole.OFFICER, StaffRole.AUDITOR}
"""The roles that may take a step of an approval."""
