"""What a summary concludes: a share with its limits and change, and the size of a group."""

import re

import yaml
from claims import Claim
from printed import per_cent, printed

from navbook.runtime.paths import PROJECT
from recognised.compared import named, series_of_page
from recognised.says import N, says

PLAN = yaml.safe_load((PROJECT / "src/navbook/pages/chapters/kapitler.yml").read_text(encoding="utf-8"))
# what a line of a chapter's summary is about → the series that it sets beside each other, with their labels
LINES: dict[str, dict[str, str]] = {
    line["om"]: line["tall"] for chapter in PLAN for line in chapter.get("kort", [])
}


NOT_SHOWN = {"skjult": "er skjult", "ikke_beregnbar": "kan ikke beregnes for perioden"}


@says(
    rf"(?P<line>{'|'.join(map(re.escape, LINES))}): "
    rf"(?P<parts>.*(?:{N} prosent.*|{'|'.join(NOT_SHOWN.values())}))\."
)
def series_beside_each_other(claim: Claim, found: re.Match[str]) -> bool:
    """A line of the plan of chapters: every series of it that is shown, with the change where it is sure,
    then which are not shown and why.
    """
    series = LINES[found["line"]]
    labels = {name: label if len(series) > 1 else "" for name, label in series.items()}
    parts = [_beside(claim, name, label) for name, label in labels.items()]
    due = [_listed([part for part in parts if part])]
    statuses = {name: _status(claim, name) for name in labels}
    for status in dict.fromkeys(statuses.values()):
        if status in NOT_SHOWN:
            names = [labels[name] for name, its in statuses.items() if its == status]
            due.append(f"{_listed([name for name in names if name]) or 'tallet'} {NOT_SHOWN[status]}")
    return found["parts"] == "; ".join(filter(None, due))


def _listed(items: list[str]) -> str:
    return " og ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def _status(claim: Claim, name: str) -> str:
    indikator, _, gruppe = name.partition("/")
    return claim.about(indikator, gruppe or "alle").row.status


def _beside(claim: Claim, name: str, label: str) -> str:
    indikator, _, gruppe = name.partition("/")
    about = claim.about(indikator, gruppe or "alle")
    if not about.row.shown:
        return ""
    low, high = (about.row.number(end) for end in ("endring_nedre", "endring_ovre"))
    sure = low is not None and high is not None and not low <= 0 <= high
    change = f" ({_change(about)} prosentpoeng fra {about.base_period})" if sure else ""
    return f"{label} {about.value(about.row)} prosent{change}".strip()


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
