"""The timeline of a topic: how often it was backed and opposed, and when each actor said what."""

import datetime
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graphkit.errors import ExportError
from graphkit.plot.debate import Debate, Members, period_of
from graphkit.plot.lettering import width_of
from graphkit.plot.periods import Unit, iter_periods, start_of, unit_for
from graphkit.plot.sheet import (
    COLOURS,
    FONT,
    GREY,
    INK,
    MARGIN,
    PALE,
    SMALL,
    Item,
    Sheet,
    Size,
    name_column,
    symbol_of,
    write_names,
)
from graphkit.positions import latest_of
from graphkit.spells import MIXED, Change, changes_of, days_of, stance_of
from graphkit.statement import Stance, Statement
from graphkit.wording import counted

_LANES: tuple[Stance, ...] = ("supports", "ambivalent", "opposes")
_LANES_HIGH, _PER_STATEMENT, _LOWEST_LANE = 150.0, 14.0, 14.0
_NUMBER = 13.0  # height of the number at the end of a bar
_ROW, _LOWEST_ROW = 24.0, 14.0
_AXIS = 30.0
_MARK = 80.0  # pixels between two marks of the axis, at least
_FEWEST_DAYS = 7  # on an axis, for hours mean nothing here
_DAY = 86_400_000  # milliseconds
_EPOCH = datetime.date(1970, 1, 1).toordinal()
_Period = tuple[datetime.date, datetime.date]  # its first day and its last

_ORDER = {"supports": 0, "ambivalent": 1, MIXED: 1, "opposes": 2}


@dataclass(frozen=True, slots=True)
class _Time:
    """Where days stand: from the beginning of `first` to the end of `last`."""

    first: int
    last: int
    left: float
    right: float

    def x(self, day: datetime.date, share: float = 0.5) -> float:
        """Return the place of a day, which begins at the share 0 and ends at 1."""
        passed = (day.toordinal() - self.first + share) / (self.last - self.first + 1)
        return self.left + passed * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class _Row:
    """An actor with what it said in the period, and how it changed its mind."""

    name: str
    members: Members
    changes: Sequence[Change[Statement]]


def draw_timeline(  # noqa: PLR0913  # one for each thing that people choose
    debate: Debate,
    topic: str,
    *,
    actors: Sequence[str] = (),
    since: datetime.date | None = None,
    by: Unit | None = None,
    top: int = 30,
    title: str = "",
    size: Size | None = None,
) -> Sheet:
    """Draw bars that count statements by period, above a row of points for each actor.

    `debate` holds the statements on the topic; those before `since` only tell from what an actor
    changed its mind. It is told which of the `actors` asked for are not among those shown. Raise
    ExportError if no statement that is to be shown has a date.
    """
    shown = _dated(debate, topic, since)
    rows = _rows(debate, shown, since)
    sheet = Sheet(title or f"Stances over time: {topic}", [shown.caption], size or Size())
    present = {one.actor for one in shown.statements}
    if missing := [name for name in actors if name not in present]:
        sheet.note(f"No dated statement in this period: {', '.join(missing)}.")
    sheet.note(*_notes(debate, len(rows), top))
    sheet.add_key(_key(shown, rows[:top]))
    names = name_column(sheet, [row.name for row in rows[:top]])
    days = [one.date for one in shown.statements if one.date]
    unit = by or unit_for(min(days), max(days))
    periods = list(iter_periods(min(days), max(days), unit))
    time = _time(periods, MARGIN + names + 28, sheet.size.width - MARGIN - 6)
    begins = sheet.y
    _draw_bars(sheet, shown, time, periods, unit)
    ordered = sorted(rows[:top], key=_rank)
    _draw_rows(sheet, shown, ordered, time, names)
    _draw_axis(sheet, time, begins, _marks(periods, unit, time))
    return sheet


def _dated(debate: Debate, topic: str, since: datetime.date | None) -> Debate:
    shown = [one for one in debate.statements if one.date and (since is None or one.date >= since)]
    if not shown:
        when = f" since {since}" if since else ""
        raise ExportError(f"No statement on '{topic}'{when} has a date: there is no timeline.")
    return replace(debate, statements=shown)


def _rows(debate: Debate, shown: Debate, since: datetime.date | None) -> list[_Row]:
    """Return a row for each actor, those with the most statements first."""
    ever = debate.by_actor()
    rows = []
    for name, members in shown.by_actor().items():
        changes = [one for one in changes_of(ever[name]) if since is None or one.date >= since]
        rows.append(_Row(name, members, changes))
    return rows


def _rank(row: _Row) -> tuple[int, int, str]:
    """Put those together whose latest words are alike, those who said most first."""
    latest = stance_of(one.stance for one in latest_of(row.members))
    return _ORDER[latest], -len(row.members), row.name


def _notes(debate: Debate, rows: int, top: int) -> list[str]:
    undated = sum(one.date is None for one in debate.statements)
    notes = []
    if rows > top:
        notes.append(
            f"Rows: the {top} of {rows} actors with the most statements; the bars count all actors."
        )
    if undated:
        notes.append(f"Left out: {counted(undated, 'statement')} without a date.")
    return notes


def _key(shown: Debate, rows: Sequence[_Row]) -> list[tuple[str, Item]]:
    days = (day.stance for row in rows for day in days_of(row.members))
    found = {*days, *(one.stance for one in shown.statements)}
    entries: list[tuple[str, Item]] = [
        (stance, symbol_of(stance)) for stance in _LANES if stance in found
    ]
    if MIXED in found:
        entries.append(("more than one stance on a day", symbol_of(MIXED)))
    if any(row.changes for row in rows):
        ring = {"shape": "circle", "stroke": INK, "strokeWidth": 1.6, "size": 170}
        entries.append(("change of mind", ring))
    return entries


def _time(periods: Sequence[_Period], left: float, right: float) -> _Time:
    first, last = periods[0][0].toordinal(), periods[-1][1].toordinal()
    missing = max(_FEWEST_DAYS - (last - first + 1), 0)
    first -= min(missing // 2, first - 1)
    return _Time(first, max(last, first + _FEWEST_DAYS - 1), left, right)


# --- bars ---------------------------------------------------------------------------------------


def _draw_bars(
    sheet: Sheet,
    shown: Debate,
    time: _Time,
    periods: Sequence[_Period],
    unit: Unit,
) -> None:
    """Draw a lane of bars for each stance; those of opposition hang down."""
    lanes = {stance: _by_period(shown, stance, unit) for stance in _LANES}
    highest = {name: max(map(len, lane.values()), default=0) for name, lane in lanes.items()}
    step = min(_PER_STATEMENT, _LANES_HIGH / sum(highest.values()))
    for stance, lane in lanes.items():
        high = max(highest[stance] * step, _LOWEST_LANE) + _NUMBER
        is_hanging = stance == "opposes"
        base = sheet.y + (0.0 if is_hanging else high)
        _draw_lane_name(sheet, stance, sum(map(len, lane.values())), time, base)
        bars, numbers = [], []
        for start, end in periods:
            if members := lane.get(start):
                top = base + len(members) * step * (1 if is_hanging else -1)
                tip = shown.tip(members, f"{stance}, {period_of(start, end)}")
                bars.append(
                    {**_sides(time.x(start, 0), time.x(end, 1)), "y": base, "y2": top, **tip}
                )
                numbers.append(len(members))
        sheet.add("rect", bars, fill=COLOURS[stance])
        _draw_numbers(sheet, bars, numbers, is_hanging=is_hanging)
        sheet.add("rule", [{"x": time.left, "x2": time.right, "y": base}], y2=base, stroke=GREY)
        sheet.y += high + (14 if stance == "ambivalent" else 2)
    sheet.y += 8


def _sides(left: float, right: float) -> Item:
    """Leave a gap between bars, but so much of each that it can be seen."""
    gap = min(1.0, (right - left) / 8)
    return {"x": left + gap, "x2": max(right - gap, left + gap + 1)}


def _by_period(shown: Debate, stance: Stance, unit: Unit) -> Mapping[datetime.date, Members]:
    found: dict[datetime.date, list[Statement]] = defaultdict(list)
    for one in shown.statements:
        if one.stance == stance and one.date:
            found[start_of(one.date, unit)].append(one)
    return found


def _draw_lane_name(sheet: Sheet, stance: Stance, total: int, time: _Time, base: float) -> None:
    y = base + (9 if stance == "opposes" else -9)
    sheet.add("symbol", [{"x": time.left - 14, "y": y, **symbol_of(stance)}])
    text = f"{stance}: {total}"
    sheet.add_text([{"x": time.left - 28, "y": y, "text": text}], align="right")


def _draw_numbers(
    sheet: Sheet, bars: Sequence[Item], numbers: Sequence[int], *, is_hanging: bool
) -> None:
    """Write the numbers at the ends of bars, or that of the highest if not all have room."""
    middles = [(bar["x"] + bar["x2"]) / 2 for bar in bars]
    wide = [width_of(str(number), SMALL) for number in numbers]
    fits = all(
        middles[n + 1] - middles[n] >= (wide[n] + wide[n + 1]) / 2 for n in range(len(bars) - 1)
    )
    chosen = range(len(bars)) if fits else [numbers.index(max(numbers))]
    away = 7 if is_hanging else -6
    items = [
        {
            "x": middles[n],
            "y": bars[n]["y2"] + away,
            "text": str(numbers[n]),
        }
        for n in chosen
    ]
    sheet.add_text(items, align="center", fontSize=SMALL, fill=GREY)


# --- rows ---------------------------------------------------------------------------------------


def _draw_rows(
    sheet: Sheet, shown: Debate, rows: Sequence[_Row], time: _Time, names: float
) -> None:
    """Draw a row of points for each actor: its days, and rings where it changed its mind."""
    high = sheet.share(len(rows), _ROW, _LOWEST_ROW, more=_AXIS)
    guides, written, points = [], [], []
    ways, rings = [], []
    for number, row in enumerate(rows):
        y = sheet.y + (number + 0.5) * high
        guides.append({"x": time.left, "x2": time.right, "y": y, "y2": y})
        written.append((row.name, y, shown.tip(row.members, row.name)))
        points += _points(shown, row, time, y)
        for change in row.changes:
            x, x2 = (time.x(day) for day in change.dates)
            ways.append({"x": max(x, time.left), "x2": x2, "y": y, "y2": y})
            rings.append({"x": x2, "y": y})
    sheet.add("rule", guides, stroke=PALE)
    sheet.add("rule", ways, stroke=INK, strokeWidth=1.6)
    sheet.add("symbol", points, stroke="white", strokeWidth=0.8)
    sheet.add("symbol", rings, shape="circle", size=230, stroke=INK, strokeWidth=1.6)
    write_names(sheet, written, time.left - 12, names)
    sheet.y += len(rows) * high


def _points(shown: Debate, row: _Row, time: _Time, y: float) -> list[Item]:
    before = {change.date: change.before.stance for change in row.changes}
    points = []
    for day in days_of(row.members):
        facts = {"stance": day.stance}
        if day.date in before:
            facts["before"] = before[day.date]
        tip = shown.tip(day.members, f"{row.name}, {day.date}", **facts)
        size = min(80 + 25 * (len(day.members) - 1), 160)
        points.append({"x": time.x(day.date), "y": y, **symbol_of(day.stance, size), **tip})
    return points


def _marks(periods: Sequence[_Period], unit: Unit, time: _Time) -> list[int]:
    """Return the moments that the axis marks, or none for Vega's own choice.

    Vega's weeks begin on Sundays, those of bars on Mondays; and it marks weeks below few months.
    Below many weeks or months it marks months or years, as it should.
    """
    step = math.ceil(len(periods) * _MARK / (time.right - time.left))
    if unit == "day" or step > (2 if unit == "week" else 1):
        return []
    return [_moment(start.toordinal()) for start, _ in periods[::step]]


def _moment(day: int) -> int:
    return (day - _EPOCH) * _DAY


def _draw_axis(sheet: Sheet, time: _Time, begins: float, marks: Sequence[int]) -> None:
    """Draw Vega's axis of time below all that was drawn, with lines up to where that begins."""
    wide, high = time.right - time.left, sheet.y - begins
    place = {"x": time.left, "y": begins, "width": wide, "height": high}
    domain = [_moment(time.first), _moment(time.last + 1)]
    scale = {"name": "time", "type": "utc", "domain": domain, "range": [0, wide]}
    axis = {
        "orient": "bottom",
        "scale": "time",
        "grid": True,
        "gridColor": "#eeeeee",
        "domainColor": GREY,
        "tickColor": GREY,
        "labelColor": GREY,
        "labelFont": FONT,
        "labelFontSize": SMALL,
        "labelOverlap": True,
        "labelFlush": True,
        "tickCount": max(2, min(time.last - time.first + 1, round(wide / _MARK))),
        **({"values": list(marks)} if marks else {}),
        "format": {
            "date": "%-d %b",
            "day": "%-d %b",
            "week": "%-d %b",
            "month": "%b %Y",
            "quarter": "%b %Y",
            "year": "%Y",
        },
        "formatType": "utc",
    }
    sheet.add_group(place, [scale], [axis])
    sheet.y += _AXIS
