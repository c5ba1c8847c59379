"""Stable ids: the beginning of a hash."""


def digest(text: str, length: int) -> str:
    """Return the first so many digits, in hexadecimal, of a text's SHA-256.

    >>> digest("Germany", 8)
    '80db4ccd'
    """
    import hashlib  # 3 ms, which look-ups spare that mint nothing

    return hashlib.sha256(text.encode()).hexdigest()[:length]
