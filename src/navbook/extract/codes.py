"""The code lists of `data/kodelister/`: the codes that an extract may have, and their meaning.

Every list is read once. The lists also give each code a Norwegian name.
"""

import csv
from functools import cache

from navbook.runtime.paths import own_file

Row = dict[str, str]

_KEY = {"tiltak_alias": "alias"}


@cache
def _rows(code_list: str) -> tuple[Row, ...]:
    with own_file(f"data/kodelister/{code_list}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter=";"))


def _column(code_list: str, column: str) -> dict[str, str]:
    key = _KEY.get(code_list, "kode")
    return {row[key]: row[column] for row in _rows(code_list)}


def _codes_where(code_list: str, column: str, value: str = "ja") -> frozenset[str]:
    return frozenset(row["kode"] for row in _rows(code_list) if row[column] == value)


@cache
def accepted(code_list: str) -> frozenset[str]:
    """Every code that a column may have, aliases included, by the name of the list in `data/datakatalog.yml`.

    The empty value is never included: the data dictionary says whether a column may be empty.
    Raises FileNotFoundError for a name that is no list.
    """
    codes = frozenset(_column(code_list, "kode"))
    return codes | frozenset(tiltakskode_aliases()) if code_list == "tiltak" else codes


@cache
def innsatsgruppe_to_arena() -> dict[str, str | None]:
    """Every accepted innsatsgruppe of the three vocabularies to its Arena code; None: no decision."""
    return {"": None} | {kode: arena or None for kode, arena in _column("innsatsgruppe", "arenakode").items()}


@cache
def innsatsgrupper() -> dict[str, str]:
    """The Arena codes of the four innsatsgrupper (IKVAL, BFORM, BATT, VARIG) to their names."""
    return {row["kode"]: row["navn"] for row in _rows("innsatsgruppe") if row["ordliste"] == "arena"}


@cache
def innsatsgrupper_under_oppfolging() -> frozenset[str]:
    """The Arena codes with which an IARBS is under oppfølging."""
    followed = _codes_where("innsatsgruppe", "oppfolges_som_iarbs")
    return frozenset(arena for kode in followed if (arena := innsatsgruppe_to_arena()[kode]))


@cache
def tiltakskode_aliases() -> dict[str, str]:
    """Everyday names and the names of 2026 to the Arena code that is counted.

    JOBBKLUBB is also an old Arena code (internal job club); it is read as the name of 2026, JOBBK.
    """
    return _column("tiltak_alias", "arenakode")


@cache
def tiltak_uten_overgang() -> frozenset[str]:
    """The Arena codes left out of `tiltak_ota`: measures whose aim is not that the participant leaves."""
    return _codes_where("tiltak", "i_tiltak_ota", "nei")


@cache
def kvalifiserende_tiltak() -> frozenset[str]:
    """The Arena codes of measures that qualify: training and education."""
    return _codes_where("tiltak", "gruppe", "Opplæringstiltak")


@cache
def tiltak_med_utdanning() -> frozenset[str]:
    """The Arena codes of measures that are formal education; courses (AMO) are not."""
    return _codes_where("tiltak", "utdanning")


@cache
def tiltak_i_ordinart_arbeidsliv() -> frozenset[str]:
    """The Arena codes of measures whose participants are at an ordinary place of work."""
    return _codes_where("tiltak", "ordinart_arbeidsliv")


@cache
def helserelaterte_ytelser() -> frozenset[str]:
    """The health-related benefits."""
    return _codes_where("ytelse", "helserelatert")


@cache
def deltakerstatus_deltar() -> frozenset[str]:
    """The statuses with which a row of `tiltak` means that the person took part on its days."""
    return _codes_where("deltakerstatus", "deltar")


@cache
def deltakerstatus_uten_tom() -> frozenset[str]:
    """The statuses with which a row of `tiltak` may have an empty `tom`."""
    return _codes_where("deltakerstatus", "tom_kan_mangle")


@cache
def landgruppe() -> dict[str, int]:
    """Every accepted country code to landgruppe 0 (Norway), 1, 2 or 3."""
    return {kode: int(gruppe) for kode, gruppe in _column("landgruppe", "landgruppe").items()}


@cache
def landgruppe3() -> frozenset[str]:
    """The country codes of landgruppe 3, as the footnote of the letter to SP04 is read."""
    return _codes_where("landgruppe", "landgruppe", "3")


@cache
def landgruppe3_fotnote5() -> frozenset[str]:
    """The country codes of landgruppe 3 by footnote 5 of the two letters: outside the EEA."""
    return _codes_where("landgruppe", "fotnote5")


@cache
def series_units() -> dict[str, str]:
    """Every series (`indikator/gruppe`) that navbook counts, to its unit: personer or dagsverk."""
    return _column("serier", "maleenhet")


@cache
def aktivitetstype_aliases() -> dict[str, str]:
    """Other names of a type of aktivitet to the one that is counted."""
    return {kode: target for kode, target in _column("aktivitetstype", "alias_for").items() if target}


@cache
def arbeidsrettede_aktivitetstyper() -> frozenset[str]:
    """The types that count as arbeidsrettet aktivitet, aliases included."""
    return _codes_where("aktivitetstype", "arbeidsrettet")


@cache
def municipal_figures() -> dict[str, str]:
    """The codes of `kommunale_tall` to their names."""
    return _column("kommunale_tall", "navn")
