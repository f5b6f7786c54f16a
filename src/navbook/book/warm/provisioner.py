"""What jupyter_client calls for the kernelspec `navbook-warm`: a kernel forked from the warm process."""

import os
from typing import Any, cast

from jupyter_client.provisioning import LocalProvisioner

from navbook.book.warm.client import warm_process


class WarmProvisioner(LocalProvisioner):
    """LocalProvisioner in everything but where the process comes from."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork a kernel instead of starting an interpreter; `cmd` gives the ipykernel arguments."""
        environment = dict(kwargs.get("env") or os.environ)
        folder = str(kwargs.get("cwd") or os.getcwd())  # noqa: PTH109
        kernel = warm_process(environment).start_kernel(cmd[cmd.index("-f") :], environment, folder)
        self.process = cast(Any, kernel)
        self.pid = self.pgid = kernel.pid
        self.cwd = folder
        return self.connection_info
