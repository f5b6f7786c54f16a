"""A child process that ends when its parent ends, even if the parent is killed."""

import os
import signal
import threading
import time
from multiprocessing import connection, parent_process


def exit_with_parent(grace: float = 0.0) -> None:
    """From now on this process exits as soon as its parent process has ended.

    With a `grace` in seconds it gets SIGTERM first, and that long to stop its own children.
    """
    threading.Thread(target=_wait_and_exit, args=(grace,), daemon=True).start()


def _wait_and_exit(grace: float) -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        if grace:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(grace)
        os._exit(1)
