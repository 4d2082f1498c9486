"""Talks to the YAML language server over stdio as an editor does (Language Server Protocol 3.17, JSON-RPC)."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from pathlib import Path
from typing import Any

EDITOR = Path(__file__).parent / "editor"
SERVER = EDITOR / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
PATIENCE = 30.0
"""Seconds until an answer counts as missing."""

Json = dict[str, Any]


class LanguageServer:
    """One running server, with `settings` as VS Code would send them (the `yaml` part of settings.json)."""

    def __init__(self, node: str, root: Path, settings: Json) -> None:
        self.settings = settings
        self.root = root
        self.diagnostics: dict[str, list[Json]] = {}
        self.answers: queue.Queue[Json] = queue.Queue()
        self.published: queue.Queue[str] = queue.Queue()
        self.last_id = 0
        self.version = 0
        self.process = subprocess.Popen(
            [node, SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        threading.Thread(target=self._listen, daemon=True).start()
        workspace = {"configuration": True, "workspaceFolders": True}
        snippets = {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}}
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri(),
                "workspaceFolders": [{"uri": root.as_uri(), "name": root.name}],
                "capabilities": {"workspace": workspace, "textDocument": {"completion": snippets}},
            },
        )
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": {"yaml": settings}})

    def opens(self, path: Path, text: str) -> list[Json]:
        """The file opened with this text, saved or not; what the server finds in it."""
        uri = path.as_uri()
        # The server remembers what it has parsed by address and version.
        self.version += 1
        document = {"uri": uri, "languageId": "yaml", "version": self.version, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        self._awaits(uri)
        return self.diagnostics[uri]

    def closes(self, path: Path) -> None:
        """The file closed again."""
        self.tell("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})
        self._awaits(path.as_uri())

    def completes(self, path: Path, line: int, character: int) -> dict[str, Json]:
        """What is offered at a place (both counted from 0), by label."""
        answer = self.ask("textDocument/completion", _place(path, line, character))
        return {item["label"]: item for item in answer["items"]}

    def explains(self, path: Path, line: int, character: int) -> str:
        """What is shown when the pointer rests at a place (both counted from 0), as Markdown."""
        answer = self.ask("textDocument/hover", _place(path, line, character))
        contents = answer["contents"] if answer else ""
        return contents if isinstance(contents, str) else str(contents["value"])

    def ask(self, method: str, params: Json) -> Any:
        """A request's answer."""
        self.last_id += 1
        self._send({"id": self.last_id, "method": method, "params": params})
        while (answer := self.answers.get(timeout=PATIENCE))["id"] != self.last_id:
            pass
        assert "error" not in answer, answer
        return answer["result"]

    def tell(self, method: str, params: Json) -> None:
        """A notification, which has no answer."""
        self._send({"method": method, "params": params})

    def ends(self) -> None:
        """The server ended, by the protocol."""
        self.ask("shutdown", {})
        self.tell("exit", {})
        self.process.wait(timeout=PATIENCE)

    def _awaits(self, uri: str) -> None:
        while self.published.get(timeout=PATIENCE) != uri:
            pass

    def _send(self, message: Json) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream
        while head := stream.readline():
            length = int(head.split(b":")[1])
            while stream.readline().strip():
                pass
            self._receive(json.loads(stream.read(length)))

    def _receive(self, message: Json) -> None:
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            params = message["params"]
            self.diagnostics[params["uri"]] = params["diagnostics"]
            self.published.put(params["uri"])
        elif method == "workspace/configuration":
            known = {"yaml": self.settings}
            items = [known.get(item["section"], {}) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": items})
        elif method and "id" in message:
            self._send({"id": message["id"], "result": None})
        elif "id" in message:
            self.answers.put(message)


def _place(path: Path, line: int, character: int) -> Json:
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": character}}
