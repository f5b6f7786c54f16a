"""Files other than tables: manifest, local targets, comments of offices, and the planted truths."""

import csv
import json
from pathlib import Path
from typing import Any

import yaml

from navbook.extract.demo.calendar import Calendar
from navbook.extract.demo.country.layout import OfficeLayout
from navbook.extract.demo.tally import ExitTally


def write_manifest(folder: Path, calendar: Calendar, seed: int, area: str | None) -> None:
    """Write `uttrekk.yml`; it comes last, since a folder without it is no extract."""
    manifest = {
        "kilde": f"Syntetisk demouttrekk fra navbook demo (frø {seed}), uten virkelige personer og kontor",
        "uttrekksdato": calendar.uttrekksdato,
        "dekker_fom": calendar.dekker_fom,
        "dekker_tom": calendar.dekker_tom,
        "syntetisk": True,
        "eier": "navbook demo",
        "lisens": "Tallene er oppdiktet og kan brukes fritt (CC0 1.0).",
        "versjon": 1,
    } | ({"omrade": area} if area else {})
    text = yaml.safe_dump(manifest, allow_unicode=True, sort_keys=False, width=1000)
    (folder / "uttrekk.yml").write_text(text, encoding="utf-8", newline="\n")


def write_targets(folder: Path, calendar: Calendar, layout: OfficeLayout) -> None:
    """Write local targets for staff absence (SP12) of every third office, as shares, for two years."""
    year = int(calendar.tom[:4])
    rows = [
        [layout.numbers[office], ar, "SP12", f"0.0{55 + office % 9}"]
        for office in range(0, layout.local, 3)
        for ar in (year - 1, year)
    ]
    _write_csv(folder / "lokale_mal.csv", ["enhetsnr", "ar", "parameter", "mal"], rows)


def write_comments(folder: Path, layout: OfficeLayout, texts: list[str]) -> None:
    """Write a comment for the improved office, another one, and the successor of the merger."""
    roles = ("bedring", "mangler_rapport", "etterfolger")
    target = folder / "kommentarer"
    target.mkdir(exist_ok=True)
    for role, text in zip(roles, texts, strict=False):
        if layout.role(role) >= 0:
            path = target / f"{layout.numbers[layout.role(role)]}.md"
            path.write_text(text, encoding="utf-8", newline="\n")


def write_answers(folder: Path, answers: dict[str, Any], tally: ExitTally) -> None:
    """Write what was planted; no command reads it."""
    target = folder / "fasit"
    target.mkdir(exist_ok=True)
    text = json.dumps(answers, ensure_ascii=False, indent=2) + "\n"
    (target / "fasit.json").write_text(text, encoding="utf-8", newline="\n")
    records = list(tally.frame())
    _write_csv(target / "kontor.csv", list(records[0]), [list(record.values()) for record in records])


def _write_csv(path: Path, head: list[str], rows: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerows([head, *rows])
