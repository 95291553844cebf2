"""Application Auto Scaling: ListTagsForResource, TagResource, UntagResource, and what is suspended from the start.

Real AWS keeps tags per scalable target. moto knows the targets but not their tags, and the provider reads the tags of
every target. Real AWS says of every target what is suspended, which is nothing unless somebody has asked for it; moto
says nothing of it until then.
"""

import json


from moto.applicationautoscaling.models import FakeScalableTarget
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.utilities.tagging_service import TaggingService

NOTHING_SUSPENDED = {
    "DynamicScalingInSuspended": False,
    "DynamicScalingOutSuspended": False,
    "ScheduledScalingSuspended": False,
}


def _tags(response):
    backend = response.applicationautoscaling_backend
    return backend.__dict__.setdefault("scalable_target_tags", TaggingService())


def list_tags_for_resource(self):
    return json.dumps({"Tags": _tags(self).get_tag_dict_for_resource(self._get_param("ResourceARN"))})


def tag_resource(self):
    tags = TaggingService.convert_dict_to_tags_input(self._get_param("Tags"))
    _tags(self).tag_resource(self._get_param("ResourceARN"), tags)
    return json.dumps({})


def untag_resource(self):
    _tags(self).untag_resource_using_names(self._get_param("ResourceARN"), self._get_param("TagKeys"))
    return json.dumps({})


def close():
    for call in (list_tags_for_resource, tag_resource, untag_resource):
        setattr(ApplicationAutoScalingResponse, call.__name__, call)

    # RegisterScalableTarget takes the target's first tags too.
    register = ApplicationAutoScalingResponse.register_scalable_target

    def register_scalable_target(self):
        answer = register(self)
        tags = self._get_param("Tags")
        if tags:
            arn = json.loads(answer)["ScalableTargetARN"]
            _tags(self).tag_resource(arn, TaggingService.convert_dict_to_tags_input(tags))
        return answer

    ApplicationAutoScalingResponse.register_scalable_target = register_scalable_target

    construct = FakeScalableTarget.__init__

    def __init__(self, *args, **kwargs):
        construct(self, *args, **kwargs)
        self.suspended_state = {**NOTHING_SUSPENDED, **(self.suspended_state or {})}

    FakeScalableTarget.__init__ = __init__
