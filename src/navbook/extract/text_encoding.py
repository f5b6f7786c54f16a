"""Finds the encoding and the line ends of a CSV file, and names the lines that do not fit the others."""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

MAX_LINE = 1 << 20
_CHUNK = 1 << 20
_MAX_LINES = 20
_RESAVE = "save it again as CSV (UTF-8) with ; or , between the columns, or deliver Parquet"
# å, æ and ø of code page 850, read as Windows-1252
_DOS_LETTERS = "†‘›"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class UnreadableFile(Exception):
    """A file that cannot be read as a table, with what is wrong, what to do, and the lines."""

    def __init__(self, what: str, remedy: str, lines: tuple[str, ...] = (), count: int = 1) -> None:
        super().__init__(what)
        self.what, self.remedy, self.lines, self.count = what, remedy, lines, count


def as_utf8(path: Path, copy: Path) -> Path:
    """The file itself if it is UTF-8, else a copy of it that is decoded from Windows-1252.

    Raises UnreadableFile, with the lines, for binary content, a mixture of the two encodings, bytes that are
    in neither, lines of over MAX_LINE bytes, and lines that end in different ways.
    """
    if _is_utf8(path):
        return path
    _refuse_mixed_encodings(path)
    with path.open("rb") as file, copy.open("w", encoding="utf-8", newline="") as out:
        for _, line in _lines(file):
            out.write(line.decode("cp1252"))
    return copy


def _is_utf8(path: Path) -> bool:
    """Whether the file is UTF-8. Also refuses binary content and lines that end in different ways."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8, windows_ends, ends = True, 0, 0
    last = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if b"\0" in chunk:
                wide = " (it is UTF-16)" if last == b"" and chunk.startswith(_WIDE) else ""
                raise UnreadableFile(f"the file is not text in UTF-8 or Latin-1{wide}", _RESAVE)
            windows_ends += chunk.count(b"\r\n") + (last == b"\r" and chunk.startswith(b"\n"))
            ends += chunk.count(b"\n")
            last = chunk[-1:]
            if utf8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    utf8 = False
    if 0 < windows_ends < ends:
        _refuse_mixed_ends(path)
    return utf8 and not decoder.getstate()[0]


def _refuse_mixed_ends(path: Path) -> None:
    """Raise UnreadableFile with the first lines that do not end as line 1 does."""
    with path.open("rb") as file:
        windows = None
        others: list[int] = []
        for number, line in _lines(file):
            windows = line.endswith(b"\r\n") if windows is None else windows
            if line.endswith(b"\n") and line.endswith(b"\r\n") != windows:
                others.append(number)
    ends = ("CRLF", "LF") if windows else ("LF", "CRLF")
    raise UnreadableFile(
        f"line 1 ends with {ends[0]} and other lines with {ends[1]}, as when two files are put together",
        "check whether the file has the rows of two deliveries, or a text of several lines, and save it with "
        "one kind of line ends",
        tuple(f"line {number}" for number in others[:_MAX_LINES]),
        len(others),
    )


def _refuse_mixed_encodings(path: Path) -> None:
    """Raise UnreadableFile with the lines that are not UTF-8 if others are, or that are in no encoding."""
    utf8_lines, windows_lines, unknown = [], [], []
    with path.open("rb") as file:
        for number, line in _lines(file):
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                utf8_lines.append(number)
            except UnicodeDecodeError:
                windows_lines.append(number)
                if not _is_windows(line):
                    unknown.append(number)
    if utf8_lines and windows_lines:
        raise UnreadableFile(
            "these lines are not UTF-8, and others are",
            "save the complete file as UTF-8; check the letters in these lines",
            tuple(f"line {number}" for number in windows_lines[:_MAX_LINES]),
            len(windows_lines),
        )
    if unknown:
        raise UnreadableFile(
            "these lines are neither UTF-8 nor Latin-1",
            "save the file as UTF-8; check the letters in these lines",
            tuple(f"line {number}" for number in unknown[:_MAX_LINES]),
            len(unknown),
        )


def _is_windows(line: bytes) -> bool:
    """Whether the bytes are text in Windows-1252, without the signs that DOS letters would become."""
    try:
        text = line.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return not any(sign in _DOS_LETTERS and _between_letters(text, at) for at, sign in enumerate(text))


def _between_letters(text: str, at: int) -> bool:
    return text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers. Raises UnreadableFile for a line of over MAX_LINE bytes."""
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise UnreadableFile(
                f"line {number} is longer than {MAX_LINE // 1024} kB",
                "check that the file is CSV; a quote that does not close can join lines",
            )
        yield number, line
