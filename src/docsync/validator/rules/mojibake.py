"""Report a file whose text was once decoded wrongly.

## What it does

Recognises UTF-8 that was read as Windows-1252, Windows-1254, Windows-1250, Mac Roman or code page 437 and saved again,
so that a tick became `âœ…` or `‚úÖ`. It says so once a file, at the first place. docsync understands such text as it was
meant: all other rules see the tick.

## Why

Statuses are often written as signs. Whoever cannot read them sees a document without statuses, and nothing in it
contradicts anything.

## Example

```text
docs/STATE.md:3:5 DS017 9 places were read as Windows-1252 and not as UTF-8: âœ… was meant as ✅
```

## What to do

Look at `docsync repair --diff`, then let `docsync repair` write it. Nothing else ever does.

## How precision is kept

At least one piece must be a whole sign of three or four bytes, such as an arrow, a dash or an emoji, or what one well-known
sign leaves behind when a byte of it is lost. Accented letters alone are left as they are, since somebody may have meant
them. A piece that could have been several signs is left too.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS017"
NAME = "mojibake"
SEVERITY = Severity.INFO
KEEPS = False
ALONE = True

check = reported(CODE)
