"""No place of a web page keeps a value: every hiding place planted, redacted and searched."""

from __future__ import annotations

import html
import re
from base64 import b64decode, b64encode
from urllib.parse import quote, unquote

import pytest

from redact.html.page import HtmlFormat
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from review.plan import redacted_document
from tests.fakes.planted import plan_for

VALUE = r"密\d\d\u00ad?\d值者"

# {v} is the value, {a} and {b} its halves, {e} its entities, {u} it in a link, {j} in a script,
# {c} in a style, {q} in a data link.
HEAD = {
    "title": "<title>公示{v}</title>",
    "description": '<meta name="description" content="{v}">',
    "author": '<meta name="author" content="{v}">',
    "sharing": '<meta property="og:title" content="{v}">',
    "refresh": '<meta http-equiv="refresh" content="9;url=/{u}">',
    "base": '<base href="https://a.cn/{u}/">',
    "alternate": '<link rel="alternate" title="{v}" href="/{u}">',
    "style": "<style>p::before{{content:'{v}'}}</style>",
    "style in escapes": "<style>p::before{{content:'{c}'}}</style>",
    "script": "<script>var name = '{v}'</script>",
    "script in escapes": "<script>document.write('{j}')</script>",
    "linked data": '<script type="application/ld+json">{{"name": "{v}"}}</script>',
    "unknown element of the head": "<zz>{v}</zz>",
}
BODY = {
    "paragraph": "<p>申请人{v}到场</p>",
    "entities": "<p>申请人{e}到场</p>",
    "split over elements": "<p>申请人<b>{a}</b><i>{b}</i>到场</p>",
    "split by a comment": "<p>申请人{a}<!-- x -->{b}到场</p>",
    "split by a soft hyphen": "<p>申请人{a}&shy;{b}到场</p>",
    "split by a word break": "<p>申请人{a}<wbr>{b}到场</p>",
    "heading": "<h2>{v}</h2>",
    "list": "<ul><li>{v}</li></ul>",
    "definition": "<dl><dt>姓名</dt><dd>{v}</dd></dl>",
    "table cell": "<table><tr><td>{v}</td></tr></table>",
    "table caption": "<table><caption>{v}</caption><tr><td>一</td></tr></table>",
    "table summary": '<table summary="{v}"><tr><td>一</td></tr></table>',
    "nested table": "<table><tr><td><table><tr><td>{v}</td></tr></table></td></tr></table>",
    "cell without a table": "<td>{v}</td>",
    "text between rows": "<table>{v}<tr><td>一</td></tr></table>",
    "preformatted": "<pre>一\n{v}</pre>",
    "link text": '<a href="https://a.cn/">{v}</a>',
    "link": '<a href="https://a.cn/{u}">看</a>',
    "link's question": '<a href="https://a.cn/?name={u}">看</a>',
    "link's place": '<a href="https://a.cn/#{u}">看</a>',
    "link as it stands": '<a href="https://a.cn/{v}">看</a>',
    "host of a link": '<a href="https://{v}.cn/">看</a>',
    "user of a link": '<a href="https://{u}@a.cn/">看</a>',
    "mail link": '<a href="mailto:{u}@a.cn">信</a>',
    "data link": '<a href="data:text/plain;base64,{q}">看</a>',
    "ping of a link": '<a href="https://a.cn/" ping="/{u}" download="{v}">看</a>',
    "comment": "<p>一<!-- {v} --></p>",
    "comment of a browser": "<!--[if IE]><p>{v}</p><![endif]-->",
    "comment never closed again": "<p>一</p><!-- {v} --!><p>二</p>",
    "instruction": "<?x {v}?>",
    "character data": "<![CDATA[{v}]]>",
    "declaration": "<!ELEMENT {v}>",
    "class": '<p class="{v}" id="{v}" lang="{v}">一</p>',
    "tip": '<p title="{v}">一</p>',
    "label for readers": '<p aria-label="{v}" aria-description="{v}">一</p>',
    "data": '<p data-x="{v}" itemprop="{v}">一</p>',
    "name of an attribute": "<p {v}>一</p>",
    "name of an element": "<x-{v}>一</x-{v}>",
    "handler": "<p onclick=\"alert('{v}')\">一</p>",
    "own style": "<p style=\"font-family:'{v}'\">一</p>",
    "hidden attribute": "<p hidden>{v}</p>",
    "not displayed": '<p style="display:none">{v}</p>',
    "not displayed around": '<div style="display: none !important"><p>一</p><p>{v}</p></div>',
    "invisible": '<p style="visibility:hidden">{v}</p>',
    "off the page": '<p style="position:absolute;left:-9999px">{v}</p>',
    "white": '<p style="color:#fff">{v}</p>',
    "picture text": '<img src="a.png" alt="{v}" title="{v}">',
    "picture place": '<img src="https://a.cn/{u}.png" srcset="/{u} 2x">',
    "picture bytes": '<img src="data:image/png;base64,{q}">',
    "picture of vectors": "<svg><title>{v}</title><text>{v}</text></svg>",
    "picture of vectors in a link": '<img src="data:image/svg+xml,{u}">',
    "formula": "<math><mtext>{v}</mtext><annotation>{v}</annotation></math>",
    "drawing": "<canvas>{v}</canvas>",
    "map": '<map name="{v}"><area alt="{v}" href="/{u}"></map>',
    "frame": '<iframe src="/{u}" srcdoc="{e}">{v}</iframe>',
    "object": '<object data="/{u}"><param name="x" value="{v}">{v}</object>',
    "sound": '<audio src="/{u}"><track label="{v}">{v}</audio>',
    "form": '<form action="/{u}"><input value="{v}" placeholder="{v}"></form>',
    "choice": "<select><optgroup label='{v}'><option value='{v}'>{v}</option></select>",
    "text area": "<textarea>{v}</textarea>",
    "suggestions": "<datalist><option value='{v}'></datalist>",
    "button": "<button value='{v}'>{v}</button>",
    "without scripts": "<noscript>{v}</noscript>",
    "template": "<template><p>{v}</p></template>",
    "slot": "<slot name='{v}'>{v}</slot>",
    "pronunciation": "<ruby>字<rt>{v}</rt></ruby>",
    "abbreviation": '<abbr title="{v}">局</abbr>',
    "time": '<time datetime="{v}">今日</time>',
    "deletion": '<del cite="/{u}" datetime="{v}">一</del>',
    "quotation": '<blockquote cite="/{u}">一</blockquote>',
    "details": "<details><summary>看</summary>{v}</details>",
    "dialog": "<dialog>{v}</dialog>",
    "unknown element": "<zz>{v}</zz>",
    "upright": '<p style="writing-mode:vertical-rl">{v}</p>',
    "from right to left": "<bdo dir=rtl>{v}</bdo>",
    "layer of old": "<layer>{v}</layer>",
    "plain text of old": "<xmp>{v}</xmp>",
}
PLACES = {name: f"密{n:03}值者" for n, name in enumerate([*HEAD, *BODY, "behind the end"])}


def filled(template: str, value: str) -> str:
    return template.format_map({
        "v": value, "a": value[:3], "b": value[3:], "u": quote(value),
        "e": "".join(f"&#{ord(c)};" for c in value),
        "j": "".join(f"\\u{ord(c):04x}" for c in value),
        "c": "".join(f"\\{ord(c):x} " for c in value),
        "q": b64encode(value.encode()).decode(),
    })  # fmt: skip


def page(values: dict[str, str]) -> bytes:
    head = "".join(filled(HEAD[name], values[name]) for name in HEAD)
    body = "\n".join(filled(BODY[name], values[name]) for name in BODY)
    end = f"<!-- {values['behind the end']} -->"
    made = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    )
    return (made + end).encode()


SOURCE = page(PLACES)


def everything_in(data: bytes) -> str:
    """Give all that can be read: the source, its entities, links, escapes and codes undone."""
    found = [data.decode()]
    found.append(html.unescape(found[0]))
    found.append(unquote(found[-1]))
    found.append(re.sub(r"\\u?([0-9a-f]{2,4}) ?", lambda m: chr(int(m[1], 16)), found[0]))
    found += [re.sub(r"<[^>]*>|\u00ad", "", text) for text in found]
    return "\n".join((*found, *_coded(found[0])))


def _coded(text: str) -> list[str]:
    codes = re.findall(r"base64,([A-Za-z0-9+/]+={0,2})", text)
    return [b64decode(code).decode("utf-8", "ignore") for code in codes]


@pytest.fixture(scope="module")
def redacted() -> bytes:
    plan = plan_for(HtmlFormat().read(SOURCE), VALUE)
    return HtmlFormat().write(SOURCE, plan)[0]


@pytest.mark.parametrize("place", PLACES)
def test_a_value_is_found_in_the_draft_and_not_in_the_output(place: str, redacted: bytes) -> None:
    assert PLACES[place] in everything_in(SOURCE)
    assert PLACES[place] not in everything_in(redacted)


def test_the_output_tells_nothing_of_what_was_hidden_not_even_between_two_drafts(
    redacted: bytes,
) -> None:
    twin = page({name: value.replace("值者", "物人") for name, value in PLACES.items()})
    plan = plan_for(HtmlFormat().read(twin), VALUE.replace("值者", "物人"))
    assert HtmlFormat().write(twin, plan)[0] == redacted


def test_the_output_reads_as_planned_and_the_verifier_passes_it_and_not_the_draft(
    redacted: bytes,
) -> None:
    document = HtmlFormat().read(SOURCE)
    expected = redacted_document(document, plan_for(document, VALUE)).text
    again = HtmlFormat().read(redacted)
    assert again.text.split() == expected.split()
    allowed = allowed_occurrences(expected, list(PLACES.values()))
    assert IndependentVerifier().verify("html", redacted, allowed) == ()
    assert IndependentVerifier().verify("html", SOURCE, allowed)
