"""Colour spaces and graphics states of a pdf, copied by allow-list into plain values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from redact.page.doubt import DoubtError

_DEVICES = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
_CALIBRATED = {"/CalGray": "/DeviceGray", "/CalRGB": "/DeviceRGB"}
_PLAIN_KEYS = ("/LW", "/LC", "/LJ", "/ML", "/FL", "/CA", "/ca", "/OP", "/op", "/OPM", "/SA", "/AIS")
_BLENDS = frozenset(
    [
        "/Normal",
        "/Compatible",
        "/Multiply",
        "/Screen",
        "/Overlay",
        "/Darken",
        "/Lighten",
        "/ColorDodge",
        "/ColorBurn",
        "/HardLight",
        "/SoftLight",
        "/Difference",
        "/Exclusion",
    ]
)
_IGNORED_KEYS = frozenset(
    [
        "/Type",
        "/SM",
        "/TK",
        "/RI",
        "/TR",
        "/TR2",
        "/UCR",
        "/UCR2",
        "/BG",
        "/BG2",
        "/HT",
        "/HTO",
        "/UseBlackPtComp",
    ]
)


def colour_space(space: Any) -> str:
    """Give the device space that shows the same colours, as far as a screen goes.

    A profile is a file of its own in which anything may be written, so none is carried over.
    """
    import pikepdf

    if isinstance(space, pikepdf.Name):
        name = str(space)
        if name in _DEVICES.values():
            return name
    elif isinstance(space, pikepdf.Array) and len(space):
        name = str(space[0])
        if name in _CALIBRATED:
            return _CALIBRATED[name]
        if name in _DEVICES.values():
            return name
        if name == "/ICCBased" and (device := _DEVICES.get(int(space[1].get("/N", 0)))):
            return device
    raise DoubtError("colour space that is not known")


def graphics_state(state: Any) -> tuple[dict[str, Any], bool]:
    """Give what of a graphics state is plain, and whether it lets things shine through."""
    clean: dict[str, Any] = {}
    for key, value in state.items():
        if key in _PLAIN_KEYS:
            if not isinstance(value, bool | int | float | Decimal):
                raise DoubtError("graphics state that is not known")
            clean[key] = value
        elif key == "/BM":
            if str(value) not in _BLENDS:
                raise DoubtError("blend mode that is not known")
            clean[key] = str(value)
        elif key == "/SMask":
            if str(value) != "/None":
                raise DoubtError("soft mask")
        elif key not in _IGNORED_KEYS:
            raise DoubtError("graphics state that is not known")
    opaque = all(float(clean.get(key, 1)) == 1 for key in ("/CA", "/ca"))
    return clean, not opaque or clean.get("/BM", "/Normal") not in ("/Normal", "/Compatible")
