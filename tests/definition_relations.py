"""What the definitions say of the counts, in words of their own: which numbers are equal, and which cannot be
larger than others.

Written from the contract and the definition pages, not from the declarations of the indicators. The names
are those of `lonely_extracts.columns`; `n-x` is the rest of a share.
"""

from typing import NamedTuple

GROUPS = ("IKVAL", "BFORM", "BATT")
SHARES_OF_ONE_N = {
    "g18_dagpenger_slutt/hoyst_26": ("g18_dagpenger_slutt/under_26",),
    "g01_aap_varighet/over_ett_ar": ("g01_aap_varighet/over_to_ar", "g04_behandling_aktivitet/alle"),
    "sykefravaer_etat/sum": ("sykefravaer_etat/egenmeldt", "sykefravaer_etat/legemeldt"),
    "g16_gradert_kurve/uke8": ("f02_aktivitetskrav_8u/med_arbeidsgiver",),
    "ota_u30/alle": ("g47_arbeid_utdanning/under30",),
} | {
    f"u30_aktivitet/{group}": (
        f"u30_aktivitet/{group}_smal",
        f"u30_kontakt30/{group}",
        f"u30_kontakt30/{group}_fra_bruker",
    )
    for group in GROUPS
}
FORMS = ("dialog", "mote", "samtale")
# the innsatsgrupper, and the groups that have some of all users
INNSATSGRUPPER = (*GROUPS, "VARIG")
OF_ALL = (*INNSATSGRUPPER, "landgruppe3", "AAP")
SHARES_OF_ONE_N |= {
    "g13_kontaktform/dialog": ("g13_kontaktform/mote", "g13_kontaktform/samtale"),
    "g13_initiativ/fra_bruker": ("g13_initiativ/fra_nav",),
} | {
    f"f14_unge_kontaktform/{group}_dialog": tuple(
        f"f14_unge_kontaktform/{group}_{form}" for form in FORMS[1:]
    )
    for group in ("BFORM", "BATT")
}
# a part counts some of the persons of the whole, in the numerator and in the rest
SUBGROUPS = (
    ("ota_arbs/alle", "ota_arbs/uten_permitterte"),
    ("aap_26u/alle", "aap_26u/under30"),
    ("f05_avklart_12u/alle", "f05_avklart_12u/under30"),
    ("f06_aap_utlop/alle", "f06_aap_utlop/under30"),
    ("g47_arbeid_utdanning/alle", "g47_arbeid_utdanning/under30"),
    *((f"{name}/alle", f"{name}/{group}") for name in ("g13_kontakt", "g13_aktivitet") for group in OF_ALL),
    *(("g13_bare_dialog/alle", f"g13_bare_dialog/{group}") for group in INNSATSGRUPPER),
    ("g13_kontakt/alle", "g13_kontakt/langtid"),
    ("g13_aktivitet/alle", "langtid_aktivitet/alle"),
    *((f"g13_kontakt/{group}", f"u30_kontakt30/{group}") for group in GROUPS),
    *((f"g13_aktivitet/{group}", f"u30_aktivitet/{group}") for group in GROUPS),
)
EQUAL = """
portefolje/under30:x = g05_unge_helseytelser/alle:n
portefolje/langtid:x = langtid_aktivitet/alle:n
portefolje/AAP:x = g01_aap_varighet/over_ett_ar:n
portefolje/alle:x = g13_kontaktform/dialog:n
g13_kontaktform/dialog:x = g13_initiativ/fra_bruker:n
u30_kontakt30/BFORM:n = f14_unge_kontaktform/BFORM_dialog:n
u30_kontakt30/BATT:n = f14_unge_kontaktform/BATT_dialog:n
f10_serviceklager/alle:x = f09_serviceklager_frist/alle:n
g47_arbeid_utdanning/alle:n = ota_arbs/alle:n + ota_nedsatt/alle:n
sykefravaer_etat/sum:x = sykefravaer_etat/egenmeldt:x + sykefravaer_etat/legemeldt:x
"""
AT_MOST = """
portefolje/arbeidssoker:x + portefolje/nedsatt:x <= portefolje/alle:x
portefolje/IKVAL:x + portefolje/BFORM:x + portefolje/BATT:x + portefolje/VARIG:x <= portefolje/alle:x
portefolje/BATT:x + portefolje/VARIG:x <= portefolje/nedsatt:x
portefolje/AAP:x <= portefolje/nedsatt:x
portefolje/nedsatt:x <= portefolje/BATT:x + portefolje/VARIG:x + portefolje/AAP:x
portefolje/langtid:x <= portefolje/arbeidssoker:x
portefolje/under30:x <= portefolje/alle:x
portefolje/landgruppe3:x <= portefolje/alle:x
u30_aktivitet/IKVAL:n + u30_aktivitet/BFORM:n + u30_aktivitet/BATT:n <= portefolje/under30:x
u30_aktivitet/IKVAL:n <= portefolje/IKVAL:x
u30_aktivitet/BFORM:n <= portefolje/BFORM:x
u30_aktivitet/BATT:n <= portefolje/BATT:x
u30_aktivitet/IKVAL_smal:x <= u30_aktivitet/IKVAL:x
u30_aktivitet/BFORM_smal:x <= u30_aktivitet/BFORM:x
u30_aktivitet/BATT_smal:x <= u30_aktivitet/BATT:x
u30_kontakt30/IKVAL_fra_bruker:x <= u30_kontakt30/IKVAL:x
u30_kontakt30/BFORM_fra_bruker:x <= u30_kontakt30/BFORM:x
u30_kontakt30/BATT_fra_bruker:x <= u30_kontakt30/BATT:x
u30_8uker/BFORM:n + u30_8uker/BATT:n <= u30_8uker/alle:n
u30_8uker/BFORM:x + u30_8uker/BATT:x <= u30_8uker/alle:x
u30_8uker/BFORM:n-x + u30_8uker/BATT:n-x <= u30_8uker/alle:n-x
formidlinger/BFORM:x + formidlinger/BATT:x <= formidlinger/alle:x
f06_aap_utlop/alle:n <= portefolje/AAP:x
f06_aap_utlop/under30:n <= g05_unge_helseytelser/alle:x
g01_aap_varighet/over_to_ar:x <= g01_aap_varighet/over_ett_ar:x
g11_ordinaert_arbeidsliv/alle:n <= portefolje/alle:x
g07_vta_ordinaer/alle:n <= g11_ordinaert_arbeidsliv/alle:n
g07_vta_ordinaer/alle:x <= g11_ordinaert_arbeidsliv/alle:x
g09_kvalifiserende_tiltak/alle:x <= g11_ordinaert_arbeidsliv/alle:n
g10_midlertidig_lonnstilskudd/alle:x <= g11_ordinaert_arbeidsliv/alle:x
g23_ips/INDJOBSTOT:x <= g11_ordinaert_arbeidsliv/alle:n
g23_ips/IPSUNG:x <= g11_ordinaert_arbeidsliv/alle:n
g13_jobbklubb/DIGIOPPARB:x <= g11_ordinaert_arbeidsliv/alle:n
g13_jobbklubb/JOBBK:x <= g11_ordinaert_arbeidsliv/alle:n
g18_dagpenger_slutt/hoyst_26:n <= portefolje/alle:x
g18_dagpenger_slutt/under_26:x <= g18_dagpenger_slutt/hoyst_26:x
ota_arbs/alle:n <= portefolje/arbeidssoker:x
ota_u30/alle:n <= portefolje/under30:x
ota_lg3/alle:n <= portefolje/landgruppe3:x
ota_arbs/alle:n + ota_nedsatt/alle:n <= portefolje/arbeidssoker:x + portefolje/nedsatt:x
ota_u30/alle:x <= g47_arbeid_utdanning/under30:x
ota_arbs/alle:x + ota_nedsatt/alle:x <= g47_arbeid_utdanning/alle:x
g13_kontakt/alle:x <= g13_kontaktform/dialog:x + g13_kontaktform/mote:x + g13_kontaktform/samtale:x
g13_kontakt/alle:x <= g13_bare_dialog/alle:x + g13_kontaktform/mote:x + g13_kontaktform/samtale:x
g13_kontaktform/mote:x + g13_bare_dialog/alle:x <= g13_kontakt/alle:x
g13_kontaktform/samtale:x + g13_bare_dialog/alle:x <= g13_kontakt/alle:x
g13_kontaktform/dialog:x <= g13_kontakt/alle:x
g13_bare_dialog/alle:x <= g13_kontaktform/dialog:x
g13_initiativ/fra_bruker:n <= g13_initiativ/fra_bruker:x + g13_initiativ/fra_nav:x
g13_kontaktform/mote:x <= g13_mote_avbrutt/alle:n
g13_mote_avbrutt/alle:n <= g13_kontaktform/mote:x + g13_mote_avbrutt/alle:x
g13_mote_avbrutt/alle:n <= portefolje/alle:x
g11_ordinaert_arbeidsliv/alle:n <= g13_aktivitet/alle:x
g04_behandling_aktivitet/alle:x <= g13_aktivitet/AAP:x
f14_unge_kontaktform/BFORM_dialog:x <= u30_kontakt30/BFORM:x
f14_unge_kontaktform/BFORM_mote:x <= u30_kontakt30/BFORM:x
f14_unge_kontaktform/BFORM_samtale:x <= u30_kontakt30/BFORM:x
f14_unge_kontaktform/BATT_dialog:x <= u30_kontakt30/BATT:x
f14_unge_kontaktform/BATT_mote:x <= u30_kontakt30/BATT:x
f14_unge_kontaktform/BATT_samtale:x <= u30_kontakt30/BATT:x
u30_kontakt30/BFORM_fra_bruker:x <= f14_unge_kontaktform/BFORM_dialog:x
u30_kontakt30/BATT_fra_bruker:x <= f14_unge_kontaktform/BATT_dialog:x
"""
# the same of x and of n-x: persons of an age or from some countries among those of either status
BOTH = """
ota_u30/alle <= ota_arbs/alle + ota_nedsatt/alle
ota_lg3/alle <= ota_arbs/alle + ota_nedsatt/alle
ota_lg3/fotnote5 <= ota_arbs/alle + ota_nedsatt/alle
g13_kontakt/IKVAL + g13_kontakt/BFORM + g13_kontakt/BATT + g13_kontakt/VARIG <= g13_kontakt/alle
g13_kontakt/BATT + g13_kontakt/VARIG + g13_kontakt/langtid <= g13_kontakt/alle
g13_kontakt/AAP + g13_kontakt/langtid <= g13_kontakt/alle
g13_aktivitet/IKVAL + g13_aktivitet/BFORM + g13_aktivitet/BATT + g13_aktivitet/VARIG <= g13_aktivitet/alle
g13_aktivitet/BATT + g13_aktivitet/VARIG + langtid_aktivitet/alle <= g13_aktivitet/alle
g13_aktivitet/AAP + langtid_aktivitet/alle <= g13_aktivitet/alle
f14_unge_kontaktform/BFORM_dialog + f14_unge_kontaktform/BATT_dialog <= g13_kontaktform/dialog
f14_unge_kontaktform/BFORM_mote + f14_unge_kontaktform/BATT_mote <= g13_kontaktform/mote
f14_unge_kontaktform/BFORM_samtale + f14_unge_kontaktform/BATT_samtale <= g13_kontaktform/samtale
"""


class Relation(NamedTuple):
    """The sum of the columns `small` is at most that of `large`, or equal to it."""

    small: tuple[str, ...]
    large: tuple[str, ...]
    equal: bool


def relations() -> list[Relation]:
    """All of the above, one by one."""
    found = [_read(line, " = ", True) for line in EQUAL.split("\n") if line]
    found += [_read(line, " <= ", False) for line in AT_MOST.split("\n") if line]
    for group in ("alle", *OF_ALL):
        people = (f"portefolje/{group}:x",)
        found += [Relation(people, (f"{name}/{group}:n",), True) for name in ("g13_kontakt", "g13_aktivitet")]
    found.append(Relation(("portefolje/langtid:x",), ("g13_kontakt/langtid:n",), True))
    for group in ("alle", *INNSATSGRUPPER):
        found.append(Relation((f"g13_kontakt/{group}:x",), (f"g13_bare_dialog/{group}:n",), True))
    for group in ("BFORM", "BATT"):
        kinds = tuple(f"f14_unge_kontaktform/{group}_{form}:x" for form in FORMS)
        found.append(Relation((f"u30_kontakt30/{group}:x",), kinds, False))
        for kind in kinds[1:]:
            only = f"g13_bare_dialog/{group}:x"
            found.append(Relation((only, kind), (f"g13_kontakt/{group}:x",), False))
    own = tuple(f"u30_kontakt30/{group}_fra_bruker:x" for group in GROUPS)
    found.append(Relation(own, ("g13_initiativ/fra_bruker:x",), False))
    for field in ("x", "n-x"):
        parts = tuple(f"g13_bare_dialog/{group}:{field}" for group in INNSATSGRUPPER)
        found.append(Relation(parts, (f"g13_bare_dialog/alle:{field}",), False))
    for first, others in SHARES_OF_ONE_N.items():
        found += [Relation((f"{other}:n",), (f"{first}:n",), True) for other in others]
    for field in ("x", "n-x"):
        found += [Relation((f"{part}:{field}",), (f"{whole}:{field}",), False) for whole, part in SUBGROUPS]
        for line in BOTH.split("\n"):
            if line:
                small, large, _ = _read(line, " <= ", False)
                with_field = [tuple(f"{name}:{field}" for name in side) for side in (small, large)]
                found.append(Relation(with_field[0], with_field[1], False))
    return found


def _read(line: str, sign: str, equal: bool) -> Relation:
    small, large = line.split(sign)
    return Relation(tuple(small.split(" + ")), tuple(large.split(" + ")), equal)
