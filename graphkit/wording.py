"""Words of messages."""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "statement"), counted(1200, "statement")
    ('1 statement', '1,200 statements')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
