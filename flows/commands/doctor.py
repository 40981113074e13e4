"""``review doctor``: what on this machine is missing or unsafe, and how to mend it."""

from __future__ import annotations

import json
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import click

from flows.beijing import beijing_day
from flows.commands.options import json_option, policy_option
from flows.compose import now
from flows.settings import Settings, read_settings
from review.errors import PolicyInvalidError, ReviewError

FREE_BYTES = 2 << 30


@dataclass(frozen=True, slots=True)
class Check:
    """Hold one thing looked at; ``advice`` says what to do when it is not ``ok``.

    What has an ``exit_code`` must be mended, anything else may stay as it is.
    """

    name: str
    ok: bool
    advice: str = ""
    exit_code: int = 0

    @property
    def label(self) -> str:
        if self.ok:
            return "正常"
        return "错误" if self.exit_code else "注意"


@click.command()
@policy_option
@json_option
def doctor(overlay: Path | None, as_json: bool) -> None:
    """检查本机缺什么、哪里不安全、怎么补；只看不改。"""
    checks = list(_examine(read_settings(), overlay))
    if as_json:
        click.echo(
            json.dumps({"checks": [asdict(c) for c in checks]}, ensure_ascii=False, indent=2)
        )
    else:
        for check in checks:
            click.echo(f"{check.label}  {check.name}")
            if not check.ok:
                click.echo(f"      {check.advice}")
    sys.exit(max((check.exit_code for check in checks if not check.ok), default=0))


def _examine(settings: Settings, overlay: Path | None) -> Iterator[Check]:
    yield _python()
    yield _home(settings.home)
    yield _disk(settings.home)
    yield _leftovers()
    yield _declared("规则", lambda: _load_policy(overlay or settings.policy_dir))
    yield from _model(overlay or settings.policy_dir)
    yield _declared("案件库和审计链", lambda: _verify_store(settings))
    yield from _manning(overlay or settings.policy_dir)
    yield _server(settings)
    yield from _private_files(settings)
    yield _declared("网页只对本机开放或已加密", lambda: _require_safe(settings))
    yield _calendar(now())
    yield _reminders(settings)
    yield _poppler()
    yield _libreoffice()
    yield _pictures()


def _python() -> Check:
    return Check("Python 版本", sys.version_info >= (3, 11), "需要 Python 3.11 或更高版本。", 1)


def _home(home: Path) -> Check:
    name = f"数据文件夹 {home}"
    if not home.exists():
        return Check(f"{name}（首次使用时自动建立）", True)
    open_to_others = home.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    return Check(name, not open_to_others, f"其他用户也能读取，请运行：chmod -R go-rwx {home}", 10)


def _disk(home: Path) -> Check:
    existing = next(path for path in (home, *home.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    return Check(f"剩余空间 {free >> 30} GB", free > FREE_BYTES, "不足 2 GB，请清理磁盘。", 9)


def _leftovers() -> Check:
    """Count what killed processes left of drafts; folders in which somebody works do not count."""
    from flows.scratch import left_over

    found = left_over()
    told = f"有 {found} 个是中断的处理留下的" if found else "没有残留"
    return Check(
        f"处理文件用的临时文件夹（{told}）",
        not found,
        "里面可能有草稿内容；下次启动 review up 或 review watch 时会自动清理，正在使用的不受影响。",
    )


def _declared(name: str, action: Callable[[], object]) -> Check:
    try:
        action()
    except ReviewError as error:
        return Check(name, False, error.message, error.exit_code)
    return Check(name, True)


def _load_policy(overlay: Path | None) -> None:
    from policies.loader import load_policy

    try:
        load_policy(overlay)
    except PolicyInvalidError as error:
        raise PolicyInvalidError(
            f"{error.message}运行 review policy check 查看；改正之前，仍按原来的规则办理。"
        ) from None


def _model(overlay: Path | None) -> Iterator[Check]:
    """Load the model that the rules name; rules that cannot be read are told of already."""
    from flows.compose import check_model
    from policies.loader import load_policy
    from policies.names import nlp_name

    with suppress(ReviewError):
        rules = load_policy(overlay)
        yield _declared(f"识别引擎：{nlp_name(rules.nlp)}", lambda: check_model(rules))


def _verify_store(settings: Settings) -> None:
    from flows.store.store import CaseStore
    from review.errors import AuditBrokenError

    local = settings.database_url.removeprefix("sqlite:///")
    if local != settings.database_url and not Path(local).exists():
        return
    store = CaseStore(settings.database_url, settings.anchor)
    try:
        if broken := store.verify():
            raise AuditBrokenError(f"审计链在第 {broken.seq} 条断开：{broken.message}")
    finally:
        store.close()


def _manning(overlay: Path | None) -> Iterator[Check]:
    """Look whether people can take every step; rules and stores that fail are told of already."""
    from flows.cases.manning import manning
    from flows.compose import enrolled
    from policies.loader import load_policy

    with suppress(ReviewError):
        approval, staff = load_policy(overlay).approval, enrolled()
        if not staff:
            yield Check("审批人员（还没有登记，请用 review staff add 登记）", True)
            return
        found = manning(approval, staff)
        yield from (Check("审批环节缺人", False, each, 8) for each in found.problems)
        yield from (Check("审批环节只有一个人", False, each) for each in found.notices)
        if not found.problems:
            yield Check("审批各环节都有人办", True)


def _server(settings: Settings) -> Check:
    from flows.intake.watch import is_watched
    from flows.prefect_api import PrefectApi

    name = f"审查服务 {settings.ui_url}"
    if not PrefectApi(settings.api_url, trusted=settings.tls_cert).healthy():
        return Check(name, False, "没有运行；要送审和审批时先运行 review up。")
    # A running ``review up`` watches the inbox of its home; a server elsewhere shows no such trace.
    ours = not settings.is_local or is_watched(settings.inbox)
    return Check(
        name,
        ours,
        "有服务应答，但本数据文件夹的 review up 没有运行，它多半属于别的数据文件夹；"
        "请核对 REVIEW_HOME，或用 REVIEW_API_URL 换一个端口后运行 review up。",
    )


def _private_files(settings: Settings) -> Iterator[Check]:
    """Look at the files that open something: a token or key that others read is theirs, too."""
    for file in (settings.token_file, settings.home / "door.key", settings.home / "staff.key"):
        if file.exists():
            open_to_others = file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
            advice = f"其他用户也能读取，请运行：chmod 600 {file}"
            yield Check(f"密钥文件 {file.name}", not open_to_others, advice, 10)


def _require_safe(settings: Settings) -> None:
    from flows.gateway.listening import require_safe

    require_safe(settings)


def _calendar(at: datetime) -> Check:
    """Look whether the holidays that the time limits will meet are known.

    The next year's arrangement is published in November, so nobody is asked for it before.
    """
    from flows.reminding.workdays import is_covered, unknown_year

    today = beijing_day(at)
    years = [today.year, today.year + 1] if today.month > 10 else [today.year]
    unknown = "；".join(unknown_year(year) for year in years if not is_covered(year))
    advice = f"{unknown}；国务院办公厅公布放假安排后，请升级 chinesecalendar。"
    return Check("工作日历（计算办理时限）", not unknown, advice)


def _reminders(settings: Settings) -> Check:
    from flows.compose import reminder_channels

    if not settings.smtp_url and not settings.webhook_url:
        return Check("到期提醒（没有设置，可选）", True)
    return _declared("到期提醒", lambda: reminder_channels(settings))


def _poppler() -> Check:
    found = shutil.which("pdftotext") is not None
    return Check("PDF 第三方核验（pdftotext）", found, "可选：安装 poppler-utils 和 poppler-data。")


def _libreoffice() -> Check:
    from redact.libreoffice import program

    return Check(
        "旧格式文件转换（LibreOffice）",
        program() is not None,
        "要处理 .doc、.wps、.xls、.et、.ppt、.dps、.rtf、.odp 等，"
        "请安装 LibreOffice；没有就会拒收，其他办公文件也没有页面图片。",
    )


def _pictures() -> Check:
    """Have a drawn number read as any picture is: in the sandbox, under its limits."""
    from flows.processing.sandbox import Sandbox

    name = "图片文字识别（扫描件、照片、截图）"
    number = "20260317"
    try:
        text = Sandbox().read("number.png", _drawn(number)).text
    except ReviewError:
        text = ""
    return Check(
        name,
        number in "".join(text.split()),
        "不能识别，扫描件和图片会被拒收；请重新运行 make install 装好 rapidocr 和 onnxruntime，"
        "并确认有 2 GB 可用内存。",
    )


def _drawn(text: str) -> bytes:
    from io import BytesIO

    from PIL import Image, ImageDraw, ImageFont

    picture, output = Image.new("L", (320, 80), "white"), BytesIO()
    ImageDraw.Draw(picture).text((20, 16), text, fill="black", font=ImageFont.load_default(40))
    picture.save(output, "PNG")
    return output.getvalue()
