"""A page in a real browser: Chromium over its debugging pipe, with nothing but Python's own library."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77  # what ctest takes for "skipped"


def browser():
    """The browser's path; ends the test as skipped where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    print("skipped: no Chromium here (Debian's package is called chromium)")
    sys.exit(SKIPPED)


class Page:
    """One tab, opened on a file. Downloads go to `downloads`."""

    def __init__(self, path, downloads):
        self.folder = tempfile.mkdtemp()
        to_read, self.to_write = os.pipe()
        self.to_hear, to_say = os.pipe()
        # The browser reads file descriptor 3 and writes 4.
        self.process = subprocess.Popen(
            ["/bin/sh", "-c",
             f'exec "$0" "$@" 3<&{to_read} 4>&{to_say}', browser(), "--headless", "--no-sandbox",
             "--disable-gpu", "--remote-debugging-pipe", "--lang=en-GB",
             f"--user-data-dir={self.folder}", "about:blank"],
            pass_fds=(to_read, to_say), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_say)
        self.number = 0
        self.pending = b""
        self.complaints = []
        self.heard = []  # events that nobody asked for yet
        self.session = None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=downloads,
                 eventsEnabled=True, browser=True)
        self.ask("Page.enable")
        self.ask("Log.enable")
        self.ask("Page.navigate", url="file://" + os.path.abspath(path))
        self.hear("Page.loadEventFired")

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.to_write)
        os.close(self.to_hear)
        shutil.rmtree(self.folder, ignore_errors=True)  # the last of its processes may still write

    def message(self):
        while b"\0" not in self.pending:
            more = os.read(self.to_hear, 1 << 16)
            if not more:
                raise RuntimeError("the browser ended")
            self.pending += more
        one, self.pending = self.pending.split(b"\0", 1)
        said = json.loads(one)
        if said.get("method") == "Log.entryAdded":
            self.complaints.append(said["params"]["entry"]["text"])
        return said

    def ask(self, method, browser=False, **parameters):
        self.number += 1
        asked = {"id": self.number, "method": method, "params": parameters}
        if self.session and not browser:
            asked["sessionId"] = self.session
        os.write(self.to_write, json.dumps(asked).encode() + b"\0")
        while True:
            said = self.message()
            if "method" in said:
                self.heard.append(said)
            elif said.get("id") == self.number:
                if "error" in said:
                    raise RuntimeError(f"{method}: {said['error']['message']}")
                return said["result"]

    def hear(self, method):
        """The next event of that name; one that came while an answer was awaited counts."""
        while True:
            for at, said in enumerate(self.heard):
                if said["method"] == method:
                    return self.heard.pop(at)["params"]
            self.heard.append(self.message())

    def value(self, expression):
        """What an expression of the page's own language gives."""
        result = self.ask("Runtime.evaluate", expression=expression, returnByValue=True,
                          awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"]["description"])
        return result["result"].get("value")

    def press(self, key, code=0, text=""):
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code,
                     text=text if kind == "keyDown" else "")

    def choose_files(self, selector, *paths):
        root = self.ask("DOM.getDocument")["root"]["nodeId"]
        node = self.ask("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.ask("DOM.setFileInputFiles", files=[os.path.abspath(p) for p in paths], nodeId=node)

    def hear_download(self):
        while True:
            state = self.hear("Browser.downloadProgress")
            if state["state"] != "inProgress":
                return state["state"]
