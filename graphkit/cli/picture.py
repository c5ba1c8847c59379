"""What the commands of ``graphkit plot`` share: their options, and how a picture is written."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from graphkit.cli.options import Decorator, format_option, output_option, store_option
from graphkit.cli.period import period_options

if TYPE_CHECKING:
    from graphkit.plot.sheet import Sheet

Command = Callable[..., Any]

_LARGEST = 300  # actors of a picture, which take some 10 s
_LETTERS = 20  # that are named of those without a font: Chinese texts have hundreds
_MOST = "Actors to show: those with most statements."


@dataclass(frozen=True, slots=True)
class PictureFile:
    """Where a picture goes, and how."""

    output: str
    format: str
    scale: float | None
    fonts: Path | None


def picture_options(command: Command) -> Command:
    """Add the period and what all pictures share.

    The command gets the `file`, and as `look` the title and the size, as all drawers take them.
    """

    @functools.wraps(command)
    def checked(*, title: str, width: int, height: int | None, **given: Any) -> Any:
        from graphkit.plot.rendering import check_installed
        from graphkit.plot.sheet import Size

        file = PictureFile(*(given.pop(name) for name in ("output", "format", "scale", "fonts")))
        _check_png(file)
        check_installed()
        return command(file=file, look={"title": title, "size": Size(width, height)}, **given)

    decorated: Command = checked
    for decorate in (
        store_option,
        click.option(
            "--fonts",
            metavar="FOLDER",
            type=click.Path(path_type=Path),
            help="Further fonts for a .png, for letters that no font here has.",
        ),
        click.option(
            "--scale",
            type=click.FloatRange(0.1, 20),
            metavar="X",
            help="Pixels of a .png for each one of the size: 4 is for print.  [default: 2]",
        ),
        click.option(
            "--height",
            type=click.IntRange(200, 20_000),
            metavar="PIXELS",
            help="Height.  [default: as needed]",
        ),
        click.option(
            "--width",
            type=click.IntRange(300, 20_000),
            metavar="PIXELS",
            default=960,
            show_default=True,
            help="Width.",
        ),
        click.option("--title", default="", metavar="TEXT", help="Title.  [default: by the kind]"),
        format_option("svg", "png", "html"),
        output_option,
        period_options,
    ):
        decorated = decorate(decorated)
    return decorated


def _check_png(file: PictureFile) -> None:
    if file.format == "png":
        return
    if file.scale:
        raise click.UsageError(f"--scale is for .png files; {file.format} has no pixels.")
    if file.fonts:
        raise click.UsageError(f"--fonts is for .png files; {file.format} uses the reader's fonts.")


def top_option(default: int, what: str = _MOST) -> Decorator:
    """Add ``-n/--top``; the command gets ``top``."""
    return click.option(
        "-n",
        "--top",
        type=click.IntRange(1, _LARGEST),
        default=default,
        show_default=True,
        help=what,
    )


def topics_option(default: int) -> Decorator:
    """Add ``--topics``; the command gets ``topics``."""
    return click.option(
        "--topics",
        type=click.IntRange(1),
        default=default,
        show_default=True,
        metavar="N",
        help="Topics to show: those with most statements.",
    )


narrower_option = click.option(
    "--narrower", is_flag=True, help="Count what is said on narrower topics, too."
)
roll_up_option = click.option(
    "--roll-up", is_flag=True, help="Count narrower topics for the widest above them."
)


def refuse_option(name: str, reason: str) -> None:
    """Raise UsageError if an option was given that would change nothing."""
    source = click.get_current_context().get_parameter_source(name)
    if source is ParameterSource.COMMANDLINE:
        raise click.UsageError(f"--{name} {reason}")


def write_picture(sheet: "Sheet", file: PictureFile) -> None:
    """Draw what is on a sheet, write it, and say so, and what letters it cannot show."""
    from graphkit.output import open_output
    from graphkit.plot.rendering import add_fonts, draw, missing_letters

    if file.fonts:
        add_fonts(file.fonts)
    spec = sheet.spec()
    content = draw(spec, file.format, scale=file.scale or 2)
    if file.format == "png" and (missing := missing_letters(spec)):
        more = f" and {len(missing) - _LETTERS} more" if len(missing) > _LETTERS else ""
        click.echo(
            f"No font here has the letters {missing[:_LETTERS]}{more}, for which there are boxes: "
            "name a folder of fonts with --fonts, or write an .svg or .html.",
            err=True,
        )
    with open_output(file.output) as stream:
        stream.write(content)
    place = "standard output" if file.output == "-" else file.output
    click.echo(f"{spec['usermeta']['about'][0]}: drawn to {place}", err=True)
