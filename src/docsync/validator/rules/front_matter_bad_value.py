"""Report a value in front matter that cannot mean anything.

## What it does

Reports a value that YAML reads but that is no value: a day that does not exist, a number of thousands of
digits, not-a-number.

## Why

Such a value is a slip of the pen, and each tool makes something else of it.

## Example

```text
---
id: H6
updated: 2025-02-30
---

docs/H6.md:3:10 DS016 updated: there is no day 2025-02-30
```

## What to do

Correct the value, or put it in quotes when it is meant as text.

## How precision is kept

Words such as `no`, and numbers such as `1.10` and `22:22`, stay the text that they are.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS016"
NAME = "front-matter-bad-value"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
