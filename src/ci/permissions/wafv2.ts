// AWS WAF: the web ACL on the load balancer, its addresses and its log.
import { actions, type PermissionsOf } from "../grant";

export const wafv2: PermissionsOf = ({ environment, arn }) => {
  const { loadBalancer, names } = environment;
  if (!loadBalancer?.waf) {
    return undefined;
  }
  const acls = [
    arn("wafv2", `regional/webacl/${names.webAcl}/*`),
    arn("wafv2", `regional/ipset/${names.blockedAddresses}/*`),
  ];
  const balancer = arn("elasticloadbalancing", `loadbalancer/app/${names.loadBalancer}/*`);
  const associate = actions("wafv2", ["AssociateWebACL", "DisassociateWebACL"]);
  return {
    grants: [
      {
        sid: "ReadFirewall",
        access: "read",
        actions: actions("wafv2", [
          "GetIPSet",
          "GetLoggingConfiguration",
          "GetWebACL",
          "GetWebACLForResource",
          "ListTagsForResource",
        ]),
        resources: [...acls, balancer],
      },
      {
        sid: "OwnFirewall",
        access: "write",
        actions: actions("wafv2", [
          "AssociateWebACL",
          "CreateIPSet",
          "CreateWebACL",
          "DeleteIPSet",
          "DeleteLoggingConfiguration",
          "DeleteWebACL",
          "PutLoggingConfiguration",
          "TagResource",
          "UntagResource",
          "UpdateIPSet",
          "UpdateWebACL",
        ]),
        // A web ACL names the rule groups of AWS that are in it, which nobody here can change.
        resources: [...acls, arn("wafv2", "regional/managedruleset/*")],
      },
      { sid: "PutFirewall", access: "write", actions: associate, resources: [balancer] },
      {
        // IAM knows no resource for it, but the two above.
        sid: "SetFirewall",
        access: "write",
        actions: ["elasticloadbalancing:SetWebAcl"],
        resources: ["*"],
      },
    ],
    own: [arn("wafv2", `regional/*/${names.webAcl}*`), arn("wafv2", "regional/managedruleset/*"), balancer],
  };
};
