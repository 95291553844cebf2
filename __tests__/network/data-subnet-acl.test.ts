// The network ACL as Terraform holds it: rules of their own above the numbers of emergencies, associated last.
import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl";
import { Testing } from "cdktf";
import { Port } from "../../src/model/traffic/port";
import { DataSubnetAcl } from "../../src/network/data-subnet-acl";
import { synthScope } from "../support/synth-scope";

Testing.setupJest();

describe("DataSubnetAcl", () => {
  const config = synthScope((scope) => {
    new DataSubnetAcl(scope, "acl", {
      name: "shop-data",
      vpcId: "vpc-1",
      subnetIds: { "eu-west-1a": "subnet-1", "eu-west-1b": "subnet-2" },
      entries: [
        { direction: "ingress", cidr: "10.0.64.0/20", port: Port.tcp(5432) },
        { direction: "egress", cidr: "10.0.64.0/20", port: Port.tcpRange(1024, 65_535) },
        { direction: "ingress", cidr: "10.0.0.0/16", port: Port.all },
      ],
    });
  });
  const { resource } = JSON.parse(config);

  it("holds each rule as a resource of its own, named by its number", () => {
    const rules = Object.fromEntries(
      Object.entries<Record<string, unknown>>(resource.aws_network_acl_rule).map(([name, rule]) => {
        const { "//": _, network_acl_id, ...rest } = rule;
        expect(network_acl_id).toBe("${aws_network_acl.data.id}");
        return [name, rest];
      }),
    );
    expect(rules).toEqual({
      data_ingress_100: {
        rule_number: 100,
        egress: false,
        rule_action: "allow",
        cidr_block: "10.0.64.0/20",
        protocol: "tcp",
        from_port: 5432,
        to_port: 5432,
      },
      data_ingress_110: {
        rule_number: 110,
        egress: false,
        rule_action: "allow",
        cidr_block: "10.0.0.0/16",
        protocol: "-1",
      },
      data_egress_100: {
        rule_number: 100,
        egress: true,
        rule_action: "allow",
        cidr_block: "10.0.64.0/20",
        protocol: "tcp",
        from_port: 1024,
        to_port: 65_535,
      },
    });
  });

  it("leaves the ACL itself without rules and subnets, so that what others add stays", () => {
    expect(config).toHaveResourceWithProperties(NetworkAcl, { vpc_id: "vpc-1", tags: { Name: "shop-data" } });
    const [acl] = Object.values(resource.aws_network_acl);
    expect(Object.keys(Object(acl)).sort()).toEqual(["tags", "vpc_id"]);
  });

  it("is given to each subnet once its rules stand", () => {
    const associations = Object.entries<Record<string, unknown>>(resource.aws_network_acl_association);
    // By zone, so that another order of the zones moves none of them.
    expect(associations.map(([name, { subnet_id }]) => [name, subnet_id])).toEqual([
      ["data_eu_west_1a", "subnet-1"],
      ["data_eu_west_1b", "subnet-2"],
    ]);
    for (const [, { depends_on }] of associations) {
      expect([depends_on].flat().sort()).toEqual([
        "aws_network_acl_rule.data_egress_100",
        "aws_network_acl_rule.data_ingress_100",
        "aws_network_acl_rule.data_ingress_110",
      ]);
    }
  });
});
