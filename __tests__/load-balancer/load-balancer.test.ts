// The load balancer as such: how it is set up, where users find it, and what it tells the rest of the platform.
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { TerraformVariable, Testing } from "cdktf";
import { LoadBalancer } from "../../src/load-balancer/load-balancer";
import { loadBalancerSchema } from "../../src/schema/load-balancer";
import { synthScope } from "../support/synth-scope";
import { blocks, DJANGO, output, synth } from "./fixtures";

Testing.setupJest();

describe("LoadBalancer", () => {
  it("faces the Internet, drops what is malformed, logs, and cannot be deleted by accident", () => {
    const config = synth();
    expect(config).toHaveResourceWithProperties(Lb, {
      name: "shop",
      load_balancer_type: "application",
      internal: false,
      subnets: ["subnet-a", "subnet-b"],
      security_groups: ["sg-alb"],
      idle_timeout: 60,
      drop_invalid_header_fields: true,
      desync_mitigation_mode: "defensive",
      enable_deletion_protection: true,
      tags: { Name: "shop" },
    });
    expect(Object.values(blocks(config, "aws_lb")).map(({ access_logs }) => access_logs)).toEqual([
      { enabled: true, bucket: `\${aws_s3_bucket_policy.access_logs.bucket}` },
    ]);
  });

  it("keeps silent connections open for as long as the environment says", () => {
    expect(synth({ settings: { idleTimeoutSeconds: 3600 } })).toHaveResourceWithProperties(Lb, {
      idle_timeout: 3600,
    });
  });

  it("takes its protection from a Terraform variable", () => {
    const config = synth({
      deletionProtection: (scope) =>
        new TerraformVariable(scope, "deletion_protection", { type: "bool" }).booleanValue,
    });
    expect(config).toHaveResourceWithProperties(Lb, {
      enable_deletion_protection: `\${var.deletion_protection}`,
    });
  });

  it("waits for the way to the Internet", () => {
    const config = synthScope((scope) => {
      const gateway = new InternetGateway(scope, "gateway", { vpcId: "vpc-1" });
      new LoadBalancer(scope, "load-balancer", {
        name: "shop",
        accessLogsPrefix: "shop-alb-logs",
        vpcId: "vpc-1",
        subnetIds: [],
        securityGroupId: "sg-alb",
        settings: loadBalancerSchema.parse({}),
        deletionProtection: true,
        targets: [],
        rules: { rules: [] },
        internetAccess: [gateway],
      });
    });
    expect(config).toHaveResourceWithProperties(Lb, { depends_on: ["aws_internet_gateway.gateway"] });
  });

  it("tells where it is", () => {
    expect(output(synth(), "results")).toEqual({
      arn: `\${aws_lb.load_balancer.arn}`,
      arnSuffix: `\${aws_lb.load_balancer.arn_suffix}`,
      dnsName: `\${aws_lb.load_balancer.dns_name}`,
      zoneId: `\${aws_lb.load_balancer.zone_id}`,
      scheme: "http",
      url: `http://\${aws_lb.load_balancer.dns_name}`,
      listenerArns: { http: `\${aws_lb_listener.http.arn}` },
      targetGroups: {
        django: {
          arn: `\${aws_lb_target_group.django.arn}`,
          arnSuffix: `\${aws_lb_target_group.django.arn_suffix}`,
        },
      },
    });
  });

  it("is found at its domain if it has one, with records for whoever enters them by hand", () => {
    const config = synth({ dns: { domain: "shop.example.com" } });
    expect(output(config, "results")).toMatchObject({
      scheme: "https",
      url: "https://shop.example.com",
      validationRecords: `\${tolist(aws_acm_certificate.load_balancer.domain_validation_options)}`,
    });
    expect(blocks(config, "aws_route53_record")).toEqual({});
  });

  it.each([
    ["ID", { hostedZoneId: "Z0123456789ABCDEFGHIJ" }],
    ["name", { hostedZoneName: "example.com" }],
  ])("is the alias of every name in the hosted zone of this %s, but of no wildcard", (_by, zone) => {
    const config = synth({
      dns: {
        domain: "example.com",
        alternativeNames: ["www.example.com", "*.example.com"],
        ...zone,
        certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222",
      },
    });
    const records = Object.values(blocks(config, "aws_route53_record"));
    const zoneId = `\${data.aws_route53_zone.domain.zone_id}`;
    const alias = {
      name: `\${aws_lb.load_balancer.dns_name}`,
      zone_id: `\${aws_lb.load_balancer.zone_id}`,
      evaluate_target_health: true,
    };
    expect(records).toEqual([
      { zone_id: zoneId, name: "example.com", type: "A", alias },
      { zone_id: zoneId, name: "www.example.com", type: "A", alias },
    ]);
  });
});

describe("the hosted zone", () => {
  it("gets the validation records, too", () => {
    const config = synth({ dns: { domain: "shop.example.com", hostedZoneName: "example.com" } });
    expect(blocks(config, "aws_route53_record")).toMatchObject({
      validation_shop_example_com: {
        zone_id: `\${data.aws_route53_zone.domain.zone_id}`,
      },
      alias_shop_example_com: { name: "shop.example.com" },
    });
  });
});

describe("TargetGroup", () => {
  it("asks as the service says, where it says so", () => {
    const targetHealthCheck = {
      port: 8001,
      successCodes: "200,204",
      intervalSeconds: 30,
      timeoutSeconds: 20,
      healthyThreshold: 4,
      unhealthyThreshold: 6,
    };
    const config = synth({ targets: [{ ...DJANGO, targetHealthCheck }] });
    expect(blocks(config, "aws_lb_target_group").django).toMatchObject({
      port: 8000,
      health_check: {
        enabled: true,
        protocol: "HTTP",
        port: "8001",
        path: "/health/live/",
        matcher: "200,204",
        interval: 30,
        timeout: 20,
        healthy_threshold: 4,
        unhealthy_threshold: 6,
      },
    });
  });

  it("checks the tasks' health on the port that they were registered with", () => {
    expect(Object.values(blocks(synth(), "aws_lb_target_group"))).toEqual([
      {
        name: "shop-tg",
        vpc_id: "vpc-1",
        target_type: "ip",
        protocol: "HTTP",
        port: 8000,
        deregistration_delay: "30",
        health_check: {
          enabled: true,
          protocol: "HTTP",
          port: "traffic-port",
          path: "/health/live/",
          matcher: "200",
          interval: 10,
          timeout: 5,
          healthy_threshold: 2,
          unhealthy_threshold: 3,
        },
        stickiness: { enabled: false, type: "lb_cookie" },
        tags: { Name: "shop-tg" },
        lifecycle: { create_before_destroy: true, ignore_changes: ["port"] },
      },
    ]);
  });

  it("gives requests the time that the service asks for", () => {
    const config = synth({ targets: [{ ...DJANGO, deregistrationDelaySeconds: 0 }] });
    expect(Object.values(blocks(config, "aws_lb_target_group"))).toMatchObject([
      { deregistration_delay: "0" },
    ]);
  });

  it("keeps a client on one task where that is asked for", () => {
    const config = synth({ targets: [{ ...DJANGO, stickySessions: { durationSeconds: 3600 } }] });
    expect(Object.values(blocks(config, "aws_lb_target_group"))).toMatchObject([
      { stickiness: { enabled: true, type: "lb_cookie", cookie_duration: 3600 } },
    ]);
  });
});
