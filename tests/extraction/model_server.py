"""A local server that speaks the chat-completions protocol: it answers what a test says and remembers what it was asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class ModelServer:
    """What to answer, in order (the last answer repeats), and the requests that came."""

    address: str = ""
    answers: list[tuple[int, dict[str, Any] | str]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    finish_reason: str = "stop"

    def say(self, content: dict[str, Any] | str, status: int = 200) -> None:
        self.answers.append((status, content))

    def _next(self) -> tuple[int, dict[str, Any] | str]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def respond(self, request: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.requests.append(request)
        status, content = self._next()
        if status != 200:
            return status, {"error": {"message": str(content), "type": "server_error"}}
        text = content if isinstance(content, str) else json.dumps(content)
        choice = {"index": 0, "finish_reason": self.finish_reason, "message": {"role": "assistant", "content": text}}
        usage = {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200}
        return 200, {
            "id": "1", "object": "chat.completion", "created": 0, "model": request["model"], "choices": [choice], "usage": usage,
        }  # fmt: skip


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """Serve on a free port of this machine while the block lasts."""
    told = ModelServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            status, body = told.respond(json.loads(self.rfile.read(length)))
            encoded = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(encoded)))
            self.end_headers()
            self.wfile.write(encoded)

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    told.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
