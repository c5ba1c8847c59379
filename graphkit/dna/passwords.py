"""The digests of passwords that DNA checks when somebody opens a database."""

import base64
import functools
import hashlib

PASSWORD = "graphkit"  # noqa: S105  # no secret: whoever opens the file needs it, and may change it
"""The password of all coders in the databases that we write."""

_ROUNDS = 100_000
_SALT = 16  # bytes


@functools.cache  # 60 ms each
def digest_of(password: str, salt_from: str) -> str:
    """Return the digest of a password as DNA stores it: SHA-256, salted, in 100,000 rounds.

    The salt follows from a name, so that the same database has the same bytes.
    """
    salt = hashlib.sha256(salt_from.encode()).digest()[:_SALT]
    digest = salt + password.encode()
    for _ in range(_ROUNDS):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()
