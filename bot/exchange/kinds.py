"""What a file is that is no table: told by how it begins, whatever it is called, with what to do about it."""

from __future__ import annotations

import io
import zipfile

_SAVE = "另存为 .xlsx 或 CSV"
_DOCUMENT = f"这是文字文档，不是表格；请把里面的表格复制到表格软件，{_SAVE}"
_PACKED = "这是压缩包；请先解开，传里面的 .xlsx 或 CSV"
_PICTURE = f"这是图片，不是表格；请要来原来的表格，{_SAVE}"
_PAGE = f"这是网页或XML，不是表格；请用表格软件打开，{_SAVE}"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = ("WordDocument".encode("utf-16-le"), b"WpsDocument")
_BEGINNINGS = (
    (b"%PDF-", f"这是PDF，不是表格；请要来原来的表格，{_SAVE}"),
    (b"Rar!", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"\x1f\x8b", _PACKED),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"{\\rtf", _DOCUMENT),
    (b"MIME-Version:", _PAGE),
)


def another_kind(content: bytes) -> str:
    """Return in words what a file is instead of a table, and what to do; empty where it may be one."""
    if content.startswith(_OLE):  # whatever it is called: a workbook with a password is called .xlsx
        if any(mark in content for mark in _WORD):
            return _DOCUMENT
        return f"这是旧格式（.xls、.et）或加了密码的表格，请用表格软件打开，去掉密码，{_SAVE}"
    if content.startswith(b"PK"):
        return _package(content)
    begin = content.lstrip()
    if begin.startswith(b"<"):
        return _PAGE
    return next((words for mark, words in _BEGINNINGS if begin.startswith(mark)), "")


def _package(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = {name.lower() for name in package.namelist()}
    except Exception:  # it is said where a workbook is read
        return ""
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return f"这是二进制工作簿（.xlsb），请{_SAVE}" if "xl/workbook.bin" in names else ""
    if "word/document.xml" in names:
        return _DOCUMENT
    if "ppt/presentation.xml" in names:
        return f"这是演示文稿，不是表格；请要来原来的表格，{_SAVE}"
    if "mimetype" in names and "content.xml" in names:
        return f"这是OpenDocument文件（.ods 等），请用表格软件打开，{_SAVE}"
    return _PACKED if "[content_types].xml" not in names else ""
