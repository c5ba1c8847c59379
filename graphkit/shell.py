"""Commands as people paste them into a shell."""

import shlex

_SPECIAL = frozenset('\\"$`!')  # what a shell reads between double quotation marks


def command_line(command: str, *names: str) -> str:
    """Return a command with names that a shell takes as they are.

    >>> command_line("graphkit topics merge", "free trams", "trams for $0")
    'graphkit topics merge "free trams" \\'trams for $0\\''
    """
    quoted = (shlex.quote(name) if {*name} & _SPECIAL else f'"{name}"' for name in names)
    return " ".join([command, *quoted])
