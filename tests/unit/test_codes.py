"""The code lists: what is accepted, and what it stands for."""

import csv

import pytest

from navbook.extract import codes
from navbook.runtime.paths import DATA

FOUR_GROUPS = {
    "IKVAL": ("IKVAL", "STANDARD_INNSATS", "GODE_MULIGHETER"),
    "BFORM": ("BFORM", "SITUASJONSBESTEMT_INNSATS", "TRENGER_VEILEDNING"),
    "BATT": ("BATT", "SPESIELT_TILPASSET_INNSATS", "TRENGER_VEILEDNING_NEDSATT_ARBEIDSEVNE"),
    "VARIG": (
        "VARIG",
        "VARIG_TILPASSET_INNSATS",
        "GRADERT_VARIG_TILPASSET_INNSATS",
        "LITEN_MULIGHET_TIL_A_JOBBE",
        "JOBBE_DELVIS",
    ),
}


@pytest.mark.parametrize(("arena", "names"), FOUR_GROUPS.items())
def test_three_vocabularies_name_the_same_innsatsgruppe(arena: str, names: tuple[str, ...]) -> None:
    assert {codes.innsatsgruppe_to_arena()[name] for name in names} == {arena}


def test_servicegrupper_stand_for_themselves_and_no_decision_is_none() -> None:
    mapping = codes.innsatsgruppe_to_arena()
    service = ("BKART", "IVURD", "OPPFI", "VURDI", "VURDU", "KAP11")
    assert [mapping[code] for code in service] == list(service)
    assert mapping[""] is None
    assert mapping["HAR_IKKE_GJELDENDE_14A_VEDTAK"] is None
    assert len(mapping) == 3 * 4 + 2 + len(service) + 2


def test_an_iarbs_is_followed_up_in_six_groups() -> None:
    assert codes.innsatsgrupper_under_oppfolging() == {"BATT", "BFORM", "IKVAL", "VURDU", "OPPFI", "VARIG"}


def test_formidlingsgrupper() -> None:
    assert codes.accepted("formidlingsgruppe") == {
        "ARBS",
        "IARBS",
        "ISERV",
        "IJOBS",
        "JOBBS",
        "PARBS",
        "RARBS",
    }


def arena_measures() -> set[str]:
    with (DATA / "kodelister" / "tiltak.csv").open(encoding="utf-8", newline="") as file:
        return {row["kode"] for row in csv.DictReader(file, delimiter=";")}


def test_there_are_104_arena_measures_and_one_that_arena_never_had() -> None:
    known = arena_measures()
    assert len(known) == 105
    assert {"FIREARIG_LONNSTILSUDD", "ARBFORB", "UFØREPENLØ"} <= known


@pytest.mark.parametrize(
    ("alias", "code"),
    [
        ("VTA", "VASV"),
        ("VTA-O", "VATIAROR"),
        ("AFT", "ARBFORB"),
        ("VTAO", "VATIAROR"),
        ("TILRETTELAGT_ARBEID_ORDINAER", "VATIAROR"),
        ("VARIG_TILRETTELAGT_ARBEID_SKJERMET", "VASV"),
        ("MIDLERTIDIG_LONNSTLSKUDD", "MIDLONTIL"),
        ("STUDIESPESIALISERING", "GRUPPEAMO"),
        ("JOBBKLUBB", "JOBBK"),
    ],
)
def test_other_names_of_a_measure(alias: str, code: str) -> None:
    assert codes.tiltakskode_aliases()[alias] == code


def test_every_alias_leads_to_a_known_measure_and_never_to_another_alias() -> None:
    aliases = codes.tiltakskode_aliases()
    assert set(aliases.values()) <= arena_measures()
    assert not set(aliases.values()) & set(aliases)
    assert "FIREARIG_LONNSTILSUDD" not in aliases


def test_measures_whose_aim_is_not_to_leave_are_out_of_the_transition() -> None:
    assert codes.tiltak_uten_overgang() == {
        "VASV",
        "VATIAROR",
        "FUNKSJASS",
        "EKSPEBIST",
        "INKLUTILS",
        "TILRETTEL",
        "VARLONTIL",
    }


def test_taking_part_is_eight_statuses_of_which_two_may_run_on() -> None:
    arena, newer = {"GJENN", "FULLF", "DELAVB", "GJENN_AVB"}, {"DELTAR", "HAR_SLUTTET", "FULLFORT", "AVBRUTT"}
    assert codes.deltakerstatus_deltar() == arena | newer
    ended = {"FULLF", "DELAVB", "GJENN_AVB", "HAR_SLUTTET", "FULLFORT", "AVBRUTT"}
    assert codes.deltakerstatus_uten_tom() == codes.accepted("deltakerstatus") - ended
    assert {"FEILREG", "FEILREGISTRERT", "VENTELISTE", "TILBUD", "IKKEM"} <= codes.accepted("deltakerstatus")


def test_every_country_has_one_landgruppe() -> None:
    counts = [list(codes.landgruppe().values()).count(group) for group in (0, 1, 2, 3)]
    assert counts == [2, 32, 12, 222]


@pytest.mark.parametrize(
    ("country", "footnote_19", "footnote_5"),
    [
        ("CHE", False, True),  # in Europe outside the EEA, not in the east
        ("GBR", False, True),
        ("AND", False, True),
        ("ALA", True, False),  # inside the EEA with Finland
        ("BMU", True, False),  # North America beside USA and Canada
        ("SPM", True, False),
        ("UKR", True, True),
        ("TUR", True, True),
        ("XXX", True, True),
        ("XXK", True, True),
        ("GRL", False, False),
        ("POL", False, False),
        ("NOR", False, False),
    ],
)
def test_the_two_footnotes_draw_landgruppe_3_differently(
    country: str, footnote_19: bool, footnote_5: bool
) -> None:
    assert (country in codes.landgruppe3()) is footnote_19
    assert (country in codes.landgruppe3_fotnote5()) is footnote_5


def test_footnote_5_differs_in_ten_countries_and_an_empty_country_is_in_neither() -> None:
    plus = codes.landgruppe3_fotnote5() - codes.landgruppe3()
    minus = codes.landgruppe3() - codes.landgruppe3_fotnote5()
    assert plus == {"AND", "CHE", "GBR", "GIB", "MCO", "SMR", "VAT"}
    assert minus == {"ALA", "BMU", "SPM"}
    assert "" not in codes.landgruppe()


def test_work_oriented_activities() -> None:
    assert codes.arbeidsrettede_aktivitetstyper() == {
        "EGENAKTIVITET",
        "JOBBSOEKING",
        "STILLING",
        "SOKEAVTALE",
        "IJOBB",
        "STILLING_FRA_NAV",
        "EKSTERNAKTIVITET",
        "GRUPPEAKTIVITET",
        "UTDANNINGSAKTIVITET",
    }
    others = codes.accepted("aktivitetstype") - codes.arbeidsrettede_aktivitetstyper()
    assert others == {"BEHANDLING", "MOTE", "SAMTALEREFERAT", "TILTAKSAKTIVITET"}
    assert codes.aktivitetstype_aliases() == {"STILLING": "JOBBSOEKING"}


@pytest.mark.parametrize(
    ("code_list", "expected"),
    [
        ("ytelse", "DAG DAG_PERM DAG_FISK DAG_LONN AAP TP SP UFO ALD OG"),
        ("utdanning", "GRUNNSKOLE VIDEREGAENDE HOYERE UKJENT"),
        ("kjonn", "K M"),
        ("arbeidssokerstatus", "HELT_LEDIG DELVIS_LEDIG PA_TILTAK ANDRE"),
        ("aktivitetstatus", "PLANLAGT BRUKER_ER_INTERESSERT GJENNOMFORES FULLFORT AVBRUTT"),
        ("kontakttype", "DIALOG MOTE SAMTALE"),
        ("kontaktstatus", "FULLFORT PLANLAGT AVBRUTT"),
        ("sykmeldingstype", "ORDINAER AVVENTENDE BEHANDLINGSDAGER REISETILSKUDD"),
        ("utfall", "IKKE_PRESENTERT PRESENTERT FATT_JOBBEN"),
    ],
)
def test_the_short_lists(code_list: str, expected: str) -> None:
    assert codes.accepted(code_list) == set(expected.split())


def test_accepted_measures_include_the_aliases() -> None:
    assert codes.accepted("tiltak") == arena_measures() | set(codes.tiltakskode_aliases())


@pytest.mark.parametrize("path", sorted((DATA / "kodelister").glob("*.csv")), ids=lambda path: path.stem)
def test_a_list_is_rectangular_and_names_each_code_once(path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file, delimiter=";")
    assert rows
    assert {len(row) for row in rows} == {len(head)}
    names = [row[0] for row in rows]
    assert len(names) == len(set(names))
    assert all(cell == cell.strip() for row in rows for cell in row)
