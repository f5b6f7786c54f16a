"""What a summary concludes: a share with its limits and change, and the size of a group."""

import re

from claims import Claim
from printed import per_cent, printed

from recognised.compared import named, series_of_page
from recognised.says import N, says


@says(
    rf"(?:(?P<name>.+): )?(?P<value>{N}) prosent(?: \((?P<low>{N})–(?P<high>{N})\))?"
    rf"(?:, (?P<change>{N}) prosentpoeng fra (?P<base>.+))?\."
)
def share_in_summary(claim: Claim, found: re.Match[str]) -> bool:
    names = claim.page.series_names
    own = claim.facts.definitions.get(claim.page.subject, {"grupper": []})["grupper"]
    if found["name"] and found["name"] not in {*names, *(group["navn"] for group in own)}:
        return False
    keys = [named(claim, found["name"])] if found["name"] in names else series_of_page(claim)
    every = (claim.about(*key) for key in keys)
    return any(_summed_up(about, found) for about in every if about.row.shown and not about.is_count)


def _summed_up(about: Claim, found: re.Match[str]) -> bool:
    # of pages, that of an indicator alone gives limits here
    ends = [about.row.number(name) if about.page.kind == "indikator" else None for name in ("nedre", "ovre")]
    due_ends = [None if end is None else per_cent(end, about.decimals) for end in ends]
    due_change = (_change(about), about.base_period) if found["change"] else (None, None)
    return found["value"] == about.value(about.row) and (
        [found["low"], found["high"]] == due_ends and (found["change"], found["base"]) == due_change
    )


def _change(claim: Claim) -> str:
    return per_cent(claim.row.number("endring") or 0.0, claim.decimals, True)


@says(rf"(?P<group>.+): (?P<count>{N}) (?:i snitt hver måned|personer)(?:, (?P<change>{N}) fra året før)?\.")
def size_in_summary(claim: Claim, found: re.Match[str]) -> bool:
    groups = {g["navn"]: g["id"] for g in claim.facts.definitions["portefolje"]["grupper"]}
    about = claim.about("portefolje", groups[found["group"]])
    change = about.row.number("endring")
    written = "" if change is None else printed(change / about.by, 0, True)
    return found["count"] == about.value(about.row) and (found["change"] or "") == written
