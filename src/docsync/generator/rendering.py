"""Where each view is rendered: a built-in one in this process, a repository's own in a process apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from docsync.config.values import Config
from docsync.generator.catalogue import BUILTIN_PREFIX, Catalogue, View
from docsync.generator.environment import Limits, Rendered, Sandbox, render
from docsync.generator.isolation import Job, Shared, render_apart
from docsync.generator.views import COMMON
from docsync.models.records import Json


class Order(Struct, frozen=True):
    """Ask for a view with its context."""

    view: View
    context: Mapping[str, Json]


def render_all(catalogue: Catalogue, config: Config, orders: Sequence[Order]) -> tuple[Rendered, ...]:
    """Render views, in the order in which they are asked for."""
    limits = Limits(config.view_max_bytes, config.view_timeout)
    environment = _sandbox(tuple(catalogue.builtin.items()))
    own = [order for order in orders if not order.view.builtin]
    apart = iter(render_apart(_shared(catalogue, own), [_job(order) for order in own], limits) if own else ())
    return tuple(
        render(environment, order.view.file, order.context, limits) if order.view.builtin else next(apart) for order in orders
    )


@lru_cache(maxsize=1)
def _sandbox(templates: tuple[tuple[str, str], ...]) -> Sandbox:
    """Keep the built-in templates compiled: a watcher renders them again and again."""
    return Sandbox(dict(templates))


def _shared(catalogue: Catalogue, orders: Sequence[Order]) -> Shared:
    """Give what a repository's templates have in common: every text, a built-in one under a second name too."""
    reachable = {BUILTIN_PREFIX + file: text for file, text in catalogue.builtin.items()}
    templates = {**catalogue.builtin, **catalogue.project, **reachable}
    return Shared(templates, {name: value for name, value in orders[0].context.items() if name in COMMON})


def _job(order: Order) -> Job:
    return Job(order.view.file, {name: value for name, value in order.context.items() if name not in COMMON})
