"""A headless Chromium driven through ChromeDriver's HTTP interface: the standard library is enough."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,900",
]


class Browser:
    """One browser; close it when done."""

    def __init__(self, profile: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [str(DRIVER), f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.base = f"http://127.0.0.1:{port}"
        self._wait_until_ready()
        options = {
            "binary": CHROMIUM,
            "args": [*FLAGS, f"--user-data-dir={profile}"],
            "perfLoggingPrefs": {"enableNetwork": True, "enablePage": False},
        }
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        session = self._call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.base += f"/session/{session['sessionId']}"

    def _wait_until_ready(self) -> None:
        for _ in range(100):
            try:
                self._call("GET", "/status")
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        raise TimeoutError("chromedriver does not answer")

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.base + path, data=data, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())["value"]

    def open(self, path: Path, fragment: str = "") -> None:
        """Open a file afresh."""
        self._call("POST", "/url", {"url": "about:blank"})
        self.logs("browser")
        self.logs("performance")
        self._call("POST", "/url", {"url": path.resolve().as_uri() + fragment})

    def run(self, script: str, *arguments: Any) -> Any:
        """Run JavaScript in the page; `return` gives a value."""
        return self._call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def click(self, selector: str) -> None:
        """Click as a user does: scrolled into view, not covered."""
        self._call("POST", f"/element/{self._find(selector)}/click", {})

    def type(self, selector: str, text: str) -> None:
        """Type into an element."""
        self._call("POST", f"/element/{self._find(selector)}/value", {"text": text})

    def _find(self, selector: str) -> str:
        found: dict[str, str] = self._call("POST", "/element", {"using": "css selector", "value": selector})
        return found[ELEMENT]

    def texts(self, selector: str) -> list[str]:
        """Give the visible text of all elements."""
        found: list[str] = self.run(
            "return [...document.querySelectorAll(arguments[0])].map(n => n.innerText)", selector
        )
        return found

    def logs(self, kind: str) -> list[dict[str, Any]]:
        """Give what was logged since the last call: `browser` (console) or `performance` (network)."""
        found: list[dict[str, Any]] = self._call("POST", "/se/log", {"type": kind})
        return found

    def requests(self) -> list[str]:
        """Give the addresses asked for since the page was opened, but for the page itself and data: addresses."""
        messages = [json.loads(entry["message"])["message"] for entry in self.logs("performance")]
        asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
        return [url for url in asked if not url.startswith(("file:", "data:", "about:"))]

    def emulate(self, command: str, **parameters: Any) -> None:
        """Send a DevTools command."""
        self._call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def screenshot(self, path: Path) -> None:
        """Save what is in view as PNG."""
        path.write_bytes(base64.b64decode(self._call("GET", "/screenshot")))

    def close(self) -> None:
        """End the browser and its driver."""
        try:
            self._call("DELETE", "")
        finally:
            self.process.terminate()
            self.process.wait(timeout=10)
