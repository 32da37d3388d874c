"""How a process that stands by keeps up with the disk."""

from __future__ import annotations

from docsync.engine.ready import have_ready
from docsync.engine.recall import hold
from docsync.engine.session import Session


def keep_up(session: Session) -> None:
    """Compare a project with what is on the disk, and have it ready for what is asked next; raises ConfigError and JobError."""
    stands = session.look_again()
    if session.state is not None:
        have_ready(session.state.surveyed)
        hold(session.setting.root, session.state.checked.report, stands)
