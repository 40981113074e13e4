"""``review staff``: who may submit and approve."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import click

from flows.commands.named import NamedChoice
from flows.commands.options import json_option
from flows.compose import now, open_passwords, open_staff
from review.staffing import STAFF_ROLE_NAMES, StaffRole, role_names

if TYPE_CHECKING:
    from flows.people.staff import Staff

ISSUER = "公开审查"
"""The name under which an authenticator app files the code."""


@click.group()
def staff() -> None:
    """人员：登记、列出、停用。"""


@staff.command()
@click.argument("officer", metavar="ID")
@click.option(
    "--role",
    "roles",
    metavar="R",
    multiple=True,
    required=True,
    type=NamedChoice("角色", STAFF_ROLE_NAMES),
    help=f"角色，可多次给出：{'、'.join(f'{k} {v}' for k, v in STAFF_ROLE_NAMES.items())}。"
    "各角色办理哪个审批环节，见 review policy show。",
)
@click.option(
    "--renew",
    is_flag=True,
    help="给已登记的工号换发密钥和密码、重定角色，并解除锁定或停用；旧的随即作废。",
)
@click.option("--notify", metavar="ADDRESS", default="", help="收提醒的电子邮件地址，可不填。")
@json_option
def add(officer: str, roles: tuple[str, ...], renew: bool, notify: str, as_json: bool) -> None:
    """登记一个工号，给出登录密码和动态口令的密钥、二维码；只显示这一次。"""
    register = open_staff()
    enrol = register.renew if renew else register.add
    secret = enrol(officer, [StaffRole(role) for role in roles], at=now(), notify=notify)
    password = open_passwords().issue(officer, at=now())
    uri = _otpauth(officer, secret)
    if as_json:
        shown = {"id": officer, "roles": sorted(set(roles)), "secret": secret, "otpauth": uri}
        click.echo(json.dumps(shown | {"password": password}, ensure_ascii=False))
        return
    done = "已换发密钥和密码，旧的作废" if renew else "已登记"
    click.echo(f"{done}：工号 {officer}（{role_names(roles)}）。")
    click.echo(f"登录密码：{password}（请本人登录网页后到“修改密码”换成自己的）")
    click.echo("请本人用身份验证器扫描二维码，或手工输入密钥；此信息只显示这一次，请勿截图转发。\n")
    click.echo(_qr(uri))
    click.echo(f"密钥：{secret}")
    click.echo(f"链接：{uri}")


@staff.command("list")
@json_option
def list_(as_json: bool) -> None:
    """列出所有工号、角色和状态。"""
    everybody = open_staff().list()
    if as_json:
        rows = [
            {"id": s.id, "roles": sorted(s.roles), "disabled": s.disabled, "locked": s.locked}
            for s in everybody
        ]
        click.echo(json.dumps({"staff": rows}, ensure_ascii=False))
        return
    for someone in everybody:
        click.echo(f"{someone.id:<32}  {_status(someone)}  {role_names(someone.roles)}")
    if not everybody:
        click.echo("还没有登记任何人，请用 review staff add 登记。", err=True)


@staff.command()
@click.argument("officer", metavar="ID")
def disable(officer: str) -> None:
    """停用一个工号；已有的记录不受影响，重新启用请用 add --renew。"""
    open_staff().disable(officer, at=now())
    click.echo(f"已停用工号 {officer}。")


def _otpauth(officer: str, secret: str) -> str:
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=officer, issuer_name=ISSUER)


def _qr(uri: str) -> str:
    import segno

    drawing = io.StringIO()
    segno.make(uri, error="l", micro=False).terminal(drawing, compact=True)
    return drawing.getvalue()


def _status(someone: Staff) -> str:
    if someone.disabled:
        return "已停用"
    return "已锁定" if someone.locked else "可用  "
