from __future__ import annotations

import http.client
import socket
import subprocess
import sys


def test_blogs_are_served_until_interrupted() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tracker.demo", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            host = url.removeprefix("http://").rstrip("/")
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/", headers={"Host": host})
            status = connection.getresponse().status
            connection.close()
        finally:
            process.terminate()
    assert host.endswith(f".localhost:{port}")
    assert status == 200
