"""Cut the fonts of the pictures from Noto Sans SC, and write down how wide each character is.

Pictures are drawn with fonts of their own, so that they look the same on every machine. The whole of Noto Sans SC is
20 MB; what is kept is GB 2312, Latin letters, the signs and all characters of our own texts and plans, and characters
that GB 2312 lacks and that names often have. Run it again when a text or plan brings a character that is not drawn
(tests/bot/pictures/test_fonts.py says so):

    npm pack @expo-google-fonts/noto-sans-sc && tar xzf expo-google-fonts-noto-sans-sc-*.tgz
    python -m venv cut && cut/bin/pip install fonttools
    cut/bin/python deploy/fonts/cut.py package

The same package gives the same bytes. The fonts are licensed under the SIL Open Font License 1.1, which goes with them.
"""

import json
import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

REPOSITORY = Path(__file__).resolve().parents[2]
TO = REPOSITORY / "bot" / "pictures" / "noto"
FONTS = {"regular": "400Regular/NotoSansSC_400Regular.ttf", "bold": "700Bold/NotoSansSC_700Bold.ttf"}

SIGNS = "–—…·•×÷±≤≥≈→←↑↓✓○●◎◇◆□■△▲☆★〓〇《》〈〉「」『』【】〔〕①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥ℃‰％￥°′″"
NAMES = (
    "喆堃镕昇翀犇淼垚焱玥赟晔璟珏琰昀暄芃淏钰珺煊祎昕彧炘烜晟旻昉珩琤瑄璠璐玮珣琬琛瑢璘晗晞曦曈暻燊鑫森骉懋蘅菡芮茉苡芊莜蓁薇"
    "偲侃俣佶伃仝佟倓傢勍劼峂峣崟嵘嶙巘弢彣忞怡恺悦惇慜懿戬昪晁晏晢暠朏栩桄梓楠楷榕槿樾橦歆毓沄沣泓泠洺浛浠浥涵涣淇湉湫湲溥滢漪潇澍"
    "澔澄濛瀚灏煜熠燚爀爔玙玠玢玹珂珅珈珮琇琏琚琯瑀瑗瑨璇璈璞璥璨甯畑皓皙睿瞳矞砚祺禛禔禧秾穆竑笪筠筱箬簃紘绂绡绮缦羿翊翎翛翯耘聿胤"
    "舸苒茜荃荞荻莙莞菁菀萱葭蒨蓓蔚蕙蕤薷藜蘇虓虔蜓衎袆裎褀覃觐訢誉諠赫跶轩辰迩逄逯邈邕郗郜郦鄢鄯酆酩釗釪钊钏钤钧铄铖铠铭锜锟锴镠镱閎闳阗阚"
    "霁霖靓靖韫韬韪頔顒颉颋颛颢飏飔馥馨骁骅骐骞骢骥魁鲲鳌鸢鸾鸿鹄鹏鹔鹭麒麟麾黉黻鼐龑龢"
    "堽垕岕圐圙埗崀峁墕塬嵎崾圪坂垴凼冚氹浬滘涌漈漖潵濞瀍灞磜磡礐竻筶蔴鄠郚郯鄌镋陉陂隩鲘"
)
"""Of names of persons, then of places. What GB 2312 has already does no harm here."""


def characters() -> set[int]:
    """Return what pictures may have to draw."""
    gb2312 = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                gb2312.add(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    ours = [*(REPOSITORY / "bot" / "texts").rglob("*.py"), *(REPOSITORY / "plans" / "data").rglob("*.yaml")]
    texts = "".join(path.read_text(encoding="utf-8") for path in ours)
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))}
    return {ord(sign) for sign in gb2312 | latin | set(SIGNS) | set(NAMES) | set(texts)}


def main(package: Path) -> None:
    """Write the fonts, their licence and their widths."""
    wanted, widths = characters(), {}
    options = Options(
        layout_features=[], hinting=False, glyph_names=False,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], notdef_outline=True,
        drop_tables=["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG", "STAT"],
    )  # fmt: skip
    for name, file in FONTS.items():
        font = TTFont(package / file, recalcTimestamp=False)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=wanted)
        subsetter.subset(font)
        font.save(TO / f"{name}.ttf")
        full = font["head"].unitsPerEm
        advances = {chr(code): font["hmtx"][glyph][0] for code, glyph in sorted(font.getBestCmap().items())}
        narrow = {sign: round(1000 * width / full) for sign, width in advances.items() if width != full}
        widths[name] = {"full": "".join(sign for sign in advances if sign not in narrow), "others": narrow}
    (TO / "widths.json").write_text(json.dumps(widths, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    shutil.copyfile(package / "LICENSE_FONT", TO / "LICENSE_FONT")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
