"""IAM Access Analyzer: the whole service, as far as an analyzer goes.

Real AWS keeps analyzers by name, with their type and tags, and a region has one ACCOUNT analyzer of external access at
most (its default quota). moto does not know the service at all.
"""

import json
import re
import sys
from urllib.parse import unquote

from moto.backend_index import backend_url_patterns
from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse
from moto.core.utils import utcnow
from moto.utilities.tagging_service import TaggingService

# What moto calls the service's module; botocore calls the service so, too.
NAME = "accessanalyzer"


class NotFound(ServiceException):
    code = "ResourceNotFoundException"


class QuotaExceeded(ServiceException):
    code = "ServiceQuotaExceededException"


class Backend(BaseBackend):
    # moto would look for the paths in a file beside this one.
    _url_module = property(lambda self: sys.modules[__name__])

    def __init__(self, region_name, account_id):
        super().__init__(region_name, account_id)
        self.analyzers = {}
        self.tags = TaggingService()

    def create(self, name, kind, tags):
        if any(analyzer["type"] == kind for analyzer in self.analyzers.values()):
            raise QuotaExceeded(f"There is an analyzer of type {kind} already.")
        arn = f"arn:aws:access-analyzer:{self.region_name}:{self.account_id}:analyzer/{name}"
        self.analyzers[name] = {"arn": arn, "name": name, "type": kind, "status": "ACTIVE", "createdAt": utcnow()}
        self.tags.tag_resource(arn, TaggingService.convert_dict_to_tags_input(tags))
        return arn

    def described(self, name):
        if name not in self.analyzers:
            raise NotFound(f"There is no analyzer {name}.")
        analyzer = self.analyzers[name]
        return {**analyzer, "tags": self.tags.get_tag_dict_for_resource(analyzer["arn"])}


accessanalyzer_backends = BackendDict(Backend, NAME)


class Response(BaseResponse):
    def __init__(self):
        super().__init__(service_name=NAME)

    @property
    def backend(self):
        return accessanalyzer_backends[self.current_account][self.region]

    @property
    def name(self):
        return unquote(self.path.split("/")[2])

    def create_analyzer(self):
        given = json.loads(self.body)
        arn = self.backend.create(given["analyzerName"], given["type"], given.get("tags") or {})
        return ActionResult({"arn": arn})

    def get_analyzer(self):
        return ActionResult({"analyzer": self.backend.described(self.name)})

    def list_analyzers(self):
        return ActionResult({"analyzers": [self.backend.described(name) for name in self.backend.analyzers]})

    def delete_analyzer(self):
        self.backend.described(self.name)
        del self.backend.analyzers[self.name]
        return ActionResult({})


url_bases = [r"https?://access-analyzer\.(.+)\.amazonaws\.com"]
url_paths = {
    "{0}/analyzer$": Response.dispatch,
    "{0}/analyzer/(?P<name>[^/]+)$": Response.dispatch,
}


def close():
    sys.modules[f"moto.{NAME}"] = sys.modules[__name__]
    backend_url_patterns.append((NAME, re.compile(url_bases[0])))
