"""The command ``review``: each subcommand lives in a module of its own and loads when called."""

from __future__ import annotations

import gettext
import importlib
import os
import sys
from importlib.metadata import version
from pathlib import Path

import click

from flows.terminable import terminable
from review.errors import PolicyInvalidError, ReviewError

COMMANDS = {
    "scan": "只检测：找出个人信息、涉密标志和敏感用语，不写任何文件",
    "redact": "检测、处理并核验，把处理后的文件写到指定文件夹",
    "verify": "核对：已处理的文件里还能不能读到应隐去的内容",
    "eval": "评测：用标注好的文本量一量检测的精确率、召回率和误检",
    "submit": "送审：为每个文件立案，等待审核人在网页上审批",
    "resubmit": "重新提交：把改正后的文件交回被退回的案件",
    "cases": "列出案件和进展",
    "show": "查看一个案件",
    "up": "启动服务：网页、处理进程和收件文件夹",
    "watch": "只启动收件文件夹",
    "audit": "审计链：核验、查看、导出",
    "policy": "规则：检查、试用、查看、比较、收入词语",
    "staff": "人员：登记、列出、停用",
    "doctor": "检查本机缺什么、哪里不安全、怎么补",
}


class LazyGroup(click.Group):
    """Load a subcommand's module only when that subcommand is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f"flows.commands.{name}"), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    version("prepublication-review"), message="review %(version)s", help="显示版本号。"
)
def cli() -> None:
    """政府文件公开前审查：该公开的公开，该隐去的隐去，谁定的、为什么，都可查。"""


def main() -> None:
    """Run the command line; declared errors end with one sentence and their exit code."""
    speak_chinese()
    try:
        with terminable():
            cli.main(standalone_mode=False)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已取消。", err=True)
        sys.exit(130)
    except ReviewError as error:
        _tell(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _tell(error: ReviewError) -> None:
    click.echo(f"错误：{error.message}", err=True)
    if isinstance(error, PolicyInvalidError):
        for problem in error.problems:
            click.echo(f"  - {problem}", err=True)


def speak_chinese() -> None:
    """Let click speak Chinese through its own gettext calls."""
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("messages", str(Path(__file__).with_name("locale")))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
