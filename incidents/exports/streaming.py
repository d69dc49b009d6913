"""A stream of bytes that a web server, synchronous or not, can send piece by piece and give up at any time."""

import zlib
from asyncio import CancelledError
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest

from incidents.exports.progress import Stopped

ENOUGH = 64 * 1024  # bytes worth a turn of the server's loop


class Stream:
    """Bytes with what must be closed after them, also where nobody ever asked for the first."""

    def __init__(self, pieces: Iterator[bytes], close: Callable[[], None]) -> None:
        self._pieces = pieces
        self._close = close
        self._closed = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except BaseException:  # the end, or a fault: either way nothing more will come
            self.close()
            raise

    def take(self) -> bytes | None:
        """Return the next piece, None at the end."""
        return next(self, None)

    def close(self) -> None:
        """End it; may be called again."""
        if self._closed:
            return
        self._closed = True
        if isinstance(self._pieces, Generator):
            self._pieces.close()
        self._close()

    def __del__(self) -> None:
        self.close()


class AsyncStream:
    """A stream for an asynchronous server: each piece is made in the request's own thread, the loop stays free."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        try:
            piece = await sync_to_async(self._stream.take)()
        except Stopped:
            # Neither an end, which would make a whole file of a part, nor a fault: the connection is broken off.
            raise CancelledError from None
        if piece is None:
            raise StopAsyncIteration
        return piece

    def close(self) -> None:
        self._stream.close()


def for_server(request: HttpRequest, stream: Stream) -> Stream | AsyncStream:
    """Return the stream as the server behind this request wants it."""
    return AsyncStream(stream) if isinstance(request, ASGIRequest) else stream


def gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces in larger ones."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= ENOUGH:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def gzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces as one gzip stream, packed lightly: the network waits for us, not we for it."""
    packer = zlib.compressobj(1, wbits=31)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()
