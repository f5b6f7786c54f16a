"""The kernelspecs of warm and standard kernels, and the environment that makes both give the same bytes."""

import asyncio
import json
import os
import sys
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager

from navbook.book.execution.warm.client import can_fork

WARM = "navbook-warm"
STANDARD = "navbook-standard"
WARM_MODULES = "NAVBOOK_VARME_MODULER"  # what a warm process imports in addition to what every kernel needs
EDITIONS = "NAVBOOK_UTGAVER"  # where a page finds its edition
PAGE_MODULES = (
    "babel.numbers",
    "babel.dates",
    "markdown_it",
    "navbook.edition",
    "navbook.pages",
)
KERNELS = {"warm": WARM, "standard": STANDARD}
# One thread each: pages are small, and the worker processes already use all cores.
SINGLE_THREADED = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


def kernel_name(kernel: str) -> str:
    """The kernelspec for `warm` or `standard`; standard where processes cannot be forked."""
    return KERNELS[kernel] if can_fork() else STANDARD


def write_kernelspecs(runtime: Path) -> None:
    """Write both kernelspecs under `runtime/kernels`; JUPYTER_PATH must name `runtime`."""
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    command.append("--HistoryManager.enabled=False")
    for name in KERNELS.values():
        spec: dict[str, Any] = {"argv": command, "display_name": name, "language": "python"}
        if name == WARM:
            spec["metadata"] = {"kernel_provisioner": {"provisioner_name": WARM}}
        folder = runtime / "kernels" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")


def page_environment(runtime: Path, edition_root: Path | None, source_date_epoch: int) -> dict[str, str]:
    """The environment variables of every page; the user's own start-up files are not read."""
    environment = {
        "JUPYTER_PATH": str(runtime),
        "JUPYTER_RUNTIME_DIR": str(runtime / "run"),
        "IPYTHONDIR": str(runtime / "ipython"),
        # Otherwise pyarrow's allocator starts a thread, and threads do not survive a fork.
        "JE_ARROW_MALLOC_CONF": "background_thread:false",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(source_date_epoch),
    }
    if edition_root is not None:
        environment[EDITIONS] = str(edition_root)
    environment.update(dict.fromkeys(SINGLE_THREADED, "1"))
    return environment


class SocketFileKernelManager(AsyncKernelManager):
    """Connects to kernels by socket files, so that two workers never choose the same port."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.transport = "ipc"
        self.client_factory = PromptClient
        folder = Path(os.environ["JUPYTER_RUNTIME_DIR"])
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.connection_file = str(folder / f"{os.getpid()}-{id(self):x}.json")


class PromptClient(AsyncKernelClient):
    """AsyncKernelClient without the wait of 0.2 s after a kernel has become ready.

    The base class listens until no message has come for 0.2 s, so that no message of the start is taken for
    one of a cell. nbclient matches messages to their request and does not need this.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return when the kernel answers on both channels; raises RuntimeError if it dies or is too late."""
        try:
            await asyncio.wait_for(self._ready_on_both_channels(), timeout)
        except TimeoutError:
            raise RuntimeError(f"The kernel did not answer in {timeout:g} s") from None

    async def _ready_on_both_channels(self) -> None:
        while True:
            self.kernel_info()
            try:
                answer = await self.get_shell_msg(timeout=1)
                # A message on the output channel: it is connected, and no output is missed from now on.
                await self.get_iopub_msg(timeout=0.2)
            except Empty:
                if not await self.is_alive():
                    raise RuntimeError("The kernel died before it answered") from None
                continue
            if answer["msg_type"] == "kernel_info_reply":
                self._handle_kernel_info_reply(answer)
                return
