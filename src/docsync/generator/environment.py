"""What a template may do: read what it is given, loop, choose, and lay out text; nothing else."""

from __future__ import annotations

import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.loaders import FunctionLoader
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup
from msgspec import Struct

from docsync.generator.escape import markdown
from docsync.generator.failures import ViewError
from docsync.generator.filters import ALL
from docsync.models.records import Json

_MAX_REPEAT: Final = 100_000


class Limits(Struct, frozen=True):
    """Bound what one view may give, in bytes of UTF-8, and take, in seconds."""

    max_bytes: int
    timeout: float


class Rendered(Struct, frozen=True):
    """Hold what a view gave, or why it gave nothing."""

    text: str = ""
    failure: str = ""


class Sandbox(ImmutableSandboxedEnvironment):
    """Be the immutable sandbox, with Markdown's escaping for HTML's and without the arithmetic that makes bombs."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, templates: Mapping[str, str]) -> None:
        super().__init__(
            loader=FunctionLoader(lambda name: _source(templates, name)),
            undefined=StrictUndefined,
            autoescape=True,
            finalize=_finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.filters = dict(ALL)
        self.globals = {"range": self.globals["range"], "namespace": Namespace}

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 -- Jinja's signature
        """Let a key win over a method of the same name, so that `record.items` is the field."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 -- Jinja's signature
        """Refuse powers, formats and long repetitions before they take all memory."""
        if operator == "**" or not all(isinstance(one, str | list | tuple | int | float) for one in (left, right)):
            raise SecurityError(f"{operator} is not allowed here")
        sized = [one for one in (left, right) if isinstance(one, str | list | tuple)]
        if operator == "%" and sized:
            raise SecurityError("% formats no text here; write ~ or a filter")
        for one, times in ((left, right), (right, left)):
            if one in sized and isinstance(times, int) and len(one) * times > _MAX_REPEAT:
                raise SecurityError(f"a repetition gives over {_MAX_REPEAT:,} items")
        return super().call_binop(context, operator, left, right)


def render(environment: Sandbox, file: str, context: Mapping[str, Json], limits: Limits) -> Rendered:
    """Render one template; whatever goes wrong in it is the failure, with the template's line where it is known."""
    try:
        return Rendered(_bounded(environment, file, context, limits))
    except Exception as error:  # noqa: BLE001 -- a template can raise anything that its filters and operators raise
        return Rendered(failure=_why(file, error))


def _bounded(environment: Sandbox, file: str, context: Mapping[str, Json], limits: Limits) -> str:
    stop = time.monotonic() + limits.timeout
    chunks: list[str] = []
    size = 0
    for chunk in environment.get_template(file).generate(context):
        size += len(chunk.encode("utf-8", "surrogatepass"))
        if size > limits.max_bytes:
            raise ViewError(f"{file} gives over {limits.max_bytes:,} bytes")
        if time.monotonic() > stop:
            raise ViewError(overrun(file, limits))
        chunks.append(chunk)
    return "".join(chunks)


def overrun(file: str, limits: Limits) -> str:
    """Say that a view took too long."""
    return f"{file} takes over {limits.timeout:g} seconds"


def _why(file: str, error: Exception) -> str:
    match error:
        case ViewError():
            return str(error)
        case TemplateNotFound():
            return f"{file} includes {error.name}, which is no template of the project or of docsync"
        case TemplateSyntaxError():
            return f"{error.filename or file}, line {error.lineno}: {error.message}"
        case RecursionError():
            return f"{file} calls itself without end, or is nested too deeply"
        case MemoryError():
            return f"{file} takes too much memory"
        case _:
            return f"{_line(file, error.__traceback__)}: {_said(error)}"


def _source(templates: Mapping[str, str], name: str) -> tuple[str, str, None] | None:
    text = templates.get(name)
    return None if text is None else (text, name, None)


@pass_eval_context
def _finalize(_context: EvalContext, value: Any) -> Any:  # noqa: ANN401 -- Jinja's signature
    """Escape what is shown, unless a filter, a macro or a block has laid it out already.

    It asks for a context only to be called for constants too, which Jinja would else escape for HTML while compiling.
    """
    if isinstance(value, Markup | StrictUndefined):
        return value
    return Markup(markdown(value))  # noqa: S704 -- escaped for Markdown just here


def _line(file: str, trace: TracebackType | None) -> str:
    """Name the innermost line of a template that an exception passed."""
    found = file
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".j2"):
            found = f"{name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return found


def _said(error: Exception) -> str:
    text = error.message if isinstance(error, TemplateError) else str(error)
    return " ".join((text or type(error).__name__).split())[:300]
