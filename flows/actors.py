"""Who acts in the audit chain where no member of staff does."""

from __future__ import annotations

SYSTEM = "system"
"""The actor of what the machine does by itself."""

CONSOLE = "console"
"""The actor of what is done at the machine's own command line."""

UNKNOWN = "unknown"
"""The actor of an attempt under a number that is not in the register, which may be anything."""
