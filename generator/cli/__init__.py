"""The command line: the only part of the program that prints and asks.

A command's module is imported when the command is called, so that a build without changes loads no validator, template
engine or MkDocs.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from generator.cli.click_words import in_our_words

_COMMANDS = {
    "check": "content",
    "new": "content",
    "explain": "content",
    "review": "review",
    "suggest": "suggest",
    "import": "import",
    "build": "site",
    "rollback": "site",
    "record": "site",
    "serve": "site",
    "pages": "site",
}
"""The module of each command, in the order of the help."""


class _LazyGroup(click.Group):
    """A group of commands whose modules are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command by its name; return None for an unknown one."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"generator.cli.{_COMMANDS[cmd_name]}_commands")
        command: click.Command = getattr(module, f"{cmd_name}_{'group' if cmd_name == 'new' else 'command'}")
        return command

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Parse the options before the command's name."""
        with in_our_words():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, which parses its own options."""
        with in_our_words():
            return super().invoke(ctx)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sokehoach", prog_name="sokehoach")
def main() -> None:
    """Sổ kế hoạch: kế hoạch công tác bằng YAML thành trang web tra cứu được."""
