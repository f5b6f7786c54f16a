"""Writes an answer as a file: an HTML page with the figure inside, or Markdown with an SVG file."""

import html
from pathlib import Path

from markdown_it import MarkdownIt

from navbook.pages.change_effect.answer import Answer, template
from navbook.runtime.errors import UsageError

_AFTER = "## Før og etter"


def write_answer(answer: Answer, path: Path) -> list[Path]:
    """Write the answer to `path` (.html or .md) and return the files written. Raises UsageError.

    The same answer gives the same bytes. An existing file is not replaced.
    """
    if path.suffix not in (".html", ".md"):
        raise UsageError(f"--out {path}: give a name that ends in .html or .md")
    figure = path.with_suffix(".svg")
    targets = [path] if path.suffix == ".html" else [path, figure]
    for target in targets:
        if target.exists():
            raise UsageError(f"--out: {target} exists already: name a new file, or move the old one away")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".html":
        path.write_text(as_page(answer), encoding="utf-8")
    else:
        figure.write_text(answer.svg, encoding="utf-8")
        image = f"![{answer.alt_text}]({figure.name})\n\n{_AFTER}"
        path.write_text(answer.markdown.replace(_AFTER, image, 1), encoding="utf-8")
    return targets


def add_to_plan(answer: Answer, path: Path) -> Path:
    """Add the answer to the plan of the office that made the change, `<enhetsnr>.md`; return the path.

    What the plan says already is kept. Raises UsageError for another office's plan, or an answer that stands
    in it already.
    """
    offices = answer.analysis.question.kontor
    if path.suffix != ".md" or path.stem not in offices:
        names = " or ".join(f"{office}.md" for office in offices)
        raise UsageError(f"--plan {path}: name the plan of the office that made the change, {names}")
    before = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if path.exists() else ""
    if answer.for_plan.strip() in before:
        raise UsageError(f"--plan {path}: the plan has this answer already")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(before + answer.for_plan.strip() + "\n", encoding="utf-8")
    return path


def as_page(answer: Answer) -> str:
    """The answer as a complete HTML page."""
    body = MarkdownIt("commonmark").enable("table").render(answer.markdown)
    head = f"<h2>{_AFTER.removeprefix('## ')}</h2>"
    return template("side.html.j2").render(
        title=html.escape(f"{answer.name}: {answer.measure}"),
        synthetic=answer.edition.utgave["syntetisk"],
        body=body.replace(head, f"{answer.svg}\n{head}", 1),
    )
