"""What a calculation notebook shows: the definitions in force, the country's figures, checks, what to edit.

Nothing here shows a person's row; the counts themselves are private.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from navbook.indicators.definition.declaration import Indicator
from navbook.indicators.markdown_table import format_value, markdown_table
from navbook.indicators.registry import FAMILIES, REGISTRY, indicators_of
from navbook.runtime.paths import SOURCE

if TYPE_CHECKING:
    import pandas as pd
    from IPython.display import Markdown

_MERKELAPPER = {
    "OFFICIAL": "Offisiell definisjon",
    "CODE": "Følger åpen kildekode fra NAV",
    "PROPOSED": "Bokens egen regel",
    "UNSURE": "Kilden kan leses på to måter",
}
MONTHS_OF_YEAR = 12
_INDICATORS = "src/navbook/indicators"


def definitions(familie: str) -> "Markdown":
    """The definition of every indicator that a calculation notebook counts, as Markdown.

    Raises UsageError if there is no such notebook.
    """
    from IPython.display import Markdown  # here, since counting needs no notebook

    return Markdown("\n\n".join(_definition(indicator) for indicator in indicators_of(familie)))


def _definition(indicator: Indicator) -> str:
    facts = {
        "Hvem": indicator.populasjon,
        "Teller": indicator.teller,
        "Nevner": indicator.nevner,
        "Dato": indicator.dato,
        "Må være kjent": indicator.vindu.tekst + (f". {_delay(indicator.lag)}" if indicator.lag else ""),
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


def _delay(months: int) -> str:
    return f"Måneden kan telles {months} {'måned' if months == 1 else 'måneder'} senere"


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def country_by_year(table: pa.Table) -> "pd.DataFrame":
    """x, n and share of all counted offices by series and calendar year, with the number of known months."""
    counts = table.to_pandas()
    counts = counts.assign(ar=counts.maned.str[:4])
    by = counts.groupby(["indikator", "gruppe", "ar"], as_index=False)
    years = by.agg(maneder=("maned", "nunique"), x=("x", "sum"), n=("n", lambda n: n.sum(min_count=1)))
    return years.assign(andel=(years.x / years.n).round(3))


def country_table(table: pa.Table) -> "Markdown":
    """`country_by_year` with a row for each series and a column for each year, as Markdown.

    A cell is the share with x and n, or the number of a pure count; a year of fewer than twelve known months
    says how many.
    """
    from IPython.display import Markdown  # here, since counting needs no notebook

    years = country_by_year(table)
    cells = {(row.indikator, row.gruppe, row.ar): _year_cell(row) for row in years.itertuples()}
    head = sorted(set(years.ar))
    series = dict.fromkeys(zip(years.indikator, years.gruppe, strict=True))
    rows = [
        [f"`{id}`", f"`{gruppe}`", *(cells.get((id, gruppe, ar)) for ar in head)] for id, gruppe in series
    ]
    return Markdown(markdown_table(["Indikator", "Gruppe", *head], rows))


def _year_cell(row: Any) -> str:
    """What a year of a series shows: `41,4 % (261 av 631; 5 md.)`, or the number of a pure count."""
    months = f"{row.maneder} md." if row.maneder < MONTHS_OF_YEAR else ""
    if row.n != row.n:
        return format_value(row.x) + (f" ({months})" if months else "")
    counts = f"{format_value(row.x)} av {format_value(row.n)}"
    share = f"{100 * row.x / row.n:.1f}".replace(".", ",") + "\u00a0%" if row.n else "–"
    details = "; ".join(filter(None, [counts, months])).replace(" ", "\u00a0")
    return f"{share} ({details})"


def checks(table: pa.Table) -> "pd.DataFrame":
    """One row per check of a count table: `kontroll`, `rader` checked and `avvik` found (0 is good)."""
    import pandas as pd  # here, since counting alone does not need it

    counts = table.to_pandas()
    key = ["indikator", "gruppe", "enhetsnr", "maned"]
    shares = counts[counts.n.notna()]
    months = counts.groupby(["indikator", "gruppe"]).maned.agg(["min", "max", "nunique"])
    length = pd.PeriodIndex(months["max"], freq="M").astype("int64") - pd.PeriodIndex(
        months["min"], freq="M"
    ).astype("int64")
    parts, twins = _related(counts, "delmengde_av"), _related(counts, "deler_n_med")
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


def _related(counts: "pd.DataFrame", relation: str) -> "pd.DataFrame":
    """The counts of groups that name another by `relation`, with that group's x and n as `hel_x`, `hel_n`."""
    import pandas as pd  # here, since counting alone does not need it

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


def what_to_edit(calculation: str) -> "Markdown":
    """Which limits and files an analyst edits for a changed rule of a calculation notebook, as Markdown.

    Raises UsageError if there is no such notebook.
    """
    from IPython.display import Markdown  # here, since counting needs no notebook

    limits = {
        name: value
        for indicator in indicators_of(calculation)
        for name, value in indicator.innstillinger.items()
    }
    files = [
        ("Hva som telles, og ordene i definisjonen", f"`{_source_of(calculation)}`"),
        ("Eksempelet over", f"`{_INDICATORS}/worked_examples/{calculation}.yml`"),
        ("Kravet i et nytt års brev", "`data/letters/<år>.yml`"),
    ]
    parts = [markdown_table(["Endring", "Fil"], files)]
    if limits:
        table = markdown_table(["Grense", "Verdi nå"], [(f"`{name}`", limits[name]) for name in limits])
        parts += [f"Grensene står i `{_INDICATORS}/definition/settings.py`:", table]
    return Markdown("\n\n".join(parts))


def _source_of(calculation: str) -> str:
    """The source file of the family that a calculation notebook counts, or the folder of several."""
    families = [family for family in FAMILIES.values() if family.notebook == calculation]
    queries = [
        family.query if callable(family.query) else next(iter(family.query.values())) for family in families
    ]
    files = {
        Path("src", Path(str(sys.modules[query.__module__].__file__)).relative_to(SOURCE))
        for query in queries
    }
    file = files.pop()
    return f"{file.parent.as_posix()}/" if files else file.as_posix()
