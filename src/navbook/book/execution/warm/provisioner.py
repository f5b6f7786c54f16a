"""The kernel provisioner of the kernelspec `navbook-warm`: it forks kernels from the warm process."""

import asyncio
import os
from typing import Any, cast

from jupyter_client.provisioning import LocalProvisioner

from navbook.book.execution.warm.client import warm_process

POLL_SECONDS = 0.005


class WarmProvisioner(LocalProvisioner):
    """LocalProvisioner that forks the process instead of starting it, and polls more often for its end."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork a kernel instead of starting an interpreter; `cmd` gives the ipykernel arguments."""
        environment = dict(kwargs.get("env") or os.environ)
        folder = str(kwargs.get("cwd") or os.getcwd())  # noqa: PTH109
        kernel = warm_process(environment).start_kernel(cmd[cmd.index("-f") :], environment, folder)
        self.process = cast(Any, kernel)
        self.pid = self.pgid = kernel.pid
        self.cwd = folder
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the kernel to end; returns its exit code."""
        # The base class polls ten times a second, which would be a large part of the time of a page.
        while await self.poll() is None:
            await asyncio.sleep(POLL_SECONDS)
        return await super().wait()
