"""The bodies of requests to the gateway, read up to a size."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

from review.errors import WrongUsageError

_MOST_FORM = 16 * 1024


async def read_form(request: Request) -> dict[str, str]:
    """Read a small form; raises ``WrongUsageError`` on anything else."""
    body = await read_body(request, _MOST_FORM)
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=10))
    except ValueError:
        raise WrongUsageError("提交的内容无法读取，请回到上一页重新填写。") from None


async def read_body(request: Request, most: int) -> bytes:
    """Read a request's body; raises ``WrongUsageError`` beyond ``most`` bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise WrongUsageError("提交的内容太长，请删减后再提交。")
    return bytes(body)
