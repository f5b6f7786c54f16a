"""The priority groups of an office page: their figures of effort and result, and the figure that is drawn.

A figure is named by indicator and group. Words are in templates/kontor/kontor.yml, by the key of the group.
"""

from dataclasses import dataclass

Name = tuple[str, str]


@dataclass(frozen=True)
class PriorityGroup:
    """One group: its key, its group of the portfolio (empty: none), effort, result, and what is drawn.

    Of `drawn`, the first series with enough months is the group's chart.
    """

    key: str
    portfolio: str
    effort: tuple[Name, ...]
    result: tuple[Name, ...]
    drawn: tuple[Name, ...]


PRIORITY_GROUPS = (
    PriorityGroup(
        "unge",
        "under30",
        (
            ("u30_aktivitet", "BFORM"),
            ("u30_aktivitet", "BATT"),
            ("u30_kontakt30", "BFORM"),
            ("u30_kontakt30", "BATT"),
            ("u30_8uker", "alle"),
        ),
        (("ota_u30", "alle"),),
        (("ota_u30", "alle"), ("u30_aktivitet", "BATT"), ("u30_kontakt30", "BATT")),
    ),
    PriorityGroup(
        "utenfor_eos",
        "landgruppe3",
        (("g06_kvp", "alle"),),
        (("ota_lg3", "alle"),),
        (("ota_lg3", "alle"),),
    ),
    PriorityGroup(
        "langtidsledige",
        "langtid",
        (("langtid_aktivitet", "alle"), ("langtid_aktivitet", "antall")),
        (("ota_arbs", "alle"), ("ota_arbs", "uten_permitterte")),
        (("langtid_aktivitet", "alle"), ("ota_arbs", "alle")),
    ),
    PriorityGroup(
        "aap",
        "AAP",
        (("g04_behandling_aktivitet", "alle"),),
        (("aap_26u", "alle"), ("ota_nedsatt", "alle"), ("g01_aap_varighet", "over_ett_ar")),
        (("aap_26u", "alle"), ("ota_nedsatt", "alle")),
    ),
    PriorityGroup(
        "sykmeldte",
        "",
        (("f02_aktivitetskrav_8u", "med_arbeidsgiver"),),
        (("gradert_12u", "alle"), ("g16_gradert_kurve", "uke26")),
        (("gradert_12u", "alle"),),
    ),
)
