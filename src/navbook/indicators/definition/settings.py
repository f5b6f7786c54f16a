"""The boundaries that the sources leave open, each a named setting with the value of the contract."""

from pydantic import BaseModel, ConfigDict


class CountingSettings(BaseModel):
    """Lengths are in days, unless the name says months (maneder), weeks (uker) or years of age (alder)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    maneder_til_utfall: int = 6
    maneder_borte: int = 2
    maneder_nedsatt_for_avgang: int = 5
    yngste_alder: int = 20
    eldste_alder: int = 66
    ung_til_og_med: int = 29
    langtid_dager: int = 182
    langtid_hull: int = 14
    kontakt_dager: int = 30
    gradert_dager: int = 84
    sykmelding_hull: int = 16
    aap_dager: int = 182
    aap_hull: int = 14
    oppfolging_hull: int = 28
    aktivitet_innen_dager: int = 56
    aktivitetskrav_dager: int = 56
    avklart_dager: int = 84
    klage_dager: int = 21
    aap_utlop_maneder: int = 2
    aap_ett_ar_dager: int = 365
    aap_to_ar_dager: int = 730
    aap_opphold_lengste: int = 182
    ufor_innen_dager: int = 30
    dagpenger_uker_igjen: int = 26


SETTINGS = CountingSettings()
