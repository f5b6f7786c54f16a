"""A page of the site in a browser without a network, and what it complains of."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]
# What Playwright itself causes when a test evaluates an expression in a page.
EVALUATED = "Evaluating a string as JavaScript violates"


@contextmanager
def opened(
    browser: Browser, width: int, scheme: Scheme, bypass_csp: bool = False, scripts: bool = True
) -> Iterator[tuple[Page, list[str]]]:
    """A page without a network, and what it complains of. `bypass_csp` lets a test add scripts of its own."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        offline=True,
        locale="nb-NO",
        bypass_csp=bypass_csp,
        java_script_enabled=scripts,
    )
    page = context.new_page()
    complaints: list[str] = []

    def complain(text: str) -> None:
        if EVALUATED not in text:
            complaints.append(text)

    page.on("console", lambda m: complain(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complain(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    page.on(
        "request",
        lambda request: (
            complaints.append(request.url) if not request.url.startswith(("file:", "data:")) else None
        ),
    )
    yield page, complaints
    context.close()
