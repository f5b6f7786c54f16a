"""What a page says of a definition, of its own parts, and of what it leaves out."""

import re

from claims import Claim

from recognised.says import N, says
from recognised.totals import judged


@says(r"(?P<lag>\d+) måned(?:er)? etter månedens slutt")
def known_after(claim: Claim, found: re.Match[str]) -> bool:
    return claim.facts.definitions[claim.page.subject]["lag"] == int(found["lag"])


@says(r"(?P<id>\w+), versjon (?P<version>\d+)")
def id_and_version(claim: Claim, found: re.Match[str]) -> bool:
    return claim.facts.definitions[found["id"]]["versjon"] == int(found["version"])


@says(
    r"(?P<window>[df]\(m.+)\. d\(m\) er siste dag i måneden som telles, f\(m\) den første; d\(m\+1\) "
    r"er siste dag i måneden etter\."
)
def window(claim: Claim, found: re.Match[str]) -> bool:
    return claim.facts.definitions[claim.page.subject]["vindu"]["tekst"] == found["window"]


@says(r"Ingen: definisjonen er den samme i alle årene i boken\.")
def never_changed(claim: Claim, _found: re.Match[str]) -> bool:
    return not claim.facts.definitions[claim.page.subject]["endringer"]


@says(rf"Tabell {N}: (?P<name>.+) og hele landet")
def table_of_the_report(claim: Claim, found: re.Match[str]) -> bool:
    return claim.facts.units[claim.page.unit]["navn"] == found["name"]


@says(r"Krav som ikke er oppfylt: (?P<name>.+)")
def unmet_caption(claim: Claim, found: re.Match[str]) -> bool:
    counties = [unit["navn"] for unit in claim.facts.units.values() if unit["niva"] == "fylke"]
    offices = [f"kontorene i {county}" for county in counties]
    return found["name"] in ("landet og fylkene", claim.facts.units[claim.page.unit]["navn"], *offices)


@says(r"Tallene er for små til å vises måned for måned\.")
def months_too_small(claim: Claim, _found: re.Match[str]) -> bool:
    """No judged share has as many as six months that are shown."""
    from recognised.run_charts import shown_months

    return all(len(shown_months(about)) < 6 for about in judged(claim))


@says(r"Dette er de fem kontorene som ligner mest på dette i hvem de er til for\.")
def five_alike(claim: Claim, _found: re.Match[str]) -> bool:
    rows = claim.facts.table("lignende")
    return len({row["lignende"] for row in rows if row["enhet"] == claim.page.unit} - {claim.page.unit}) == 5


@says(r"Ingen kurve tegnes: uttrekket har ikke dagene, eller det er for få som begynte\.")
def no_curve(claim: Claim, _found: re.Match[str]) -> bool:
    return not claim.facts.table("kurver")
