"""Decodes what stands in a text in another form: entities, escapes, base64 and hexadecimal numbers."""

import base64
import binascii
import re
from html import unescape
from urllib.parse import unquote

_ENTITY = re.compile(r"&#?\w{1,10};?")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2}))")
_HEX_NUMBER = re.compile(r"(?<![\w#])0[xX]([0-9a-fA-F]{1,8})(?!\w)")
# printable ASCII in hexadecimal, four letters at least
_HEX_TEXT = re.compile(r"(?<![\w#])(?:[2-6][0-9a-fA-F]|7[0-9a-eA-E]){4,}(?!\w)")
# With padding, or a beginning that stands for a digit, or long: other words are rarely base64.
_BASE64 = re.compile(
    r"(?<![\w+/=-])(?:(?:[\w+/-]{4})*(?:[\w+/-]{2}==|[\w+/-]{3}=)|[MNO](?:[\w+/-]{3}|[\w+/-]{7}|[\w+/-]{11})"
    r"|(?:[\w+/-]{4}){4,})(?![\w+/=-])",
    re.ASCII,
)
_MAX_DEPTH = 3


def decoded(text: str) -> str:
    """The text with every encoded piece replaced by what it stands for; the same text if there is none."""
    for _ in range(_MAX_DEPTH):
        before = text
        if "&" in text:
            text = _ENTITY.sub(lambda found: unescape(found[0]), text)
        if "\\" in text:
            text = _ESCAPE.sub(_character, text)
        if "%" in text:
            text = _PERCENT.sub(lambda found: unquote(found[0]), text)
        text = _HEX_NUMBER.sub(lambda found: str(int(found[1], 16)), text)
        text = _HEX_TEXT.sub(lambda found: _readable(found[0], _from_hex(found[0])), text)
        text = _BASE64.sub(lambda found: _readable(found[0], _from_base64(found[0])), text)
        if text == before:
            break
    return text


def _character(found: re.Match[str]) -> str:
    number = int(found[1] or found[2] or found[3], 16)
    return chr(number) if number <= 0x10FFFF else found[0]


def _from_hex(text: str) -> bytes:
    return bytes.fromhex(text) if len(text) % 2 == 0 else b""


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _readable(encoded: str, content: bytes) -> str:
    """What was encoded, if it is text with a digit; else the piece as it stands."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return encoded
    plain = text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    return text if plain.isprintable() and any(sign.isdigit() for sign in plain) else encoded
