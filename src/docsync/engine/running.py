"""How a run goes: what it can take from an earlier one, and what it leaves for the next.

Only what an unchanged project needs is imported here; a run that must read something imports the rest when it does.
"""

from __future__ import annotations

import time

from msgspec.structs import replace

from docsync.cache.pickles import collector_off
from docsync.engine.fingerprint import Fingerprint
from docsync.engine.recall import held, keep, recall, still_stands
from docsync.engine.request import Request
from docsync.engine.results import Regeneration, Wish
from docsync.engine.setting import setting_of
from docsync.models.diagnostics import Report


def check(request: Request) -> Report:
    """Check a project; raises JobError and ConfigError where that cannot be done, and never writes in the tree."""
    return check_resting(request)[0]


def check_resting(request: Request) -> tuple[Report, Fingerprint | None]:
    """Check a project as `check` does, and give the fingerprint of what the report rests on; None where none was kept."""
    if ready := held(request):
        return ready
    started = time.time_ns()
    setting = setting_of(request)
    # Neither a text from standard input nor a folder in another's stead is a state that another run could find unchanged.
    folder = setting.folder if setting.identity and request.stdin is None and not request.stead else None
    run = recall(folder, setting) if folder else None
    if folder and run and (stands := still_stands(folder, setting, run)):
        return run.report, stands
    from docsync.engine.ready import surveyed_for  # noqa: PLC0415  # all that an unchanged project can do without

    setting = replace(setting, fingerprint=run.fingerprint) if run else setting
    with collector_off():
        surveyed = surveyed_for(setting, _load_rules)
        from docsync.engine.checking import check_afresh  # noqa: PLC0415  # as above, and better loaded while others read

        fresh = check_afresh(setting, surveyed)
    # Whatever was looked at was looked at later than this, so no mark is trusted that might not deserve it.
    rests_on = replace(fresh.fingerprint, taken=started)
    if folder:
        keep(folder, setting, replace(fresh, fingerprint=rests_on))
    return fresh.report, rests_on if folder else None


def _load_rules() -> None:
    from docsync.engine import checking  # noqa: F401, PLC0415  # as above


def regenerate(request: Request, wish: Wish) -> Regeneration:
    """Put generated text and bound numbers right; raises JobError and ConfigError where that cannot be done."""
    from docsync.engine.regenerating import regenerate_afresh  # noqa: PLC0415  # `check` does without it

    started = time.time_ns()
    with collector_off():
        done = regenerate_afresh(setting_of(request), wish)
    return replace(done, rests_on=replace(done.rests_on, taken=started)) if done.rests_on else done
