"""Content negotiation: of the media types that we have, the one that a client likes best."""

from collections.abc import Iterable

Range = tuple[str, float]
"""A media range such as "text/*" in lower case, and its quality from 0 to 1."""


def choose(accept: str, offers: Iterable[str]) -> str | None:
    """Return the offer that an Accept header likes best, None if it likes none of them.

    Of equally liked offers it is one that the header names, then the first. No header likes all.

    >>> choose("text/csv;q=0.5, application/*", ["text/csv", "application/json"])
    'application/json'
    """
    ranges = _ranges(accept) or [("*/*", 1.0)]
    ranked = ((*_quality(offer, ranges), -place, offer) for place, offer in enumerate(offers))
    quality, _, _, offer = max(ranked, default=(0.0, 0, 0, ""))
    return offer if quality > 0 else None


def _ranges(accept: str) -> list[Range]:
    ranges = []
    for part in filter(None, map(str.strip, accept.split(","))):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weights = [piece[2:] for piece in parameters if piece.startswith("q=")]
        ranges.append((media, _weight(weights[0]) if weights else 1.0))
    return ranges


def _weight(text: str) -> float:
    """Read a quality; what is none likes nothing."""
    whole, _, decimals = text.partition(".")
    is_number = text.isascii() and whole in {"0", "1"} and (decimals.isdecimal() or not decimals)
    return min(float(text), 1.0) if is_number else 0.0


def _quality(offer: str, ranges: list[Range]) -> tuple[float, int]:
    """Return how much an offer is liked, by the most specific range that it is in, and how that is.

    That is 2 for the media type itself, 1 for a range of subtypes, else 0.
    """
    wider = [offer, f"{offer.partition('/')[0]}/*", "*/*"]
    for place, media in enumerate(wider):
        qualities = [quality for name, quality in ranges if name == media]
        if qualities:
            return max(qualities), len(wider) - 1 - place
    return 0.0, 0
