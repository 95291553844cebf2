// Which ports answer with what, with a domain and without, and which requests go where.
import { Listeners } from "../../src/load-balancer/listeners";
import { responseHeadersSchema } from "../../src/schema/response-headers";
import { synthScope } from "../support/synth-scope";
import { blocks, DJANGO, output, synth, waitsFor } from "./fixtures";

const dns = { domain: "shop.example.com" };
const forward = (key: string) => ({
  type: "forward",
  target_group_arn: `\${aws_lb_target_group.${key}.arn}`,
});

/** What every response gets, and what it gets over HTTPS alone. */
const headers = {
  routing_http_response_server_enabled: false,
  routing_http_response_x_content_type_options_header_value: "nosniff",
  routing_http_response_x_frame_options_header_value: "DENY",
};
const hsts = { routing_http_response_strict_transport_security_header_value: "max-age=31536000" };

function listeners(config: string) {
  return blocks(config, "aws_lb_listener");
}

describe("with a domain", () => {
  const config = synth({ dns });

  it("HTTPS answers and HTTP redirects to it, once it does", () => {
    expect(listeners(config)).toEqual({
      https: {
        load_balancer_arn: `\${aws_lb.load_balancer.arn}`,
        port: 443,
        protocol: "HTTPS",
        ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        certificate_arn: `\${aws_acm_certificate_validation.load_balancer.certificate_arn}`,
        default_action: [forward("django")],
        ...headers,
        ...hsts,
      },
      http: {
        load_balancer_arn: `\${aws_lb.load_balancer.arn}`,
        port: 80,
        protocol: "HTTP",
        default_action: [
          { type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } },
        ],
        ...headers,
        depends_on: ["aws_lb_listener.https"],
      },
    });
  });

  it("nobody is warned", () => {
    expect(output(config, "warnings")).toEqual([]);
  });

  it("nothing answers on port 80 unless it is opened", () => {
    const closed = synth({ dns, settings: { ports: [443] } });
    expect(listeners(closed)).toEqual({
      https: expect.objectContaining({ port: 443 }),
    });
  });

  it("responses have the headers of the environment", () => {
    const settings = {
      responseHeaders: { strictTransportSecurity: { maxAgeSeconds: 60 }, frameOptions: false },
    } as const;
    const https = "routing_http_response_strict_transport_security_header_value";
    const framing = "routing_http_response_x_frame_options_header_value";
    expect(listeners(synth({ dns, settings }))).toMatchObject({
      https: { [https]: "max-age=60" },
    });
    expect(JSON.stringify(listeners(synth({ dns, settings })))).not.toContain(framing);
  });

  it("a closed port 443 is refused", () => {
    const build = () =>
      synthScope((scope) => {
        const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
        new Listeners(scope, "listeners", {
          loadBalancerArn: "arn",
          ports: [80],
          responseHeaders: responseHeadersSchema.parse({}),
          certificateArn,
          targets: [],
          rules: { rules: [] },
        });
      });
    expect(build).toThrow(/listeners: a load balancer with a certificate has to open port 443/);
  });
});

describe("without a domain", () => {
  const http = {
    http: {
      load_balancer_arn: `\${aws_lb.load_balancer.arn}`,
      port: 80,
      protocol: "HTTP",
      default_action: [forward("django")],
      ...headers,
    },
  };

  it("HTTP answers, with a warning that says what that means and what to do", () => {
    const config = synth();
    expect(listeners(config)).toEqual(http);
    expect(output(config, "warnings")).toEqual([
      expect.stringMatching(/no domain.*plain HTTP.*cookies are not marked secure.*Fill in dns\.domain/),
    ]);
    expect(blocks(config, "aws_acm_certificate")).toEqual({});
  });

  it("HTTP answers where only port 80 is open, too", () => {
    expect(listeners(synth({ settings: { ports: [80] } }))).toEqual(http);
  });

  it("nothing answers where only port 443 is open, and the warning says so", () => {
    const config = synth({ settings: { ports: [443] } });
    expect(listeners(config)).toEqual({});
    expect(output(config, "warnings")).toEqual([expect.stringMatching(/^Nothing answers.*dns\.domain/)]);
    expect(waitsFor(config, "results")).toEqual([]);
  });
});

describe("routes", () => {
  const realtime = {
    key: "realtime",
    name: "shop-realtime",
    port: 3002,
    healthCheckPath: "/health/",
    routes: [
      { priority: 10, paths: ["/socket.io/*"] },
      { priority: 20, hosts: ["ws.example.com"], paths: ["/live", "/live/*"] },
    ],
  };
  const rule = (listener: string, priority: number, condition: unknown[]) => ({
    listener_arn: `\${aws_lb_listener.${listener}.arn}`,
    priority,
    condition,
    action: [forward("realtime")],
  });
  const rules = (listener: string) => ({
    realtime_10: rule(listener, 10, [{ path_pattern: { values: ["/socket.io/*"] } }]),
    realtime_20: rule(listener, 20, [
      { host_header: { values: ["ws.example.com"] } },
      { path_pattern: { values: ["/live", "/live/*"] } },
    ]),
  });

  it("lead to their service on the listener that answers, and the rest to the one without; other hosts nowhere", () => {
    const encrypted = synth({ dns, targets: [realtime, DJANGO] });
    const declared = { host_header: { values: ["shop.example.com", "ws.example.com"] } };
    expect(blocks(encrypted, "aws_lb_listener_rule")).toEqual({
      ...rules("https"),
      realtime_10: rule("https", 10, [declared, { path_pattern: { values: ["/socket.io/*"] } }]),
      django_declared_hosts: { ...rule("https", 49_999, [declared]), action: [forward("django")] },
      undeclared_hosts: {
        ...rule("https", 50_000, [{ path_pattern: { values: ["*"] } }]),
        action: [
          {
            type: "fixed-response",
            fixed_response: { content_type: "text/plain", message_body: "No such host", status_code: "421" },
          },
        ],
        depends_on: [
          "aws_lb_listener_rule.realtime_10",
          "aws_lb_listener_rule.realtime_20",
          "aws_lb_listener_rule.django_declared_hosts",
        ],
      },
    });
    expect(listeners(encrypted)).toMatchObject({
      https: { default_action: [forward("django")] },
    });
    const open = synth({ targets: [realtime, DJANGO] });
    expect(blocks(open, "aws_lb_listener_rule")).toEqual(rules("http"));
  });

  it("leave a 404 for what nobody takes", () => {
    expect(listeners(synth({ targets: [realtime] }))).toMatchObject({
      http: {
        default_action: [
          {
            type: "fixed-response",
            fixed_response: { content_type: "text/plain", message_body: "Not found", status_code: "404" },
          },
        ],
      },
    });
  });

  it("stand, with their listener, before ECS is to use the target groups", () => {
    expect(waitsFor(synth({ dns, targets: [realtime, DJANGO] }), "results")).toEqual([
      "aws_lb_listener.https",
      "aws_lb_listener_rule.realtime_10",
      "aws_lb_listener_rule.realtime_20",
      "aws_lb_listener_rule.django_declared_hosts",
    ]);
  });

  it("warn where hosts that nobody declared reach services all the same", () => {
    const names = Array.from({ length: 99 }, (_, index) => `n${index}.example.com`);
    const many = { ...realtime, routes: [{ priority: 10, paths: ["/1", "/2", "/3", "/4"] }] };
    const config = synth({ dns: { ...dns, alternativeNames: names }, targets: [many, DJANGO] });
    expect(output(config, "warnings")).toEqual([
      expect.stringMatching(/^Requests for any host reach the services/),
    ]);
  });
});
