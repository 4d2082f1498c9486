"""The sample configuration of nginx: types, compression, caches, policy, hidden files."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml
from built_site import ROOT, BuiltSite

NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else "")
pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed")
LONGEST = 30


@pytest.fixture(scope="module")
def address(site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site behind nginx, with the sample's own lines but for port and folder."""
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    (folder / "html").mkdir()
    (folder / "html" / "so-ke-hoach").symlink_to(site.root)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    sample = (ROOT / "docs" / "nginx.conf").read_text("utf-8")
    sample = sample.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/var/www/html;", f"{folder}/html;")
    user = "user root;\n" if Path.home() == Path("/root") else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off; pid {folder}/pid; error_log {folder}/log;\nevents {{}}\n"
        f"http {{ access_log off;\n{sample}}}\n"
    )
    with subprocess.Popen([NGINX, "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL) as server:
        until = time.monotonic() + LONGEST
        while socket.socket().connect_ex(("127.0.0.1", port)):
            assert time.monotonic() < until, (folder / "log").read_text()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/so-ke-hoach/"
        server.terminate()


def ask(address: str) -> tuple[int, Mapping[str, str], bytes]:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_types_compression_and_policy(address: str, site: BuiltSite) -> None:
    hashed = next(path for path in site.root.glob("assets/sokehoach.*.css"))
    policy = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)["extra"]["content_security_policy"]
    for path, type_ in {
        "": "text/html; charset=utf-8",
        "du-lieu/hoat-dong.csv": "text/csv; charset=utf-8",
        "du-lieu/hoat-dong.json": "application/json; charset=utf-8",
        "du-lieu/don-vi/hoi-lhpn-thai-nguyen.ics": "text/calendar; charset=utf-8",
        f"assets/{hashed.name}": "text/css; charset=utf-8",
    }.items():
        status, headers, body = ask(address + path)
        assert status == 200, path
        assert headers["Content-Type"] == type_, path
        assert headers["Content-Encoding"] == "gzip", path
        assert len(body) < (site.root / (path or "index.html")).stat().st_size
        assert headers["Content-Security-Policy"] == policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert ("immutable" in headers["Cache-Control"]) == path.startswith("assets/")


def test_missing_pages_are_the_site_s_and_hidden_files_are_none(address: str) -> None:
    status, headers, body = ask(f"{address}ke-hoach/khong-co/")
    assert status == 404
    assert headers["Content-Security-Policy"]
    assert re.search(rb"\x1f\x8b", body[:2])
    for path in (".sokehoach", ".sokehoach-last/index.html"):
        assert ask(address + path)[0] == 404
