"""Runs Jupyter Book's Sphinx build as a library, without the extensions that the book does not use."""

import contextlib
import errno
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jupyter_book.config import get_final_config
from sphinx.application import Sphinx, builtin_extensions
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from navbook.runtime.errors import PageFailed
from navbook.runtime.full_disk import is_full_disk
from navbook.runtime.paths import PROJECT

# Extensions that load scripts from the network, add English buttons to pages without code, or look for cards
# and tabs, which no page has.
UNWANTED = {
    "sphinx_comments",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_jupyterbook_latex",
    "sphinx_thebe",
    "sphinx_togglebutton",
    "sphinx.ext.intersphinx",
}
EXTENSION = "navbook.book.site.extension"
PARALLEL_FROM = 100
COLOUR_CODE = re.compile(r"\x1b\[[0-9;]*m")


def run_sphinx(
    source: Path, site: Path, doctrees: Path, *, source_date_epoch: int, pages: int, fresh: bool = True
) -> None:
    """Build the book at `source` into `site`; raises PageFailed with every warning, since warnings are
    errors.

    Unless `fresh`, only documents that are newer than the last build are built again.
    """
    settings = _settings(source)
    warnings = io.StringIO()
    processes = min(2, os.cpu_count() or 1) if pages > PARALLEL_FROM else 1
    with _environment(SOURCE_DATE_EPOCH=str(source_date_epoch)):
        try:
            with patch_docutils(str(source)), docutils_namespace():
                app = Sphinx(
                    str(source),
                    None,
                    str(site),
                    str(doctrees),
                    "html",
                    confoverrides=settings,
                    status=None,
                    warning=warnings,
                    freshenv=fresh,
                    parallel=processes,
                )
                app.build()
        except SphinxError as error:
            warnings.write(f"{error.category}: {error}\n")
    _refuse_warnings(warnings.getvalue(), source)


def sphinx_modules(project: Path = PROJECT) -> list[str]:
    """The names of the modules that Sphinx imports for a book with the settings of `project`."""
    settings = _settings(project)
    return [*builtin_extensions, *settings["extensions"], settings["html_theme"]]


def _settings(source: Path) -> dict[str, Any]:
    settings: dict[str, Any]
    settings, _ = get_final_config(
        user_yaml=source / "_config.yml",
        cli_config={"latex_individualpages": False},
        sourcedir=source,
        use_external_toc=True,
    )
    settings["extensions"] = [name for name in settings["extensions"] if name not in UNWANTED]
    settings.pop("comments_config", None)
    settings["external_toc_path"] = str(source / "_toc.yml")
    if EXTENSION in settings["extensions"]:
        # plain jupyter-book keeps the extensions above, whose inline scripts the policy would stop
        settings["navbook_content_security"] = True
    return settings


def _refuse_warnings(text: str, source: Path) -> None:
    plain = COLOUR_CODE.sub("", text).replace(f"{source}{os.sep}", "")
    lines = [line for line in plain.splitlines() if line.strip()]
    if is_full_disk(plain):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(source))
    if lines:
        listed = "\n".join(f"  {line}" for line in lines)
        raise PageFailed(f"The book was not built, since Jupyter Book warned; correct these pages:\n{listed}")


@contextlib.contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
