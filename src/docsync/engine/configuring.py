"""What a project has chosen, taken from an earlier run while its configuration files say the same."""

from __future__ import annotations

import os
from collections.abc import Mapping

from docsync.cache.pickles import dump, load
from docsync.config.values import Config
from docsync.engine.fingerprint import Seen, digest, look
from docsync.engine.roots import CONFIG_FILES
from docsync.engine.setting import Setting

_KEPT = "config-"
_MOST_KEPT = 8


def configuration(setting: Setting) -> tuple[Config, Mapping[str, Seen]]:
    """Give the configuration and the files that it rests on, looked at before it was read; raises ConfigError.

    Validating costs many times what remembering does: it takes pydantic, and nothing else of an unchanged project does.
    """
    seen = {name: look(os.path.join(setting.root, name)) for name in CONFIG_FILES}
    folder = setting.folder if setting.identity else None
    name = _KEPT + setting.identity + digest(b"".join(each.digest or b"-" for each in seen.values())).hex()
    kept = load(folder.read(name)) if folder else None
    if isinstance(kept, Config):
        return kept, seen
    from docsync.config.loading import load_config  # noqa: PLC0415  # see above

    config = load_config(setting.root)
    if folder and (body := dump(config)):
        folder.write(name, body)
        folder.trim(_KEPT, _MOST_KEPT)
    return config, seen
