"""What happens to a finished site: the status page of its build, publishing as an edition, and rollback."""

__all__ = ["publish", "status_page"]
