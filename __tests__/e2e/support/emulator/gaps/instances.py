"""EC2 instances: the groups of the network interface that RunInstances asks for are the instance's. moto forgets them there."""

from moto.ec2.models.instances import Instance

_prep_nics = Instance.prep_nics


def prep_nics(self, *args, **kwargs):
    _prep_nics(self, *args, **kwargs)
    if not self.security_groups and 0 in self.nics:
        self.security_groups = list(self.nics[0].group_set)


def close():
    Instance.prep_nics = prep_nics
