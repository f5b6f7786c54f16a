"""Text files from outside, read within bounds of size and depth, so that no file can hang or crash a command.

`TextRefused` says in half a sentence what is wrong; the caller adds which file it is and what to do.
"""

import json
import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

MAX_DEPTH = 20
HALF_A_CHARACTER = "it holds half a character (an escape between \\ud800 and \\udfff alone)"
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_DIGITS = 100
# libyaml's loader where available: letters are long, and every build reads several
_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TextRefused(ValueError):
    """A text that is too long, too deeply nested, not UTF-8, or not written in the expected format."""


def read_text(path: Path, max_bytes: int) -> str:
    """The UTF-8 text of a file, without a byte order mark.

    Raises OSError if the file cannot be opened, TextRefused if it is longer than `max_bytes` or not UTF-8;
    then the message names the first line that is not.
    """
    with path.open("rb") as file:
        content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise TextRefused(f"the file is longer than {max_bytes // 1000} kB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TextRefused(f"line {line} is not UTF-8") from error


def load_yaml(text: str) -> Any:
    """The content of a YAML text of plain values, lists and mappings.

    Raises TextRefused for anything else: a syntax error, a key that is given twice in a mapping, a tag, an
    alias (a few aliases can expand to more than any machine holds), or nesting deeper than MAX_DEPTH.
    """
    try:
        _check_events(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as error:
        raise TextRefused(_placed(error.problem_mark, str(error.problem))) from error
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as error:
        if isinstance(error, TextRefused):
            raise
        raise TextRefused("the text is not YAML") from error


def load_json(text: str) -> Any:
    """The content of a JSON text.

    Raises TextRefused if it is not JSON, is nested too deeply to read, or holds half a character that no file
    can be written with (an escape such as \\ud800 alone).
    """
    try:
        content = json.loads(text)
        if "\\ud" in text.lower():
            json.dumps(content, ensure_ascii=False).encode("utf-8")
        return content
    except UnicodeEncodeError as error:
        raise TextRefused(HALF_A_CHARACTER) from error
    except RecursionError as error:
        raise TextRefused("it is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise TextRefused(f"line {error.lineno} is not JSON ({error.msg})") from error
    except ValueError as error:
        raise TextRefused("it is not JSON") from error


def _check_events(text: str) -> None:
    """Refuse aliases, tags and deep nesting while the text is parsed, before any object is built."""
    depth = 0
    for event in yaml.parse(text, Loader=_SAFE):
        if isinstance(event, yaml.AliasEvent):
            raise TextRefused(_placed(event.start_mark, "an alias (*) is not allowed"))
        if getattr(event, "tag", None):
            raise TextRefused(_placed(event.start_mark, "a tag (!) is not allowed"))
        if isinstance(event, yaml.ScalarEvent) and _SURROGATE.search(event.value):
            raise TextRefused(_placed(event.start_mark, HALF_A_CHARACTER))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise TextRefused(_placed(event.start_mark, f"nested more than {MAX_DEPTH} levels deep"))


def _placed(mark: Any, problem: str) -> str:
    return f"line {mark.line + 1}: {problem}" if mark else problem


class _Loader(_SAFE):
    """Plain YAML in which a key may be given only once: otherwise the first value would be lost silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _fault("a key must be a plain word", key)
            if key.value in seen:
                raise _fault(f"the key {key.value} is given twice", key)
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_yaml_int(self, node: yaml.ScalarNode) -> int:
        # Python refuses to print a number of thousands of digits, so it must not come into being
        if len(node.value) > _MAX_DIGITS:
            raise _fault(f"the number has more than {_MAX_DIGITS} digits", node)
        return super().construct_yaml_int(node)

    def construct_yaml_timestamp(self, node: yaml.ScalarNode) -> Any:
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError as error:
            raise _fault(f"{node.value} is a day that does not exist", node) from error


_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_yaml_int)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_timestamp)


def _fault(problem: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
