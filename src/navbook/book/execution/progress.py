"""Progress of the page run: a live line on a terminal, at most ten plain lines elsewhere."""

import sys
import time
from typing import TextIO

PLAIN_LINES = 10


class Progress:
    """Call with (done, failed, total) after each page. It estimates the remaining time."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._start = time.monotonic()
        self._printed = 0

    def __call__(self, done: int, failed: int, total: int) -> None:
        line = self._line(done, failed, total)
        if self._live:
            self._stream.write(f"\r\x1b[K{line}" + ("\n" if done == total else ""))
            self._stream.flush()
        elif done == total or done * PLAIN_LINES // total > self._printed:
            self._printed = done * PLAIN_LINES // total
            print(line, file=self._stream, flush=True)

    def _line(self, done: int, failed: int, total: int) -> str:
        left = total - done
        parts = [f"pages: {done} of {total} done", f"{failed} failed", f"{left} left"]
        if left and done:
            seconds = (time.monotonic() - self._start) / done * left
            parts.append(f"about {seconds:.0f} s to go")
        return ", ".join(parts)
