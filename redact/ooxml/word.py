"""The markup of text documents that may stay, and the names in it that are given anew."""

from __future__ import annotations

import re

from lxml import etree

from redact.ooxml.parts import PIC, W10, WP, WPC, WPG, WPS, A, C, M, O, R, V, W, words
from redact.ooxml.tree import Allowed, drop
from redact.ooxml.values import clean_attributes, is_safe_font

_VAL = f"{{{W}}}val"

_CONTENT = """document background body p r t tab br cr noBreakHyphen softHyphen sym ptab hyperlink
bookmarkStart bookmarkEnd fldChar instrText fldSimple drawing pict txbxContent hdr
ftr footnotes footnote endnotes endnote footnoteReference endnoteReference
footnoteRef endnoteRef separator continuationSeparator object"""
_PARAGRAPH = """pPr pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr ilvl numId
suppressLineNumbers pBdr top left bottom right between bar start end insideH insideV tl2br tr2bl shd
tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi
adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc
textDirection textAlignment textboxTightWrap outlineLvl cnfStyle"""
_RUN = """rPr rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint
noProof color w kern position sz szCs highlight u effect bdr fitText vertAlign rtl cs em lang
eastAsianLayout oMath"""
_TABLE = """tbl tblPr tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize
tblW tblCellSpacing tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription tblGrid
gridCol tblPrEx tr trPr gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tc tcPr tcW
gridSpan hMerge vMerge tcBorders noWrap tcMar tcFitText vAlign hideMark"""
_SECTION = """sectPr headerReference footerReference footnotePr endnotePr pos numFmt numStart
numRestart type pgSz pgMar pgBorders lnNumType pgNumType cols col noEndnote titlePg rtlGutter
docGrid"""
_STYLES = """styles docDefaults rPrDefault pPrDefault style name basedOn next link autoRedefine
uiPriority semiHidden unhideWhenUsed qFormat tblStylePr"""
_NUMBERING = """numbering abstractNum multiLevelType lvl lvlRestart isLgl suff lvlText legacy lvlJc
num abstractNumId lvlOverride startOverride styleLink numStyleLink"""
_SETTINGS = """settings evenAndOddHeaders mirrorMargins bordersDoNotSurroundHeader
bordersDoNotSurroundFooter gutterAtTop displayBackgroundShape
noLineBreaksAfter noLineBreaksBefore strictFirstAndLastChars defaultTabStop characterSpacingControl
drawingGridHorizontalSpacing drawingGridVerticalSpacing displayHorizontalDrawingGridEvery
displayVerticalDrawingGridEvery compat spaceForUL balanceSingleByteDoubleByteWidth
doNotLeaveBackslashAlone ulTrailSpace doNotExpandShiftReturn adjustLineHeightInTable useFELayout
compatSetting themeFontLang clrSchemeMapping autoHyphenation"""

ALLOWED: Allowed = {
    W: words(
        " ".join((_CONTENT, _PARAGRAPH, _RUN, _TABLE, _SECTION, _STYLES, _NUMBERING, _SETTINGS))
    ),
    WP: None,
    WPS: words("wsp cNvPr cNvSpPr cNvCnPr spPr style bodyPr txbx linkedTxbx"),
    WPG: words("wgp cNvPr cNvGrpSpPr grpSpPr grpSp"),
    WPC: words("wpc bg whole"),
    C: frozenset({"chart"}),
    PIC: words("pic nvPicPr cNvPr cNvPicPr blipFill spPr"),
    A: words("""
        graphic graphicData graphicFrameLocks xfrm off ext chOff chExt prstGeom custGeom avLst
        gdLst gd ahLst cxnLst cxn pos rect pathLst path moveTo lnTo arcTo quadBezTo cubicBezTo pt
        close noFill solidFill gradFill gsLst gs lin pattFill fgClr bgClr grpFill srgbClr schemeClr
        sysClr prstClr scrgbClr hslClr alpha lumMod lumOff shade tint satMod hueMod satOff hueOff
        alphaOff alphaMod inv gray comp gamma invGamma ln prstDash custDash ds round bevel miter
        headEnd tailEnd effectLst effectDag outerShdw innerShdw prstShdw glow softEdge reflection
        blur fillOverlay scene3d camera rot lightRig sp3d bevelT bevelB extrusionClr contourClr
        lnRef fillRef effectRef fontRef spAutoFit noAutofit normAutofit prstTxWarp spLocks
        grpSpLocks cxnSpLocks stCxn endCxn tileRect fillToRect theme themeElements clrScheme dk1
        lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink fontScheme
        majorFont minorFont latin ea cs font fmtScheme fillStyleLst lnStyleLst effectStyleLst
        effectStyle bgFillStyleLst p r t br fld pPr rPr endParaRPr bodyPr lstStyle defPPr lvl1pPr
        defRPr buNone buChar buFont buAutoNum lnSpc spcBef spcAft spcPct spcPts sym flatTx
        flat backdrop anchor norm up blipFill blip srcRect stretch fillRect tile alphaModFix
        grayscl lum picLocks"""),
    V: words(
        "shape shapetype rect roundrect oval line polyline curve arc group textbox textpath path "
        "formulas f handles h stroke fill shadow imagedata"
    ),
    O: frozenset({"lock", "OLEObject"}),
    W10: words("wrap anchorlock bordertop borderleft borderbottom borderright"),
    M: None,
}

_LEVEL_TEXT = re.compile(
    r"[第章节節条條款项項目部分编編卷篇附件表图圖注例题題问問步、.．,，()（）〔〕\[\]【】<>《》:：;；*·\-—–~/ \t"  # noqa: E501
    r"%0-9a-zA-Z]{0,12}\Z"
)
_COMPATIBILITY = "http://schemas.microsoft.com/office/word"
_COMPATIBILITIES = words("""
    compatibilityMode overrideTableStyleFontSizeAndJustification enableOpenTypeFeatures
    doNotFlipMirrorIndents differentiateMultirowTableHeaders
    useWord2013TrackBottomHyphenation""")
_LETTER = re.compile("[^\\W_\u02b0-\u02ff\u3005\u30fc-\u30fe]")
"""A letter or digit; tone marks and signs of repetition, which may not begin a line, are none."""

_LINE_BREAKS = (f"{{{W}}}noLineBreaksAfter", f"{{{W}}}noLineBreaksBefore")
_MATH_FONT, _MATH_VAL, _USUAL_MATH_FONT = f"{{{M}}}mathFont", f"{{{M}}}val", "Cambria Math"
_STYLE_WORDS = words("""
    normal heading toc index table of figures authorities body text first indent list bullet
    number continue title subtitle header footer footnote endnote reference page line caption
    default paragraph font no web grid light medium dark shading colorful accent simple classic
    columns elegant professional subtle contemporary theme strong emphasis intense quote book
    plain date salutation signature closing hyperlink followedhyperlink balloon annotation subject
    document map message block envelope address return macro toa revision placeholder html
    preformatted char outline article section note unresolved mention smart a an and in to from
    bibliography effects""")
_STYLE_WORD = re.compile(r"[A-Za-z]+|\d|[ ()\-/]")


class Names:
    """Give styles and bookmarks of one document names of ours, the same in every part."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._styles: dict[str, str] = {}
        self._bookmarks: dict[str, str] = {}
        for style in styles.iter(f"{{{W}}}style") if styles is not None else ():
            self._styles.setdefault(str(style.get(f"{{{W}}}styleId", "")), f"s{len(self._styles)}")

    def style(self, name: str) -> str | None:
        """Map a style id; None for one that is not defined."""
        return self._styles.get(name)

    def bookmark(self, name: str) -> str:
        """Map a bookmark's name."""
        return self._bookmarks.setdefault(name, f"b{len(self._bookmarks)}")


_STYLE_REFERENCES = frozenset(
    f"{{{W}}}{n}" for n in words("pStyle rStyle tblStyle basedOn next link styleLink numStyleLink")
)
_KEPT: dict[str, frozenset[str]] = {
    f"{{{W}}}{name}": frozenset(attributes)
    for name, attributes in {
        "style": {f"{{{W}}}styleId"},
        "name": {_VAL},
        "lvlText": {_VAL},
        "tblCaption": {_VAL},
        "tblDescription": {_VAL},
        "hyperlink": {f"{{{W}}}anchor"},
        "bookmarkStart": {f"{{{W}}}name"},
        "fldSimple": {f"{{{W}}}instr"},
        "compatSetting": {f"{{{W}}}name", f"{{{W}}}uri"},
        "noLineBreaksAfter": {_VAL},
        "noLineBreaksBefore": {_VAL},
        "headerReference": {f"{{{R}}}id"},
        "footerReference": {f"{{{R}}}id"},
        **{n: {_VAL} for n in words("pStyle rStyle tblStyle basedOn next link")},
        **{n: {_VAL} for n in ("styleLink", "numStyleLink")},
    }.items()
} | {
    f"{{{WP}}}docPr": frozenset({"name", "title", "descr"}),
    f"{{{WPS}}}cNvPr": frozenset({"name", "title", "descr"}),
    f"{{{WPG}}}cNvPr": frozenset({"name", "title", "descr"}),
    f"{{{A}}}blip": frozenset({f"{{{R}}}embed"}),
    f"{{{C}}}chart": frozenset({f"{{{R}}}id"}),
    f"{{{V}}}imagedata": frozenset({f"{{{R}}}id"}),
    f"{{{O}}}OLEObject": frozenset({"Type", "ProgID", "DrawAspect", f"{{{R}}}id"}),
    f"{{{V}}}textpath": frozenset({"string"}),
    _MATH_FONT: frozenset({_MATH_VAL}),
    f"{{{A}}}graphicData": frozenset({"uri"}),
    f"{{{A}}}clrScheme": frozenset({"name"}),
    f"{{{A}}}fontScheme": frozenset({"name"}),
    f"{{{A}}}fmtScheme": frozenset({"name"}),
}
_SHAPE_TEXTS = frozenset({"title", "alt"})
_NONE: frozenset[str] = frozenset()


def clean_element(element: etree._Element) -> None:
    """Drop the attributes that may not stay on one element, known texts and names apart."""
    tag = str(element.tag)
    kept = _KEPT.get(tag, _NONE)
    if not kept and tag.startswith(f"{{{V}}}"):
        kept = _SHAPE_TEXTS
    clean_attributes(element, kept)
    if tag == _MATH_FONT and not is_safe_font(str(element.get(_MATH_VAL, ""))):
        element.set(_MATH_VAL, _USUAL_MATH_FONT)
    if tag.endswith("Scheme") and element.get("name") is not None:
        element.set("name", "Office")


def rename(root: etree._Element, names: Names) -> None:
    """Rename styles and bookmarks, and drop references that lead nowhere."""
    if root.tag != f"{{{W}}}styles":
        for stray in list(root.iter(f"{{{W}}}style")):
            drop(stray)
    _keep_settings(root)
    for element in list(root.iter(*_STYLE_REFERENCES)):
        target = names.style(str(element.get(_VAL, "")))
        if target is None:
            drop(element)
        else:
            element.set(_VAL, target)
    for element in list(root.iter(f"{{{W}}}name")):
        parent = element.getparent()
        if parent is None or parent.tag != f"{{{W}}}style":
            drop(element)
    for element in root.iter(f"{{{W}}}bookmarkStart"):
        element.set(f"{{{W}}}name", names.bookmark(str(element.get(f"{{{W}}}name", ""))))
    for element in root.iter(f"{{{W}}}hyperlink"):
        anchor = element.get(f"{{{W}}}anchor")
        if anchor is not None:
            element.set(f"{{{W}}}anchor", names.bookmark(str(anchor)))


def rename_styles(styles: etree._Element, names: Names) -> None:
    """Give every style the id of ours, and a name of ours unless its name is a built-in one."""
    used: set[str] = set()
    for number, style in enumerate(styles.iter(f"{{{W}}}style"), 1):
        identity = names.style(str(style.get(f"{{{W}}}styleId", "")))
        style.set(f"{{{W}}}styleId", identity or f"x{number}")
        name = style.find(f"{{{W}}}name")
        if name is None:
            continue
        if not is_builtin_style(str(name.get(_VAL, ""))) or name.get(_VAL) in used:
            name.set(_VAL, f"样式 {number}")
        used.add(str(name.get(_VAL)))


def is_builtin_style(name: str) -> bool:
    """Tell whether a style's name is made of the words of built-in names alone."""
    if len(name) > 48 or _STYLE_WORD.sub("", name):
        return False
    return all(w.lower() in _STYLE_WORDS for w in re.findall("[A-Za-z]+", name)) and not re.search(
        r"\d[\d \-]*\d", name
    )


def is_plain_level(text: str) -> bool:
    """Tell whether a numbering text only numbers (``第%1条``) or holds words of its own.

    A masked value is none: what was listed of the draft must be listed of the output, too.
    """
    bare = re.sub(r"%\d", "", text)
    if "**" in bare:
        return False
    return not re.search(r"\w", bare) or bool(
        _LEVEL_TEXT.match(bare) and not re.search(r"\w{5}", bare)
    )


def _keep_settings(settings: etree._Element) -> None:
    """Keep only the settings that steer the layout and cannot tell anything else."""
    for setting in list(settings.iter(f"{{{W}}}compatSetting")):
        name = str(setting.get(f"{{{W}}}name", ""))
        if setting.get(f"{{{W}}}uri") != _COMPATIBILITY or name not in _COMPATIBILITIES:
            drop(setting)
    for signs in list(settings.iter(*_LINE_BREAKS)):
        if _LETTER.search(str(signs.get(_VAL, ""))):
            drop(signs)
