"""`suppress` for one table in a frame: read into a problem, solved by the engine of linked tables.

The pattern that the engine finds is attacked before it is returned (`disclosure.linear`). Editions do not
pass through here: the gate builds its own system and calls `protect`.
"""

from navbook.disclosure.single_table.problem import CannotProtect
from navbook.disclosure.single_table.suppress import suppress

__all__ = ["CannotProtect", "suppress"]
