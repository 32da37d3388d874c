"""How a proposal reads as a docsync.toml, with the reason above each choice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from docsync.engine.adopting.proposals import HomeProposal, KindProposal, Proposal, WordProposal

_HEAD = """\
# docsync's configuration, proposed by `docsync init --adopt` from the documents as they are. Change what is wrong; `docsync
# init` in another folder shows every key there is.
"""
_SPECIAL = re.compile(r"[*?\[]")


def configuration_text(kinds: Iterable[KindProposal], homes: Iterable[HomeProposal], words: Iterable[WordProposal]) -> str:
    """Give the text of the configuration."""
    parts = [_HEAD, *map(_home, homes), *map(_kind, kinds), "\n".join(_words(words))]
    return "\n".join(part for part in parts if part)


def _home(home: HomeProposal) -> str:
    path = home.rule.path if home.rule.form == "file" else _SPECIAL.sub(lambda found: f"[{found[0]}]", home.rule.path)
    return f"""{_why(home)}[[homes]]
path = {_quoted(path)}
kind = {_quoted(home.rule.kind)}
form = {_quoted(home.rule.form)}
"""


def _kind(kind: KindProposal) -> str:
    return f"""{_why(kind)}[kinds.{kind.name}]
id = {_quoted(kind.pattern)}
plural = {_quoted(kind.plural)}
"""


def _words(words: Iterable[WordProposal]) -> Iterator[str]:
    for number, word in enumerate(words):
        if not number:
            yield "[status.words]"
        yield f"{_why(word)}{_quoted(word.word)} = {_quoted(word.status.value)}"


def _why(proposal: Proposal) -> str:
    lines = (f"# {' '.join(reason.split())}\n" for reason in proposal.reasons)
    return f"# {proposal.confidence.value.capitalize()}:\n" + "".join(lines)


def _quoted(text: str) -> str:
    """Write a text as TOML, whose basic strings take JSON's escapes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
