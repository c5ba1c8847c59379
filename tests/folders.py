"""What is in a folder, hidden files too."""

from pathlib import Path


def names(folder: Path) -> list[str]:
    """Return the names of all that is in a folder, in order."""
    return sorted(path.name for path in folder.iterdir())
