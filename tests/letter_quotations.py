"""The quotations of a letter file, and the check that each is in the text of that year's letter.

The letters' texts are not in the repository. Whoever has one checks the quotations, and writes the list of
hashes that the tests compare with:

    python tests/letter_quotations.py 2022 brev_2022.txt --write
"""

import argparse
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from navbook.letters import Letter, letter_for

HASHES = Path(__file__).parent / "spec" / "letter_quotations.txt"
# the machine reading of the letter has another character here
MISREAD = {"stønadslag": "stønadsdag"}
_MARKUP = re.compile(r"</?[a-z][^>]*>|[¹²³⁴-⁹⁰*\[\]]")
_BLANK = re.compile(r"[\s\u00ad\-‐‑–]+")
_INLINE = re.compile("«([^«»]+)»")


def normalised(text: str) -> str:
    """Return a text without markup, footnote marks, white space, line breaks and hyphens."""
    return _BLANK.sub("", _MARKUP.sub(" ", text).replace("’", "'"))


def quotations(letter: Letter) -> Iterator[tuple[str, str]]:
    """Yield the place and the words of each quotation from a letter in its own file."""
    yield from (("header", letter.header),) if letter.header else ()
    for row in letter.parameters:
        yield f"{row.id} wording", row.wording
        yield f"{row.id} requirement", row.requirement
        yield from ((f"{row.id} footnote {note.number}", note.text) for note in row.footnotes)
        yield from ((f"{row.id} series", ref.wording) for ref in row.series if not ref.supplement)
        yield from _inline(row.id, row.population, row.silent, row.rule.text)
    for entry in letter.catalogue:
        yield from ((f"{entry.id} ordlyd", passage) for passage in entry.ordlyd)
        yield from _inline(entry.id, entry.what, entry.reason)
    for term in letter.definitions:
        yield from ((f"{term.id} ordlyd", passage) for passage in term.ordlyd)
        yield from _inline(term.id, term.fixes)
    for section in letter.report.sections:
        yield from (("heading", section.heading),) if section.origin == "brevet" else ()
    for change in letter.changes:
        yield from _inline(f"change {change.topic}", change.now)


def quotations_of_the_one_before(letter: Letter) -> Iterator[tuple[str, str]]:
    """Yield what a letter file quotes from the letter before: how it was before a change."""
    for change in letter.changes:
        yield from _inline(f"before change {change.topic}", change.before)


def _inline(place: str, *texts: str) -> Iterator[tuple[str, str]]:
    """Yield the words that our own text quotes."""
    for text in texts:
        yield from ((f"{place} «»", words) for words in _INLINE.findall(text))


def listed(year: int) -> list[str]:
    """Return the lines of the hash list for a letter file: year, place and hash of each quotation."""
    letter = _letter(year)
    assert letter is not None
    return [
        f"{year};{place};{sha256(normalised(words).encode()).hexdigest()}"
        for place, words in (*quotations(letter), *quotations_of_the_one_before(letter))
    ]


def _letter(year: int) -> Letter | None:
    letter = letter_for(year)
    return letter if letter is not None and letter.year == year else None


def main() -> int:
    """Check the quotations of a year against its text; with --write, note their hashes."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("year", type=int)
    parser.add_argument("text", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    letter, after = _letter(given.year), _letter(given.year + 1)
    if letter is None:
        print(f"there is no letter file for {given.year}")
        return 2
    text = normalised(given.text.read_text(encoding="utf-8"))
    for read, right in MISREAD.items():
        text = text.replace(read, right)
    found = [*quotations(letter), *(quotations_of_the_one_before(after) if after else ())]
    missing = [(place, words) for place, words in found if normalised(words) not in text]
    for place, words in missing:
        print(f"not in the letter: {place}: {words}")
    print(f"{given.year}: {len(found) - len(missing)} of {len(found)} quotations are in the letter")
    if given.write and not missing:
        others = [
            line
            for line in (HASHES.read_text(encoding="utf-8").splitlines() if HASHES.exists() else [])
            if not line.startswith(f"{given.year};")
        ]
        HASHES.write_text(
            "\n".join(sorted([*others, *listed(given.year)], key=_year)) + "\n", encoding="utf-8"
        )
    return bool(missing)


def _year(line: str) -> str:
    return line.partition(";")[0]


if __name__ == "__main__":
    raise SystemExit(main())
