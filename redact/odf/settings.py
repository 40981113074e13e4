"""The settings of an OpenDocument file: those that steer its layout stay, all others go."""

from __future__ import annotations

from redact.odf.package import OASIS, OFFICE, VERSION
from redact.ooxml.parts import words
from redact.package import parse_xml

_CONFIG = f"{OASIS}config:1.0"
_OOO = "http://openoffice.org/2004/office"
_SWITCHES = words("""
    AddExternalLeading AddFrameOffsets AddParaLineSpacingToTableCells AddParaSpacingToTableCells
    AddParaTableSpacing AddParaTableSpacingAtStart AddVerticalFrameOffsets AlignTabStopPosition
    ApplyParagraphMarkFormatToNumbering AutoFirstLineIndentDisregardLineSpace
    BackgroundParaOverDrawings ClipAsCharacterAnchoredWriterFlyFrames ClippedPictures
    CollapseEmptyCellPara ConsiderTextWrapOnObjPos ContinuousEndnotes DisableOffPagePositioning
    DoNotCaptureDrawObjsOnPage DoNotJustifyLinesWithManualBreak DoNotResetParaAttrsForNumFont
    FloattableNomargins FootnoteInColumnToPageEnd FrameAutowidthWithMorePara GutterAtTop
    HeaderSpacingBelowLastPara IgnoreFirstLineIndentInNumbering
    IgnoreTabsAndBlanksForLineCalculation InvertBorderSpacing IsKernAsianPunctuation
    MathBaselineAlignment MsWordCompMinLineHeightByFly MsWordCompTrailingBlanks
    NoNumberingShowFollowBy OutlineLevelYieldsNumbering PropLineSpacingShrinksFirstLine
    StylesNoDefault SubtractFlysAnchoredAtFlys SurroundTextWrapSmall
    TabAtLeftIndentForParagraphsInList TabOverMargin TabOverSpacing TabOverflow TableRowKeep
    TabsRelativeToIndent TreatSingleColumnBreakAsPageBreak UnbreakableNumberings
    UnxForceZeroExtLeading UseFormerLineSpacing UseFormerObjectPositioning UseFormerTextWrapping
    UseOldNumbering UseOldPrinterMetrics WordLikeWrapForAsCharFlys""")
_CHOICES = {
    "PrinterIndependentLayout": (
        "string",
        words("disabled enabled low-resolution high-resolution"),
    ),
    "CharacterCompressionType": ("short", words("0 1 2")),
}
_LAYOUT_SETTINGS = {name: ("boolean", words("true false")) for name in _SWITCHES} | _CHOICES
"""Settings that steer where lines and pages break, with type and values; every other one goes."""


def layout_settings(data: bytes) -> bytes:
    """Write the part anew; raises ``BrokenInputError`` where it is malformed."""
    kept: dict[str, str] = {}
    for item in parse_xml(data).iter(f"{{{_CONFIG}}}config-item"):
        name, value = str(item.get(f"{{{_CONFIG}}}name", "")), (item.text or "").strip()
        if name in _LAYOUT_SETTINGS and value in _LAYOUT_SETTINGS[name][1]:
            kept.setdefault(name, value)
    items = "".join(
        f'<config:config-item config:name="{n}" config:type="{_LAYOUT_SETTINGS[n][0]}">{v}'
        "</config:config-item>"
        for n, v in kept.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<office:document-settings xmlns:office="{OFFICE}" xmlns:config="{_CONFIG}" '
        f'xmlns:ooo="{_OOO}" office:version="{VERSION}"><office:settings>'
        f'<config:config-item-set config:name="ooo:configuration-settings">{items}'
        "</config:config-item-set></office:settings></office:document-settings>"
    ).encode()
