"""A sentence of a page with what it is about: the unit, the series and the period."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from facts import COUNTRY, Demand, Facts, Key, Row
from page_text import Block, Keys, blocks, sentences
from printed import per_cent, period_text, printed

# a verdict, a reason why there is none, and a number: what makes a sentence a claim
VERDICTS = r"oppfyl|avgjør|vurder|avstand å ta igjen|klar\w* (?:utslag|svar)|skille\w* seg"
REASONS = (
    r"skjul|for få|for små|grunnlag|ikke kjent|ikke i uttrekk|ikke i brevet|finnes ikke|kan ikke beregnes|"
    r"mangler|kan ikke vises|ikke vises|definisjonen er|ny definisjon|annen definisjon|stiller ikke"
)
NUMBERS = r"\d|\b(?:ingen|ett|to|tre|fire|fem|seks|sju|åtte|ni|ti|elleve|tolv)\b"
CLAIM = re.compile(f"{VERDICTS}|{REASONS}|{NUMBERS}", re.IGNORECASE)
# what holds digits without counting anything
_PERIOD = (
    r"\d{1,2}\. (?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember) \d{4}|"
    r"\d\. tertial(?: \d{4})?|(?:19|20)\d\d|fotnote \d+|95 %|Tabell \d+|\bSP\d\d|\b[A-Z]\d\d\b"
)
# the fields of the labour market, which belong to a region and not to a series
MARKET = ("helt_ledige", "arbeidsstyrke", "ledige_stillinger", "andel_helt_ledige")
_QUOTED = re.compile(r"«[^«»]*»")


class Page:
    """A page of an edition: its address, its texts, and the names that its sentences use."""

    def __init__(self, facts: Facts, address: str, html: str) -> None:
        self.facts, self.address = facts, address
        self.kind, _, self.subject = address.partition("/")
        self.blocks = blocks(html)

    @property
    def unit(self) -> str:
        """The number of the unit that the page is about; that of the country on other pages."""
        return self.subject if self.subject in self.facts.units else COUNTRY

    @property
    def level(self) -> str:
        return str(self.facts.units.get(self.unit, {}).get("niva") or "landet")

    @cached_property
    def series_names(self) -> dict[str, Key]:
        """Name of a series → its key, of every definition; the unit and period are left open."""
        found = {}
        for id, definition in self.facts.definitions.items():
            for group in [*definition["grupper"], *({"id": g, "navn": g} for g in ("antall",))]:
                short = definition["kortnavn"]
                name = short if group["id"] == "alle" else f"{short}: {group['navn']}"
                found[name] = Key(id, group["id"], "", "")
            found.setdefault(definition["kortnavn"], Key(id, definition["grupper"][0]["id"], "", ""))
        return found

    @cached_property
    def names(self) -> re.Pattern[str]:
        """Names that hold digits or words of a claim: series, groups, units, and rows of the letters."""
        words = set(self.series_names)
        words |= {str(unit["navn"]) for unit in self.facts.units.values()}
        words |= {f"{number} {unit['navn']}" for number, unit in self.facts.units.items()}
        for definition in self.facts.definitions.values():
            words |= {definition["navn"], *(group["navn"] for group in definition["grupper"])}
        for letter in self.facts.letter_files.values():
            words |= {row["wording"] for row in letter["parameters"]}
            words |= {s["wording"] for row in letter["parameters"] for s in row["series"]}
        words |= {row["arbeidsmarkedsregion"] for row in self.facts.table("arbeidsmarked")}
        ordered = sorted(filter(None, words), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, ordered)) + f"|{_PERIOD}", re.IGNORECASE)

    def protected(self, sentence: str) -> Iterator[re.Match[str]]:
        """The names and the quotations in a sentence: their words and digits claim nothing."""
        yield from self.names.finditer(sentence)
        yield from _QUOTED.finditer(sentence)

    def claims(self) -> Iterator["Claim"]:
        """Every sentence that holds a verdict, a reason or a count."""
        for block in self.blocks:
            for sentence in sentences(block.text):
                bare = _QUOTED.sub("", self.names.sub("", sentence))
                if CLAIM.search(bare):
                    yield Claim(self, block, sentence)


@dataclass(frozen=True)
class Claim:
    """A sentence on a page, and the block it stands in."""

    page: Page
    block: Block
    sentence: str

    @property
    def facts(self) -> Facts:
        return self.page.facts

    def about(self, indikator: str, gruppe: str) -> "Claim":
        """The same sentence as if it were about another series of the page's unit."""
        return Claim(self.page, Block("", Keys(indikator, gruppe, self.page.unit), ""), self.sentence)

    @cached_property
    def key(self) -> Key | None:
        """The row that the sentence is about: that of the table row it stands in, else that of the series
        that its block begins with; None if it is about no series."""
        keys = self.block.keys
        indikator, gruppe = keys.indikator, keys.gruppe
        if not (indikator and gruppe):
            start = [name for name in self.page.series_names if self.block.text.startswith(name)]
            if not start:
                return None
            indikator, gruppe = self.page.series_names[max(start, key=len)][:2]
        enhet = keys.enhet or self.page.unit
        return Key(indikator, gruppe, enhet, keys.periode or self.facts.shown_period(indikator))

    @property
    def known_key(self) -> Key:
        key = self.key
        assert key is not None, "the sentence is about no series that the page names"
        return key

    @property
    def row(self) -> Row:
        keys = self.block.keys
        if keys.felt in MARKET:
            return self.facts.market(self.page.unit, keys.region, keys.periode)
        return self.facts.row(*self.known_key)

    @property
    def demand(self) -> Demand | None:
        return self.facts.demand(self.known_key.indikator, self.known_key.gruppe)

    @property
    def verdict(self) -> str:
        """The verdict derived again."""
        key = self.known_key
        assert key.periode == self.facts.shown_period(key.indikator), (
            "a verdict on a period that is not shown"
        )
        return self.facts.verdict(key.indikator, key.gruppe, key.enhet)

    @property
    def by(self) -> int:
        return self.facts.divisor(self.known_key.indikator, self.known_key.periode)

    @property
    def is_count(self) -> bool:
        return self.row.number("verdi") is None

    @property
    def decimals(self) -> int:
        n = self.row.number("n")
        return 0 if n is not None and n / self.by < 200 else 1

    def share(self, row: Row) -> str:
        """The share of a row as printed, from its counts; with the decimals of the row it is about."""
        x, n, value = row.number("x"), row.number("n"), row.number("verdi")
        assert value is not None
        exact = Decimal(repr(x)) / Decimal(repr(n)) if x is not None and n else Decimal(repr(value))
        return per_cent(exact, self.decimals)

    def value(self, row: Row) -> str:
        """The share or the count of a row as printed."""
        if self.is_count:
            x = row.number("x")
            assert x is not None
            return printed(x / self.by)
        return self.share(row)

    @property
    def base(self) -> Row:
        """The row of the same months a year before."""
        key = self.known_key
        return self.facts.row(*key._replace(periode=self.facts.moved(key.periode, -12)))

    @property
    def period(self) -> str:
        return period_text(self.known_key.periode)

    @property
    def base_period(self) -> str:
        return period_text(self.facts.moved(self.known_key.periode, -12))


def exact(claim: Claim, row: Row) -> float:
    """The share or the count of a row, not rounded."""
    x, n = row.number("x"), row.number("n")
    assert x is not None
    if claim.is_count:
        return x
    assert n
    return x / n
