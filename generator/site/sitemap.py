"""The sitemap for search engines, made if the site's address is known (sitemaps.org, protocol 0.9)."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence, Set
from html import escape
from itertools import accumulate
from urllib.parse import quote

MOST_ADDRESSES = 50_000
"""Addresses that one file may have by the protocol."""

_NO_PAGES = {"404.html"}


def sitemap_files(site_url: str, files: Iterable[str], former: Set[str]) -> dict[str, bytes]:
    """Return `sitemap.xml`, and a compressed copy, instead of MkDocs' own, which lacks generated pages.

    `former` are folders whose pages redirect; they are not listed. If one file cannot hold all addresses, `sitemap.xml`
    lists the files that do: `sitemap-1.xml` …
    """
    pages = sorted(path for path in files if path.endswith(".html") and path not in _NO_PAGES)
    if former:
        pages = [path for path in pages if former.isdisjoint(accumulate(path.split("/"), "{}/{}".format))]
    paths = [path.removesuffix("index.html") for path in pages]
    parts = [paths[start : start + MOST_ADDRESSES] for start in range(0, len(paths), MOST_ADDRESSES)]
    if len(parts) <= 1:
        texts = {"sitemap.xml": _xml_list("urlset", "url", site_url, paths)}
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        texts = {name: _xml_list("urlset", "url", site_url, part) for name, part in zip(names, parts, strict=True)}
        texts["sitemap.xml"] = _xml_list("sitemapindex", "sitemap", site_url, names)
    return texts | {f"{name}.gz": gzip.compress(text, mtime=0) for name, text in texts.items()}


def _xml_list(tag: str, item: str, site_url: str, paths: Sequence[str]) -> bytes:
    """Return a file that lists the addresses of paths."""
    addresses = (escape(f"{site_url.rstrip('/')}/{quote(path)}", quote=False) for path in paths)
    lines = "".join(f"<{item}><loc>{address}</loc></{item}>\n" for address in addresses)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{tag} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{lines}</{tag}>\n".encode()
