# SPDX-License-Identifier: EUPL-1.2
"""A calendar as many phones fetch it: unchanged, against nginx that serves the same bytes from a file; and just changed."""

import contextlib
import gzip
import pathlib
import re
import subprocess
import tempfile
import time

from kogge_daemon import Daemon, free_port
from measure import Machine, installed, median, output_of, percentile

HAMBURG = "visit-hh-2027"
CONNECTIONS = 32

NGINX = """\
daemon off; master_process on; worker_processes auto; pid {folder}/nginx.pid; error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
    access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 1000000;
    open_file_cache max=100; default_type "text/calendar; charset=utf-8";
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    server {{ listen 127.0.0.1:{port} reuseport; root {folder}/www; gzip_static on; }}
}}
"""


@contextlib.contextmanager
def nginx_with(files: dict[str, bytes]):
    """Debian's nginx on a free port, serving `files` and nothing else; its address."""
    program = installed("nginx", "nginx")
    with tempfile.TemporaryDirectory(prefix="kogge-nginx-") as name:
        folder, port = pathlib.Path(name), free_port()
        folder.chmod(0o755)  # its workers are somebody else when it is started by root
        (folder / "www").mkdir()
        for file, content in files.items():
            (folder / "www" / file).write_bytes(content)
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
        process = subprocess.Popen([program, "-c", folder / "nginx.conf", "-p", folder], stderr=subprocess.PIPE)
        try:
            url = f"http://127.0.0.1:{port}"
            output_of("curl", "-sf", "-o", "/dev/null", "--retry", "50", "--retry-delay", "0", "--retry-connrefused", "--retry-max-time", "10",
                      f"{url}/{next(iter(files))}")
            yield url
        finally:
            process.terminate()
            process.wait()


def requests_per_second(url: str, headers: dict[str, str], seconds: int) -> float:
    command = [installed("wrk", "wrk"), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    report = output_of(*command, url)
    if wrong := re.search(r"Non-2xx.*|Socket errors.*", report):
        raise RuntimeError(f"{url}: {wrong.group(0)}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", report).group(1))


def visit_feed(client) -> str:
    return client.post(f"/api/v1/visits/{HAMBURG}/feeds", {"scope": "visit", "lang": "nl"}).expect(201).json()["url"]


def cached(machine: Machine):
    with Daemon(machine.build, demo=True) as daemon:
        url = visit_feed(daemon.client())
        plain = daemon.anonymous().get(url).expect(200)
        packed = daemon.anonymous().get(url, {"Accept-Encoding": "gzip"}).expect(200)
        if packed.header("Content-Encoding") != "gzip" or gzip.decompress(packed.body) != plain.body:
            raise RuntimeError("the compressed feed is not the feed")
        with nginx_with({"feed.ics": plain.body, "feed.ics.gz": packed.body}) as peer:
            other = daemon.anonymous()
            other.url = peer
            tags = {"kogge": plain.header("ETag"), "nginx": other.get(peer + "/feed.ics").expect(200).header("ETag")}
            kinds = {
                f"plain, {len(plain.body)} bytes": lambda who: {},
                f"gzip, {len(packed.body)} bytes": lambda who: {"Accept-Encoding": "gzip"},
                "304": lambda who: {"If-None-Match": tags[who]},
            }
            for kind, headers in kinds.items():
                yield compare(kind, {"kogge": url, "nginx": peer + "/feed.ics"}, headers, machine)


def compare(kind: str, urls: dict[str, str], headers, machine: Machine) -> str:
    figures = {who: [] for who in urls}
    for _ in range(machine.size.rounds):
        for who, url in urls.items():
            figures[who].append(requests_per_second(url, headers(who), machine.size.seconds))
    kogge, nginx = median(figures["kogge"]), median(figures["nginx"])
    return f"feed, cached, {kind}: {kogge:,.0f}/s against nginx {nginx:,.0f}/s, ratio {kogge / nginx:.2f} (bar: at least 0.5)"


def invalidated(machine: Machine):
    """An edit touches the feed; the next one to fetch it pays for the new bytes."""
    with Daemon(machine.build, demo=True) as daemon:
        client, subscriber = daemon.client(), daemon.anonymous()
        url = visit_feed(client)
        edits, fresh, warm = [], [], []
        document = client.document("programme_item", "it-20")
        for number in range(machine.size.edits):
            note = {"text": f"edit {number}", "language": "nl"}
            edits.append(timed(lambda: client.patch("/api/v1/entities/programme_item/it-20", {"note": note}, document["rev"]).expect(200)))
            document["rev"] += 1
            fresh.append(timed(lambda: subscriber.get(url).expect(200)))
            warm.append(timed(lambda: subscriber.get(url).expect(200)))
        yield (f"feed, just invalidated: fetched in p50 {1e3 * median(fresh):.2f} ms, p99 {1e3 * percentile(fresh, 0.99):.2f} ms after an edit of "
               f"p50 {1e3 * median(edits):.2f} ms; ratio to the cached fetch ({1e3 * median(warm):.2f} ms) {median(fresh) / median(warm):.1f}")


def timed(deed) -> float:
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start
