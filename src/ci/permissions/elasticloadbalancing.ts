// Elastic Load Balancing: the load balancer with its listeners and rules, and a target group for each service behind it.
import { wantedNames } from "../../model/names/wanted";
import { actions, type PermissionsOf } from "../grant";

export const elasticloadbalancing: PermissionsOf = ({ environment, account, arn }) => {
  if (!environment.loadBalancer) {
    return undefined;
  }
  const { loadBalancer } = environment.names;
  const targetGroups = wantedNames(environment, account)["target group"].map(
    (name) => `targetgroup/${name}/*`,
  );
  const own = [
    `loadbalancer/app/${loadBalancer}/*`,
    `listener/app/${loadBalancer}/*`,
    `listener-rule/app/${loadBalancer}/*`,
    ...targetGroups,
  ].map((resource) => arn("elasticloadbalancing", resource));
  return {
    grants: [
      {
        sid: "ReadLoadBalancer",
        access: "read",
        actions: actions("elasticloadbalancing", [
          "DescribeCapacityReservation",
          "DescribeListenerAttributes",
          "DescribeListeners",
          "DescribeLoadBalancerAttributes",
          "DescribeLoadBalancers",
          "DescribeRules",
          "DescribeTags",
          "DescribeTargetGroupAttributes",
          "DescribeTargetGroups",
          "DescribeTargetHealth",
        ]),
        resources: ["*"],
      },
      {
        sid: "OwnLoadBalancer",
        access: "write",
        actions: actions("elasticloadbalancing", [
          "AddTags",
          "CreateListener",
          "CreateLoadBalancer",
          "CreateRule",
          "CreateTargetGroup",
          "DeleteListener",
          "DeleteLoadBalancer",
          "DeleteRule",
          "DeleteTargetGroup",
          "ModifyListener",
          "ModifyListenerAttributes",
          "ModifyLoadBalancerAttributes",
          "ModifyRule",
          "ModifyTargetGroup",
          "ModifyTargetGroupAttributes",
          "RemoveTags",
          "SetRulePriorities",
          "SetSecurityGroups",
          "SetSubnets",
        ]),
        resources: own,
      },
    ],
    own: [`*/app/${loadBalancer}/*`, ...targetGroups, `targetgroup/${environment.name}*`].map((resource) =>
      arn("elasticloadbalancing", resource),
    ),
  };
};
