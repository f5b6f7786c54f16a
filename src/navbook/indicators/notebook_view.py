"""What a calculation notebook shows: the definitions in force, the country's figures and the checks.

Nothing here shows a person's row; the counts themselves are private.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from navbook.indicators.definition.declaration import Indicator
from navbook.indicators.registry import REGISTRY, indicators_of

if TYPE_CHECKING:
    import pandas as pd
    from IPython.display import Markdown

_MERKELAPPER = {
    "OFFICIAL": "offisiell definisjon",
    "CODE": "følger åpen kildekode fra NAV",
    "PROPOSED": "bokens egen regel",
    "UNSURE": "kilden kan leses på to måter",
}


def definitions(familie: str) -> "Markdown":
    """The definition of every indicator that a calculation notebook counts, as Markdown.

    Raises UsageError for a notebook there is none of.
    """
    from IPython.display import Markdown  # here, for whoever only counts has no use of it

    return Markdown("\n\n".join(_definition(indicator) for indicator in indicators_of(familie)))


def _definition(indicator: Indicator) -> str:
    facts = {
        "Hvem": indicator.populasjon,
        "Teller": indicator.teller,
        "Nevner": indicator.nevner,
        "Dato": indicator.dato,
        "Må være kjent": indicator.vindu.tekst
        + (f". Måneden kan telles {indicator.lag} måneder senere" if indicator.lag else ""),
        "Registre": indicator.register,
        "Kilde": f"{_MERKELAPPER[indicator.merkelapp]}. {indicator.kilde}",
    }
    rows = [f"| {name} | {text} |" for name, text in facts.items()]
    groups = [
        f"- `{group.id}`: {group.navn}. {group.avgrensning}".rstrip(". ") + "." for group in indicator.grupper
    ]
    parts = [
        f"### {indicator.navn} (`{indicator.id}`, versjon {indicator.versjon})",
        "\n".join(["| | |", "| --- | --- |", *rows]),
        "**Grupper**",
        "\n".join(groups),
        "**Valg der brevet er taust**",
        _bullets(indicator.valg),
        "**Dette måler den ikke**",
        _bullets(indicator.maler_ikke),
    ]
    return "\n\n".join(parts)


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def country_by_year(table: pa.Table) -> "pd.DataFrame":
    """The whole country's x, n and share per series and calendar year, with the months that are known."""
    counts = table.to_pandas()
    counts = counts.assign(ar=counts.maned.str[:4])
    by = counts.groupby(["indikator", "gruppe", "ar"], as_index=False)
    years = by.agg(maneder=("maned", "nunique"), x=("x", "sum"), n=("n", lambda n: n.sum(min_count=1)))
    return years.assign(andel=(years.x / years.n).round(3))


def checks(table: pa.Table) -> "pd.DataFrame":
    """One row per check of a count table: `kontroll`, `rader` looked at and `avvik` found (0 is good)."""
    import pandas as pd  # here, for whoever only counts has no use of it

    counts = table.to_pandas()
    key = ["indikator", "gruppe", "enhetsnr", "maned"]
    shares = counts[counts.n.notna()]
    months = counts.groupby(["indikator", "gruppe"]).maned.agg(["min", "max", "nunique"])
    length = pd.PeriodIndex(months["max"], freq="M").astype("int64") - pd.PeriodIndex(
        months["min"], freq="M"
    ).astype("int64")
    parts, twins = _beside(counts, "delmengde_av"), _beside(counts, "deler_n_med")
    results = [
        ("Én rad per indikator, gruppe, kontor og måned", len(counts), counts.duplicated(key).sum()),
        ("Telleren er ikke større enn nevneren", len(shares), (shares.x > shares.n).sum()),
        ("Ingen tall er negative", len(counts), (counts[["x", "n"]] < 0).any(axis=1).sum()),
        (
            "Ingen måned mangler mellom den første og den siste",
            len(months),
            (months["nunique"] != length + 1).sum(),
        ),
        ("En delgruppe er ikke større enn gruppen den er del av", len(parts), (parts.x > parts.hel_x).sum()),
        ("Grupper med samme nevner har lik nevner", len(twins), (twins.n != twins.hel_n).sum()),
    ]
    return pd.DataFrame(results, columns=["kontroll", "rader", "avvik"]).astype(
        {"rader": "int64", "avvik": "int64"}
    )


def _beside(counts: "pd.DataFrame", relation: str) -> "pd.DataFrame":
    """The counts of groups that name another by `relation`, with that group's x and n as `hel_x`, `hel_n`."""
    import pandas as pd  # here, for whoever only counts has no use of it

    others = {
        (indicator.id, group.id): getattr(group, relation)
        for indicator in REGISTRY.values()
        for group in indicator.grupper
    }
    pairs = zip(counts.indikator, counts.gruppe, strict=True)
    named = pd.Series([others.get(pair) for pair in pairs], index=counts.index, dtype="object")
    related = counts.assign(hel=named).dropna(subset="hel")
    whole = counts.rename(columns={"gruppe": "hel", "x": "hel_x", "n": "hel_n"})
    return related.merge(whole, on=["indikator", "hel", "enhetsnr", "maned"])
