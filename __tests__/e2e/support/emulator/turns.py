"""One call after the other: moto's state is not made for several threads. A call that waits lets others have their turn."""

import contextlib
import threading

_turn = threading.Lock()


def one_at_a_time(app):
    """The same app, which answers one call after the other."""

    def answer(environ, start_response):
        with _turn:
            return app(environ, start_response)

    return answer


@contextlib.contextmanager
def aside():
    """For a call that waits: others are answered meanwhile, and it goes on when the turn is its own again."""
    _turn.release()
    try:
        yield
    finally:
        _turn.acquire()
