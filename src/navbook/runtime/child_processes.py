"""A process that ends with the one that started it, however that one ends."""

import os
import signal
import threading
import time
from multiprocessing import connection, parent_process


def end_with_parent(ask_first: float = 0.0) -> None:
    """From now on this process ends as soon as the one that started it is gone.

    `ask_first`: it is sent SIGTERM, and has so many seconds to end by itself what it has started.
    """
    threading.Thread(target=_wait_and_end, args=(ask_first,), daemon=True).start()


def _wait_and_end(ask_first: float) -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        if ask_first:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(ask_first)
        os._exit(1)
