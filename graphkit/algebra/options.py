"""Which network is wanted: the options, and which of them go together."""

import datetime
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypedDict, get_args

from graphkit.errors import NetworkError

Mode = Literal["two", "one"]
Aggregation = Literal["ignore", "congruence", "conflict", "subtract", "combine"]
Normalization = Literal["none", "activity", "prominence", "average", "jaccard", "cosine"]
Duplicates = Literal["keep", "document", "day", "week", "month", "year", "range"]
Ambivalent = Literal["count", "halve", "drop"]
Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]
Kernel = Literal["uniform", "epanechnikov", "triangular", "gaussian"]
NamedMode = Literal["two", "actors", "topics"]

AGGREGATIONS: tuple[Aggregation, ...] = get_args(Aggregation)
NORMALIZATIONS: tuple[Normalization, ...] = get_args(Normalization)
DUPLICATES: tuple[Duplicates, ...] = get_args(Duplicates)
AMBIVALENT: tuple[Ambivalent, ...] = get_args(Ambivalent)
UNITS: tuple[Unit, ...] = get_args(Unit)
KERNELS: tuple[Kernel, ...] = get_args(Kernel)
MODES: tuple[NamedMode, ...] = get_args(NamedMode)

_VARIABLES: Mapping[str, tuple[Mode, str, str]] = {
    "two": ("two", "actor", "topic"),
    "actors": ("one", "actor", "topic"),
    "topics": ("one", "topic", "actor"),
}
_WINDOW = re.compile(rf"(\d+)\s*({'|'.join(UNITS)})s?", re.ASCII)

_AGGREGATIONS_OF: dict[Mode, frozenset[Aggregation]] = {
    "two": frozenset({"ignore", "subtract", "combine"}),
    "one": frozenset({"ignore", "congruence", "conflict", "subtract"}),
}
_NORMALIZATIONS_OF: dict[Mode, frozenset[Normalization]] = {
    "two": frozenset({"none", "activity", "prominence"}),
    "one": frozenset({"none", "average", "jaccard", "cosine"}),
}
_LONGEST = 10**9  # units of a window; moments stay far inside what 64 bits can hold


@dataclass(frozen=True, slots=True)
class Filter:
    """Leave out the statements with one of the `values` of a variable, or keep only these.

    Raise NetworkError for `values` that are none.
    """

    variable: str
    values: Collection[str | int | bool]
    keeps: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.values, str):  # whose letters are no values
            raise NetworkError(f"A filter takes several values: give ['{self.values}'].")
        try:  # a pandas Series holds its index, and an iterator would be used up
            object.__setattr__(self, "values", frozenset(self.values))
        except TypeError as error:
            raise NetworkError(f"A filter takes a list of values: {error}.") from error


@dataclass(frozen=True, slots=True)
class Window:
    """A window of `size` units that runs over the time by one unit; see `windows`.

    With a `kernel` statements count the less the further they are from the middle; the gaussian
    one has no end, so that all statements count in every window.
    """

    size: int
    unit: Unit
    kernel: Kernel | None = None

    def __post_init__(self) -> None:
        _check_choice("unit", self.unit, UNITS)
        _check_choice("kernel", self.kernel, (None, *KERNELS))
        if not 1 <= self.size <= _LONGEST:
            raise NetworkError(f"A window of {self.size} units: it needs 1 to {_LONGEST}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkOptions:
    """Which network to compute; raise NetworkError for options that do not go together.

    `mode` "two" has the values of `variable1` as rows and those of `variable2` as columns; "one"
    connects the values of `variable1` by those of `variable2` that they share. `qualifier` is the
    variable that says how: a stance, a boolean, an integer or a text; "" if there is none.

    `aggregate` makes one number of the qualifier's levels. In two-mode networks "ignore" counts
    the statements, "subtract" takes those against from those in favour, and "combine" says which
    levels occur at all. In one-mode networks "ignore" counts pairs of statements on the same
    matter, "congruence" those that agree, "conflict" those that disagree, and "subtract" is the
    difference of both.

    `ambivalent` says what an ambivalent statement is: "count" takes it as a level of its own half
    way between support and opposition, so that two ambivalent ones agree, and one of them agrees
    by half with each side; "halve" as half a support and half an opposition, so that it agrees and
    disagrees by half with everybody; "drop" leaves it out.

    `duplicates` keeps only the first of equal statements in each document, day, ISO week, month,
    year, or in the whole range. `since` and `until` are inclusive; a day as `until` ends with its
    last second. Both, and windows, leave out statements without a date. `isolates` keeps the
    values without any tie. `dna_compat` computes as the Discourse Network Analyzer does where that
    is something else; see `differences`.
    """

    mode: Mode = "two"
    variable1: str = "actor"
    variable2: str = "topic"
    qualifier: str = "stance"
    aggregate: Aggregation = "ignore"
    normalize: Normalization = "none"
    ambivalent: Ambivalent = "count"
    duplicates: Duplicates = "keep"
    filters: tuple[Filter, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    isolates: bool = False
    window: Window | None = None
    dna_compat: bool = False

    def __post_init__(self) -> None:
        _check_choices(self)
        _check_variables(self)
        _check_combination(self)

    @property
    def kernel(self) -> Kernel | None:
        """The kernel of the window, if there is one."""
        return self.window.kernel if self.window else None

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of all variables that the network needs."""
        filtered = (each.variable for each in self.filters)
        names = (self.variable1, self.variable2, self.qualifier, *filtered)
        return tuple(dict.fromkeys(name for name in names if name))


class NamedOptions(TypedDict, total=False):
    """The options of a network as people give them, on the command line as in Python."""

    mode: NamedMode
    aggregate: Aggregation
    normalize: Normalization
    ambivalent: Ambivalent
    duplicates: Duplicates
    kernel: Kernel | None
    isolates: bool
    dna_compat: bool


def named_options(mode: str, **chosen: Any) -> NetworkOptions:
    """Return the network of a mode "two", "actors" or "topics" with other `NetworkOptions`.

    Raise NetworkError for another mode, and for options that do not go together.
    """
    _check_choice("mode", mode, MODES)
    kind, variable1, variable2 = _VARIABLES[mode]
    return NetworkOptions(mode=kind, variable1=variable1, variable2=variable2, **chosen)


def window_of(text: str, kernel: Kernel | None = None) -> Window:
    """Return the window that people write as "3 months". Raise NetworkError for what is none.

    >>> window_of("30days")
    Window(size=30, unit='day', kernel=None)
    """
    match = _WINDOW.fullmatch(text.strip().lower())
    if not match:
        raise NetworkError(f"'{text}' is no time such as '3 months': {', '.join(UNITS)}.")
    unit: Any = match[2]
    try:
        return Window(int(match[1]), unit, kernel)
    except ValueError as error:  # Python reads no integer of 5,000 digits
        raise NetworkError(str(error)) from error


def _check_choices(options: NetworkOptions) -> None:
    for name, choices in (
        ("mode", ("two", "one")),
        ("aggregate", AGGREGATIONS),
        ("normalize", NORMALIZATIONS),
        ("ambivalent", AMBIVALENT),
        ("duplicates", DUPLICATES),
    ):
        _check_choice(name, getattr(options, name), choices)


def _check_choice(name: str, value: object, choices: tuple[object, ...]) -> None:
    if value not in choices:
        listed = ", ".join(str(choice) for choice in choices if choice is not None)
        raise NetworkError(f"No {name} '{value}': there are {listed}.")


def _check_variables(options: NetworkOptions) -> None:
    if options.variable1 == options.variable2:
        raise NetworkError(f"'{options.variable1}' cannot be both variables of a network.")
    if options.qualifier in {options.variable1, options.variable2}:
        raise NetworkError(f"'{options.qualifier}' cannot be a variable and the qualifier.")
    if not options.qualifier and options.aggregate != "ignore":
        raise NetworkError(f"'{options.aggregate}' needs a qualifier; without one use 'ignore'.")


def _check_combination(options: NetworkOptions) -> None:
    kind = f"a {options.mode}-mode network"
    if options.aggregate not in _AGGREGATIONS_OF[options.mode]:
        possible = _listed(_AGGREGATIONS_OF[options.mode], AGGREGATIONS)
        raise NetworkError(f"No '{options.aggregate}' in {kind}: choose {possible}.")
    if options.normalize not in _NORMALIZATIONS_OF[options.mode]:
        possible = _listed(_NORMALIZATIONS_OF[options.mode], NORMALIZATIONS)
        raise NetworkError(f"No normalization '{options.normalize}' in {kind}: choose {possible}.")
    if options.kernel and options.normalize != "none":
        raise NetworkError("A network weighted by a kernel has no normalization: leave one out.")
    if options.kernel and options.aggregate == "combine":
        raise NetworkError("'combine' says which levels occur: a kernel cannot weight that.")
    if options.since and options.until and _day(options.since) > _day(options.until):
        raise NetworkError(f"The range begins on {options.since}, after {options.until}.")


def _day(moment: datetime.date) -> datetime.date:
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def _listed(possible: frozenset[str], order: tuple[str, ...]) -> str:
    return ", ".join(name for name in order if name in possible)
