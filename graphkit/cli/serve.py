"""``graphkit serve``: a SPARQL endpoint and a query page over the store."""

import re

import click

from graphkit.cli.options import finite, store_option
from graphkit.place import Place


def _parse_origins(_: click.Context, __: click.Parameter, urls: tuple[str, ...]) -> tuple[str, ...]:
    """Return sites as a browser writes them, for it compares them letter by letter."""
    sites = tuple(url.removesuffix("/").lower() for url in urls)
    for url, site in zip(urls, sites, strict=True):
        if not re.fullmatch(r"\*|https?://[^/?#@\s]+", site):
            raise click.BadParameter(f"'{url}' is no site such as https://example.org.")
    return sites


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True, max=1e6),
    callback=finite,
    metavar="S",
    default=60,
    show_default=True,
    help="Stop a query after so many seconds.",
)
@click.option(
    "--memory",
    type=click.FloatRange(min=0.3, max=1e6),
    callback=finite,
    metavar="GB",
    default=2,
    show_default=True,
    help="Stop a query that takes more memory; up to eight run at once.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="Rows that a query gives at most.  [default: none]",
)
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="URL",
    callback=_parse_origins,
    help="Let pages of this site read answers, such as https://example.org, or * for all. "
    "May be given several times.",
)
@store_option
def serve(
    host: str,
    port: int,
    timeout: float,
    memory: float,
    limit: int | None,
    origins: tuple[str, ...],
    store: Place,
) -> None:
    """Serve the store to SPARQL clients, and a query page to browsers. Nothing can be changed.

    The address is told on standard error. Only this computer can reach it, unless --host gives
    another address. What is added to the store meanwhile is in the answers that come after.

    \b
    Example:
      graphkit serve
      curl -H "Accept: text/csv" --data-urlencode "query=SELECT ?who { ?who gk:opposes ?what }" \\
        http://127.0.0.1:8000/sparql
    """
    from graphkit.errors import StoreError
    from graphkit.place import ServerUrl
    from graphkit.serve import serve as serve_store

    if isinstance(store, ServerUrl):
        raise StoreError(f"{store} answers SPARQL itself. Only a store in a folder can be served.")
    serve_store(
        store,
        host,
        port,
        lambda line: click.echo(f"graphkit: {line}", err=True),
        timeout=timeout,
        memory=memory,
        limit=limit,
        origins=origins,
    )
