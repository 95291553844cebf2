"""Holds every call to AWS's own model of it, as it ships with botocore: members, lengths, patterns, enumerations, ranges.

The emulator takes much that AWS refuses. What a call's model refuses is printed, a line starting with INVALID, and what
could not be held to a model a line starting with UNCHECKED; the call itself goes on to the emulator as it came.
"""

import functools
import io
import re
import sys
import unicodedata

from botocore.exceptions import UnknownServiceError
from botocore.validate import ParamValidator
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.utils import get_service_model
from werkzeug.wrappers import Request

SERVICES = {
    "access-analyzer": "accessanalyzer",
    "elasticfilesystem": "efs",
    "monitoring": "cloudwatch",
    "servicequotas": "service-quotas",
    "states": "stepfunctions",
    "tagging": "resourcegroupstaggingapi",
}
"""botocore's name of a service, where it is not the one that requests are signed for."""

LONGEST_SHOWN = 120
"""Characters of a refused value that a line has."""


def checked(app):
    """The same app, which says of each call what AWS would find wrong with it."""

    def answer(environ, start_response):
        body = Request(environ).get_data(cache=False)
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        request = Request({**environ, "wsgi.input": io.BytesIO(body)})
        for line in dict.fromkeys(findings(request, body)):
            # One piece, or the lines of two calls run into each other.
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
        return app(environ, start_response)

    return answer


def findings(request, body):
    """What is to be said of a call: a line each."""
    signed = re.search(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/aws4_request", request.headers.get("Authorization", ""))
    if signed is None:
        return []
    service = service_of(signed.group(1), request)
    try:
        candidates = operations_of(get_service_model(service), request)
    except UnknownServiceError:
        candidates = []
    if not candidates:
        return [f"UNCHECKED {service} {request.method} {request.path}: there is no model for it"]
    # S3 tells some operations of one method and path apart by their headers: it is the one whose model it fits.
    return min((problems_of(*candidate, request, body) for candidate in candidates), key=len)


def service_of(signed, request):
    if signed == "elasticloadbalancing":
        return "elb" if request.values.get("Version") == "2012-06-01" else "elbv2"
    if signed == "s3" and "x-amz-account-id" in request.headers:
        return "s3control"
    return SERVICES.get(signed, signed)


def operations_of(model, request):
    """The operations that a call may be: [operation, protocol, what its path names]."""
    target = request.headers.get("X-Amz-Target")
    if target is not None:
        return [(model.operation_model(target.split(".")[-1]), "json", {})]
    action = request.values.get("Action")
    if action is not None:
        return [(model.operation_model(action), "ec2" if model.protocol == "ec2" else "query", {})]
    found = []
    for pattern, literals, method, name in routes(model.service_name):
        match = pattern.fullmatch(request.path) if method == request.method else None
        if match and all(request.args.get(key) == value for key, value in literals.items()):
            found.append(((len(literals), len(pattern.pattern)), name, match))
    best = max((rank for rank, _, _ in found), default=None)
    return [
        (model.operation_model(name), model.protocol, labels(model, name, match))
        for rank, name, match in found
        if rank == best
    ]


@functools.cache
def routes(service):
    """Every operation's path, as a pattern, with what its query must say and its method."""
    model = get_service_model(service)
    result = []
    for name in model.operation_names:
        http = model.operation_model(name).http
        path, _, query = http["requestUri"].partition("?")
        pattern = "".join(
            # An ARN may hold slashes, which come encoded in the path.
            re.escape(part) if index % 2 == 0 else ("(.+)" if part.endswith(("+", "Arn")) else "([^/]+)")
            for index, part in enumerate(re.split(r"\{([^}]+)\}", path.rstrip("/")))
        )
        literals = dict(part.partition("=")[::2] for part in query.split("&") if part and "{" not in part)
        result.append((re.compile(pattern + "/?"), literals, http["method"], name))
    return result


def labels(model, name, match):
    path = model.operation_model(name).http["requestUri"].partition("?")[0]
    names = [label.rstrip("+") for label in re.findall(r"\{([^}]+)\}", path)]
    return dict(zip(names, match.groups()))


def problems_of(operation, protocol, labels, request, body):
    shape = operation.input_shape
    if shape is None:
        return []
    said = f"{operation.service_model.service_name} {operation.name}"
    payload = shape.serialization.get("payload")
    if payload is not None and shape.members[payload].type_name == "blob":
        # An object's content is whatever it is.
        body = b""
    try:
        parsed = PROTOCOL_PARSERS[protocol](operation, timestamp_parser=lambda value: value).parse(
            {
                "method": request.method,
                "values": request.values if protocol in ("query", "ec2") else request.args,
                "headers": request.headers,
                "body": body,
                "url_path": request.path,
                "url_params": labels,
            }
        )
    except Exception as problem:  # Whatever the parser stumbles over, AWS's does, too.
        return [f"INVALID {said}: cannot be read: {problem!r}"]
    validator = Validator()
    report = validator.validate(parsed, shape)
    return [f"INVALID {said}: {line}" for line in report.generate_report().splitlines() + validator.found] + [
        f"UNCHECKED {said}: {line}" for line in validator.unchecked
    ]


class Validator(ParamValidator):
    """botocore's own, and what it leaves to the service: longest and largest, patterns, enumerations."""

    # Otherwise the items of many lists are held to nothing but their type.
    VALIDATED_METADATA_ATTRS = ParamValidator.VALIDATED_METADATA_ATTRS | {"max", "pattern", "enum"}

    def __init__(self):
        self.found = []
        self.unchecked = []

    def _validate(self, params, shape, errors, name):
        super()._validate(params, shape, errors, name)
        limits = shape.metadata
        size = len(params) if isinstance(params, (str, list, dict, bytes)) else params
        if "max" in limits and isinstance(size, (int, float)) and size > limits["max"]:
            self.refuse(name, params, limits, f"is longer or more than {limits['max']}")
        if not isinstance(params, str):
            return
        if "enum" in limits and params not in limits["enum"]:
            self.refuse(name, params, limits, f"is none of {', '.join(limits['enum'][:20])}")
        if "pattern" in limits:
            pattern = compiled(limits["pattern"])
            if pattern is None:
                self.unchecked.append(f"{name}: the pattern {limits['pattern']}")
            elif not pattern.fullmatch(params):
                self.refuse(name, params, limits, f"does not match {limits['pattern']}")

    def refuse(self, name, value, limits, why):
        shown = "what is secret" if limits.get("sensitive") else repr(value)[:LONGEST_SHOWN]
        self.found.append(f"{name.lstrip('.')}: {shown} {why}")


ABOVE_16_BITS = (r"\uD800\uDC00-\uDBFF\uDFFF", r"\U00010000-\U0010ffff")
"""The characters that Java writes as pairs, and Python as they are."""


@functools.cache
def compiled(pattern):
    """The pattern as Python's; None where it has what Python does not."""
    java = pattern.replace(*ABOVE_16_BITS).replace("\\z", "\\Z")

    def characters(match):
        before = re.sub(r"\\.", "", java[: match.start()])
        inside_a_class = before.rfind("[") > before.rfind("]")
        return category(match.group(1)) if inside_a_class else f"[{category(match.group(1))}]"

    python = re.sub(r"\\p\{(\w+)\}", characters, java)
    try:
        return None if "\\p" in python else re.compile(python, re.DOTALL)
    except re.error:
        return None


POSIX = {"ASCII": r"\x00-\x7f", "Alnum": "0-9A-Za-z", "Alpha": "A-Za-z", "Graph": r"\x21-\x7e", "Print": r"\x20-\x7e"}
"""The characters of Java's POSIX classes, for the inside of a class."""


@functools.cache
def category(name):
    """The characters of a Unicode category, such as L or Zs, for the inside of a class; the pattern's words for others."""
    if name in POSIX:
        return POSIX[name]
    ranges = []
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)).startswith(name):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges) or f"\\p{{{name}}}"
