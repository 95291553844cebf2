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
        { direction: "ingress", cidr: "10.0.64.0/20", port: Port.tcp(5432), number: 1234 },
        { direction: "egress", cidr: "10.0.64.0/20", port: Port.tcpRange(1024, 65_535), number: 1234 },
        { direction: "ingress", cidr: "10.0.0.0/16", port: Port.all, number: 500 },
      ],
    });
  });
  const { resource } = JSON.parse(config);

  it("holds each rule as a resource of its own, named by what it says", () => {
    const rules = Object.fromEntries(
      Object.entries<Record<string, unknown>>(resource.aws_network_acl_rule).map(([name, rule]) => {
        const { "//": _, network_acl_id, lifecycle, ...rest } = rule;
        expect(network_acl_id).toBe("${aws_network_acl.data_subnets.id}");
        expect(lifecycle).toEqual({ create_before_destroy: true });
        return [name, rest];
      }),
    );
    expect(rules).toEqual({
      data_ingress_5432_tcp_from_10_0_64_0_20: {
        rule_number: 1234,
        egress: false,
        rule_action: "allow",
        cidr_block: "10.0.64.0/20",
        protocol: "tcp",
        from_port: 5432,
        to_port: 5432,
      },
      data_ingress_all_from_10_0_0_0_16: {
        rule_number: 500,
        egress: false,
        rule_action: "allow",
        cidr_block: "10.0.0.0/16",
        protocol: "-1",
      },
      data_egress_1024_65535_tcp_to_10_0_64_0_20: {
        rule_number: 1234,
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
        "aws_network_acl_rule.data_egress_1024_65535_tcp_to_10_0_64_0_20",
        "aws_network_acl_rule.data_ingress_5432_tcp_from_10_0_64_0_20",
        "aws_network_acl_rule.data_ingress_all_from_10_0_0_0_16",
      ]);
    }
  });
});
