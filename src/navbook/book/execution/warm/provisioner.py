"""What jupyter_client calls for the kernelspec `navbook-warm`: a kernel forked from the warm process."""

import asyncio
import os
from typing import Any, cast

from jupyter_client.provisioning import LocalProvisioner

from navbook.book.execution.warm.client import warm_process

LOOK_EVERY_SECONDS = 0.005


class WarmProvisioner(LocalProvisioner):
    """LocalProvisioner in everything but where the process comes from, and how often it looks for its end."""

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
        """The exit code of the kernel when it has ended."""
        # The base class looks ten times a second, which is a fifth of the time a page takes.
        while await self.poll() is None:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
        return await super().wait()
