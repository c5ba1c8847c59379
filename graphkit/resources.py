"""Where the shipped files are: `data/` and `queries/`, in a checkout and in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, such as ``resource("queries")``.

    The wheel carries both folders in ``graphkit/share``; in a checkout they lie beside the package.
    """
    installed = _PACKAGE / "share"
    root = installed if installed.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)
