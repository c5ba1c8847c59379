"""Run the command line as ``python -m graphkit``."""

from graphkit.cli import cli

cli(prog_name="graphkit")
