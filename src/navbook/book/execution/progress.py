"""Says how far the pages have come: one live line on a terminal, now and then a plain line elsewhere."""

import sys
import time
from typing import TextIO

PLAIN_LINES = 10


class Progress:
    """Call with (done, failed, total) after each page; the estimate is from the pace so far."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._start = time.monotonic()
        self._told = 0

    def __call__(self, done: int, failed: int, total: int) -> None:
        line = self._line(done, failed, total)
        if self._live:
            self._stream.write(f"\r\x1b[K{line}" + ("\n" if done == total else ""))
            self._stream.flush()
        elif done == total or done * PLAIN_LINES // total > self._told:
            self._told = done * PLAIN_LINES // total
            print(line, file=self._stream, flush=True)

    def _line(self, done: int, failed: int, total: int) -> str:
        left = total - done
        parts = [f"pages: {done} of {total} done", f"{failed} failed", f"{left} left"]
        if left and done:
            seconds = (time.monotonic() - self._start) / done * left
            parts.append(f"about {seconds:.0f} s to go")
        return ", ".join(parts)
