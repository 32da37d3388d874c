"""Report front matter that is not valid YAML.

## What it does

Refuses a file whose front matter cannot be parsed, and points at the line of the file (not of the front matter)
where the parser stopped.

## Why

What the front matter says about a record decides many other checks; half of it is worse than none.

## Example

```text
---
kind: hole
id: H6
blocked_by: [H2, H4
---

docs/H6.md:5:1 DS010 not YAML: while parsing a flow sequence, expected ',' or ']', but got '<stream end>'
```

## What to do

Correct the line. Quote a value that holds a colon and a space, or that starts with a sign such as `*`, `&`, `@`
or `%`.

## How precision is kept

Only a block between two lines of three dashes that begins on the first line is read as front matter. It is info, and the
rest of the file is read, where the block holds a template's placeholders (`{{name}}`, `{name}/plan.md`), or describes something
for another tool: a `name` or a `description`, and no key by which docsync knows a record.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS010"
NAME = "front-matter-syntax"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
