"""Answers a call that comes again as it was answered the first time.

On a busy machine an SDK believes a call lost that is under way, and makes it once more. AWS would do it twice, too, but does not
lose it; done twice here, a create fails as a duplicate, and a test with it. All attempts of one call carry the same
`amz-sdk-invocation-id`.
"""

import collections
import threading

KEPT = 512
"""Calls whose answers are kept: far more than are ever under way at once."""


class Answer:
    """What was answered to a call, once it is."""

    def __init__(self):
        self.done = threading.Event()
        self.status = ""
        self.headers = []
        self.body = b""


def answered_once(app):
    """The application, doing each call once. One that ended in an error of the server is done again."""
    answers = collections.OrderedDict()
    lock = threading.Lock()

    def handle(environ, start_response):
        call = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        if call is None:
            return app(environ, start_response)
        with lock:
            known = answers.get(call)
            if known is None:
                answer = answers[call] = Answer()
                while len(answers) > KEPT:
                    answers.popitem(last=False)
        if known is not None:
            # What is left of the call's body would be taken for the next call on this connection.
            if environ.get("wsgi.input_terminated"):
                environ["wsgi.input"].read()
            else:
                environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            known.done.wait()
            if known.status[:1] != "5":
                start_response(known.status, known.headers)
                return [known.body]
            return app(environ, start_response)

        def keep(status, headers, exc_info=None):
            answer.status, answer.headers = status, headers
            return start_response(status, headers, exc_info)

        try:
            answer.body = b"".join(app(environ, keep))
        except BaseException:
            answer.status = "500"
            raise
        finally:
            answer.done.set()
        return [answer.body]

    return handle
