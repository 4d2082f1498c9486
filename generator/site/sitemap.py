"""The list of all pages for search engines, where it is known where the site stands (sitemaps.org, protocol 0.9)."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
_NO_PAGES = {"404.html"}


def sitemap_files(site_url: str, files: Iterable[str]) -> dict[str, bytes]:
    """Return `sitemap.xml`, and compressed beside it, in place of MkDocs' own, which knows no generated pages."""
    pages = sorted(path for path in files if path.endswith(".html") and path not in _NO_PAGES)
    addresses = (f"{site_url.rstrip('/')}/{quote(path.removesuffix('index.html'))}" for path in pages)
    lines = "".join(f"<url><loc>{escape(address, quote=False)}</loc></url>\n" for address in addresses)
    text = f"{_HEAD}{lines}</urlset>\n".encode()
    return {"sitemap.xml": text, "sitemap.xml.gz": gzip.compress(text, mtime=0)}
