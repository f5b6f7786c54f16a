"""The two kernelspecs that pages run on, and the environment that makes both give the same bytes."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager

from navbook.book.warm.client import can_fork

WARM = "navbook-warm"
STANDARD = "navbook-standard"
KERNELS = {"warm": WARM, "standard": STANDARD}
# One thread: pages are small, and processes already use all cores.
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
    """The variables every page runs under, the user's own start-up files and matplotlibrc left out."""
    matplotlibrc = runtime / "matplotlibrc"
    matplotlibrc.touch()
    environment = {
        "JUPYTER_PATH": str(runtime),
        "JUPYTER_RUNTIME_DIR": str(runtime / "run"),
        "IPYTHONDIR": str(runtime / "ipython"),
        "MATPLOTLIBRC": str(matplotlibrc),
        # The allocator of pyarrow would start a thread, which the forked kernels would lack.
        "JE_ARROW_MALLOC_CONF": "background_thread:false",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(source_date_epoch),
    }
    if edition_root is not None:
        environment["NAVBOOK_UTGAVER"] = str(edition_root)
    environment.update(dict.fromkeys(SINGLE_THREADED, "1"))
    return environment


class SocketFileKernelManager(AsyncKernelManager):
    """Talks to kernels over socket files: two workers can never pick the same port."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.transport = "ipc"
        folder = Path(os.environ["JUPYTER_RUNTIME_DIR"])
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.connection_file = str(folder / f"{os.getpid()}-{id(self):x}.json")
