"""What moto answers to a call that it does not implement.

moto raises, which becomes a 500, which the AWS SDK takes for a passing fault and retries for minutes. Real AWS answers
an action that it does not know with a 400 at once; so the test fails at once too, naming the call.
"""

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse


class InvalidAction(ServiceException):
    code = "InvalidAction"


def close():
    original = BaseResponse.call_action

    def call_action(self):
        try:
            return original(self)
        except NotImplementedError as problem:
            message = f"moto has no {self.service_name} {self._get_action()}: {problem}"
            print(f"GAP {message}", flush=True)
            status, headers, body = self.serialized(ActionResult(InvalidAction(message)))
            # A missing call must never look like a passing fault, whatever the service's model says of errors.
            return max(400, min(int(status), 499)), headers, body

    BaseResponse.call_action = call_action
