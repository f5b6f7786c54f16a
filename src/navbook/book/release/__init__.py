"""What happens to a finished site: the status page of its build, publishing as an edition, and rollback.

`verify` compares a site with what was built and audited, `target` is the folder that editions are published
to, and `publish` changes it.
"""

__all__ = ["publish", "status_page", "target"]
