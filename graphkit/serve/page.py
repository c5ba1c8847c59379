"""The query page: one file, which the browser may take its script and style from, and no other."""

import base64
import hashlib
import re
from pathlib import Path

_PAGE = Path(__file__).with_name("page.html")
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


def read_page() -> tuple[bytes, str]:
    """Return the page as it is sent, and its Content-Security-Policy."""
    page = _PAGE.read_bytes()
    return page, _policy(page.decode())


def _policy(page: str) -> str:
    """Return the Content-Security-Policy that lets just this page's own script and style be."""
    hashes = {
        kind: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for kind, text in _INLINE.findall(page)
    }
    parts = [
        "default-src 'none'",
        *(f"{kind}-src 'sha256-{digest}'" for kind, digest in hashes.items()),
        "connect-src 'self'",
        "img-src data:",
        *(f"{name} 'none'" for name in ("base-uri", "form-action", "frame-ancestors")),
    ]
    return "; ".join(parts)
