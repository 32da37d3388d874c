"""How one value of a record is changed in its home."""

from docsync.editing.errors import Uneditable
from docsync.editing.planning import Amendment, edits_for, edits_together

__all__ = ["Amendment", "Uneditable", "edits_for", "edits_together"]
