"""The command line. The only part that prints or asks.

Each command's module is loaded when the command is called: a build that finds nothing changed is over before a
validator, a template engine or MkDocs could be loaded.
"""

from __future__ import annotations

from importlib import import_module

import click

_COMMANDS = {
    "check": "content",
    "new": "content",
    "explain": "content",
    "import": "importing",
    "build": "site",
    "serve": "site",
    "pages": "site",
}
"""The module of each command, in the order in which help lists them."""


class _LateGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"generator.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_{'group' if cmd_name == 'new' else 'command'}")
        return command


@click.group(cls=_LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sokehoach", prog_name="sokehoach")
def main() -> None:
    """Sổ kế hoạch: kế hoạch công tác bằng YAML thành trang web tra cứu được."""
