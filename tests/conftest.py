"""What tests share: the extractor, loaded once, the option for golden files, no hurry."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from graphkit.extract import Extractor

# How quickly examples are made and run says how busy the machine is, and nothing of what is tested.
settings.register_profile("any speed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any speed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew instead of comparing with them",
    )


@pytest.fixture(scope="session")
def extractor() -> "Extractor":
    """Load the default pipeline; it takes about two seconds and a third of a gigabyte."""
    from graphkit.extract import load_extractor

    return load_extractor()
