"""What an import brings, before any store is asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graphkit.coding import CodedArticle
from graphkit.dna.records import Database
from graphkit.errors import ImportFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the user says of a file.

    Of several `actor` variables the first that is not empty counts. `stances` says which value of
    the stance variable means which stance, `coder` who coded what names nobody.
    """

    actor: tuple[str, ...] = ()
    topic: str = ""
    stance: str = ""
    stances: Mapping[str, str] = field(default_factory=dict)
    coder: str = ""


@dataclass(slots=True)
class Parcel:
    """Articles in the order of the file, topics that its coders know, and what else it tells.

    `faults` are parts that cannot be used, `notes` say what was made of the rest, and where
    something is kept that makes no statement.
    """

    file: str
    articles: list[CodedArticle] = field(default_factory=list)
    topics: tuple[str, ...] = ()
    scheme: Database | None = None
    faults: list[ImportFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence lists them, in quotation marks."""
    return ", ".join(f"'{name}'" for name in names)


def some_of(names: Sequence[str], most: int = 5) -> str:
    """Return the first names as a sentence lists them, and how many more there are.

    >>> some_of(["Ida", "Ola", "Ana"], most=2)
    "'Ida', 'Ola' and 1 more"
    """
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return f"{listed(names[:most])}{more}"
