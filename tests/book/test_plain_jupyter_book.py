"""Plain `jupyter-book build .` gives the same pages and text; only the theme's scripts may differ."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from navbook.book.site.staging import stage
from navbook.edition import Edition

SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
ARTICLE = re.compile(r"<article.*?</article>", re.DOTALL)


def shown(page: Path) -> str:
    """What the page's article says, scripts left out."""
    found = ARTICLE.search(page.read_text(encoding="utf-8"))
    assert found, page
    return " ".join(SCRIPT.sub("", found.group()).split())


def test_plain_jupyter_book_gives_the_same_pages_and_text(
    edition: Edition, executed: Path, site: Path, pages: list[Path], tmp_path: Path
) -> None:
    project = tmp_path / "prosjekt"
    stage(edition, executed, project)
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", ".", "-W"]
    done = subprocess.run(command, cwd=project, env={**os.environ}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    built = project / "_build" / "html"
    assert sorted(p.relative_to(built) for p in built.rglob("*.html") if "_static" not in p.parts) == [
        page.relative_to(site) for page in pages
    ]
    for page in pages:
        if page.name != "search.html":
            assert shown(built / page.relative_to(site)) == shown(page)
    shutil.rmtree(project)
