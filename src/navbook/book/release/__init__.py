"""What happens to a finished site: the status page of its build, publishing as an edition, and rollback.

`verify` compares a site with what was built and audited, `target` is the folder that editions are published
to, `history` its record of publications, and `publish` changes both.
"""

__all__ = ["history", "publish", "status_page"]
