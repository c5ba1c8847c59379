"""Groups of commands that run one where none is named: ``graphkit actors [TEXT]``."""

import click


class ListingGroup(click.Group):
    """Runs its command ``list`` where the first argument is none of its commands."""

    default = "list"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command before what is no command."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = [self.default, *args]
        return super().parse_args(ctx, args)
