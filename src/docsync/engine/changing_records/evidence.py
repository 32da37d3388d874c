"""Whether what a resolution points at is there."""

from __future__ import annotations

import os
import re
from typing import Final

from docsync.editing.errors import Uneditable
from docsync.engine.changing import Ground
from docsync.models.nearness import nearest

_URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_COMMIT = re.compile(r"[0-9a-f]{7,40}")
_CODE = re.compile(r"`([^`\s]+)`")
_NAME: Final = re.compile(r"[\w.@+-]+\.[A-Za-z][A-Za-z0-9]{0,9}")


def resolution(ground: Ground, given: str) -> str:
    """Give a resolution as it is to be written; raises Uneditable where a path in it leads nowhere.

    Without a blank it is a path and must be there. Of a sentence, the paths in code signs must be.
    """
    text = given.strip()
    if not text:
        raise Uneditable("the resolution is empty; name the file that shows it")
    if _URL.fullmatch(text):
        return text
    if any(sign.isspace() for sign in text):
        for found in _CODE.findall(text):
            if "/" in found:
                _exists(ground, found)
        return text
    return _exists(ground, text.strip("`"))


def evidence(ground: Ground, given: str) -> str:
    """Give one piece of evidence as it is to be written; raises Uneditable for a path that leads nowhere."""
    text = given.strip()
    looks = "/" in text or _NAME.fullmatch(text)
    if looks and not _URL.fullmatch(text) and not _COMMIT.fullmatch(text) and not any(sign.isspace() for sign in text):
        return _exists(ground, text)
    return text


def _exists(ground: Ground, given: str) -> str:
    path, anchor, section = given.partition("#")
    normal = os.path.normpath(path).replace(os.sep, "/")
    if os.path.isabs(path) or normal.startswith("../") or normal == "..":
        raise Uneditable(f"{given} leads out of the project; name a path below its root")
    if not ground.project.evidence.exists(normal):
        near = nearest(normal, ground.surveyed.found.present)
        raise Uneditable(
            f"{given} is not there; {f'did you mean {near}?' if near else 'paths are relative to the project root'}"
        )
    return f"{normal}{'/' if path.endswith('/') else ''}{anchor}{section}"
