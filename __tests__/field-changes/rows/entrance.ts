// The rows of the load balancer, its firewall and its domain.
import type { PathsOf } from "../../../src/schema/field-path";
import type { Rows } from "../row";

export const entranceRows: Rows<PathsOf<"loadBalancer" | "dns">> = {
  loadBalancer: "its fields",
  "loadBalancer.ingressCidrs": {
    plan: "first",
    set: { "loadBalancer.ingressCidrs": ["0.0.0.0/1", "128.0.0.0/2"] },
    shows: [
      "create aws_vpc_security_group_ingress_rule.alb-from-0-0-0-0-1-443-tcp",
      "create aws_vpc_security_group_ingress_rule.alb-from-0-0-0-0-1-80-tcp",
      "create aws_vpc_security_group_ingress_rule.alb-from-128-0-0-0-2-443-tcp",
      "create aws_vpc_security_group_ingress_rule.alb-from-128-0-0-0-2-80-tcp",
      "delete aws_vpc_security_group_ingress_rule.alb-from-internet-443-tcp",
      "delete aws_vpc_security_group_ingress_rule.alb-from-internet-80-tcp",
    ],
  },
  "loadBalancer.internal": {
    plan: "key",
    set: { "loadBalancer.internal": true, "loadBalancer.ingressCidrs": ["10.0.0.0/8"] },
    shows: ["delete, create aws_lb.load_balancer: internal"],
  },
  "loadBalancer.ports": {
    plan: "names",
    set: { "loadBalancer.ports": [443] },
    shows: [
      "delete aws_lb_listener.http",
      "delete aws_vpc_security_group_ingress_rule.alb-from-internet-80-tcp",
    ],
  },
  "loadBalancer.idleTimeoutSeconds": {
    plan: "first",
    set: { "loadBalancer.idleTimeoutSeconds": 120 },
    // Servers keep connections open for longer than the load balancer does: they are told for how long.
    shows: [
      "delete, create aws_ecs_task_definition.api: container_definitions",
      "delete, create aws_ecs_task_definition.web: container_definitions",
      "delete, create aws_ecs_task_definition.web_migrate: container_definitions",
      "update aws_ecs_service.api: task_definition",
      "update aws_ecs_service.web: task_definition",
      "update aws_lb.load_balancer: idle_timeout",
    ],
  },
  "loadBalancer.accessLogRetentionDays": {
    plan: "first",
    set: { "loadBalancer.accessLogRetentionDays": 180 },
    shows: ["update aws_s3_bucket_lifecycle_configuration.access_logs: rule"],
  },
  "loadBalancer.responseHeaders": "its fields",
  "loadBalancer.responseHeaders.strictTransportSecurity": {
    plan: "second",
    set: { "loadBalancer.responseHeaders.strictTransportSecurity": false },
    shows: [
      "delete, create aws_ecs_task_definition.web: container_definitions",
      "delete, create aws_ecs_task_definition.web_migrate: container_definitions",
      "update aws_ecs_service.web: task_definition",
    ],
  },
  "loadBalancer.responseHeaders.strictTransportSecurity.maxAgeSeconds": {
    plan: "first",
    set: { "loadBalancer.responseHeaders.strictTransportSecurity.maxAgeSeconds": 86400 },
    shows: [
      "delete, create aws_ecs_task_definition.web: container_definitions",
      "delete, create aws_ecs_task_definition.web_migrate: container_definitions",
      "update aws_ecs_service.web: task_definition",
      "update aws_lb_listener.https: routing_http_response_strict_transport_security_header_value",
    ],
  },
  "loadBalancer.responseHeaders.strictTransportSecurity.includeSubdomains": {
    plan: "third",
    set: { "loadBalancer.responseHeaders.strictTransportSecurity.includeSubdomains": true },
    shows: ["update aws_lb_listener.https: routing_http_response_strict_transport_security_header_value"],
  },
  "loadBalancer.responseHeaders.contentTypeOptions": {
    plan: "first",
    set: { "loadBalancer.responseHeaders.contentTypeOptions": false },
    shows: [],
  },
  "loadBalancer.responseHeaders.frameOptions": {
    plan: "first",
    set: { "loadBalancer.responseHeaders.frameOptions": "SAMEORIGIN" },
    shows: [
      "update aws_lb_listener.http: routing_http_response_x_frame_options_header_value",
      "update aws_lb_listener.https: routing_http_response_x_frame_options_header_value",
    ],
  },
  "loadBalancer.responseHeaders.contentSecurityPolicy": {
    plan: "first",
    set: { "loadBalancer.responseHeaders.contentSecurityPolicy": "default-src 'self'" },
    shows: [
      "update aws_lb_listener.http: routing_http_response_content_security_policy_header_value",
      "update aws_lb_listener.https: routing_http_response_content_security_policy_header_value",
    ],
  },
  "loadBalancer.responseHeaders.server": {
    plan: "first",
    set: { "loadBalancer.responseHeaders.server": true },
    shows: [
      "update aws_lb_listener.http: routing_http_response_server_enabled",
      "update aws_lb_listener.https: routing_http_response_server_enabled",
    ],
  },
  "loadBalancer.waf": {
    plan: "removed",
    set: { "loadBalancer.waf": false },
    shows: [
      "delete aws_cloudwatch_log_group.web_acl",
      "delete aws_cloudwatch_metric_alarm.waf_blocked_requests",
      "delete aws_wafv2_ip_set.blocked_addresses",
      "delete aws_wafv2_web_acl.load_balancer",
      "delete aws_wafv2_web_acl_association.load_balancer",
      "delete aws_wafv2_web_acl_logging_configuration.load_balancer",
    ],
  },
  "loadBalancer.waf.rateLimit": {
    plan: "first",
    set: { "loadBalancer.waf.rateLimit": 3000 },
    shows: ["update aws_wafv2_web_acl.load_balancer: rule"],
  },
  "loadBalancer.waf.sensitivePaths": "its fields",
  "loadBalancer.waf.sensitivePaths.prefixes": {
    plan: "second",
    set: { "loadBalancer.waf.sensitivePaths.prefixes": ["/login/"] },
    shows: ["update aws_wafv2_web_acl.load_balancer: rule"],
  },
  "loadBalancer.waf.sensitivePaths.rateLimit": {
    plan: "third",
    set: { "loadBalancer.waf.sensitivePaths.rateLimit": 200 },
    shows: ["update aws_wafv2_web_acl.load_balancer: rule"],
  },
  "loadBalancer.waf.count": {
    plan: "first",
    set: { "loadBalancer.waf.count": ["rate-limit"] },
    shows: ["update aws_wafv2_web_acl.load_balancer: rule"],
  },
  "loadBalancer.waf.blockLargeBodies": {
    plan: "first",
    set: { "loadBalancer.waf.blockLargeBodies": true },
    shows: ["update aws_wafv2_web_acl.load_balancer: rule"],
  },
  "loadBalancer.waf.blockedCidrs": {
    plan: "first",
    set: { "loadBalancer.waf.blockedCidrs": ["192.0.2.0/24"] },
    shows: ["update aws_wafv2_ip_set.blocked_addresses: addresses"],
  },
  "loadBalancer.waf.logRetentionDays": {
    plan: "first",
    set: { "loadBalancer.waf.logRetentionDays": 90 },
    shows: ["update aws_cloudwatch_log_group.web_acl: retention_in_days"],
  },
  dns: {
    plan: "trial",
    set: {
      dns: undefined,
      "policies.suppress": [{ policy: "http-redirects", reason: "only for this test" }],
    },
    shows: [
      "delete aws_acm_certificate.load_balancer",
      "delete aws_acm_certificate_validation.load_balancer",
      "delete aws_lb_listener.https",
      "delete aws_route53_record.alias_fields_example_com",
      "delete aws_route53_record.alias_www_fields_example_com",
      "delete aws_route53_record.validation_fields_example_com",
      "delete aws_route53_record.validation_www_fields_example_com",
      "delete, create aws_ecs_task_definition.web: container_definitions",
      "delete, create aws_ecs_task_definition.web_migrate: container_definitions",
    ],
  },
  "dns.domain": {
    plan: "domain",
    set: { "dns.domain": "shop.example.com" },
    shows: [
      "create aws_route53_record.alias_shop_example_com",
      "create aws_route53_record.validation_shop_example_com",
      "create, delete aws_acm_certificate.load_balancer: domain_name",
      "create, delete aws_acm_certificate.load_balancer: subject_alternative_names",
      "delete aws_route53_record.alias_fields_example_com",
      "delete aws_route53_record.validation_fields_example_com",
      "delete, create aws_acm_certificate_validation.load_balancer: certificate_arn",
      "delete, create aws_acm_certificate_validation.load_balancer: validation_record_fqdns",
      "delete, create aws_ecs_task_definition.web: container_definitions",
      "delete, create aws_ecs_task_definition.web_migrate: container_definitions",
      "delete, create aws_route53_record.validation_www_fields_example_com: name",
      "update aws_ecs_service.web: task_definition",
      "update aws_lb_listener.https: certificate_arn",
      "update aws_lb_listener_rule.web_declared_hosts: condition",
    ],
  },
  "dns.alternativeNames": {
    plan: "third",
    set: { "dns.alternativeNames": ["shop.fields.example.com"] },
    shows: [
      "create aws_route53_record.alias_shop_fields_example_com",
      "create aws_route53_record.validation_shop_fields_example_com",
      "create, delete aws_acm_certificate.load_balancer: subject_alternative_names",
      "delete aws_route53_record.alias_www_fields_example_com",
      "delete aws_route53_record.validation_www_fields_example_com",
      "delete, create aws_acm_certificate_validation.load_balancer: certificate_arn",
      "delete, create aws_acm_certificate_validation.load_balancer: validation_record_fqdns",
      "delete, create aws_ecs_task_definition.web: container_definitions",
      "delete, create aws_ecs_task_definition.web_migrate: container_definitions",
      "delete, create aws_route53_record.validation_fields_example_com: name",
      "update aws_ecs_service.web: task_definition",
      "update aws_lb_listener.https: certificate_arn",
      "update aws_lb_listener_rule.web_declared_hosts: condition",
    ],
  },
  "dns.hostedZoneName": {
    plan: "by hand",
    set: { "dns.hostedZoneName": undefined },
    shows: [
      "delete aws_route53_record.alias_fields_example_com",
      "delete aws_route53_record.alias_www_fields_example_com",
      "delete aws_route53_record.validation_fields_example_com",
      "delete aws_route53_record.validation_www_fields_example_com",
      "delete, create aws_acm_certificate_validation.load_balancer: validation_record_fqdns",
    ],
  },
  "dns.hostedZoneId": {
    unplanned:
      "The emulator's zones have IDs that Route 53 does not give; the same zone, named by its ID, changes nothing.",
  },
  "dns.certificateArn": {
    plan: "certificate",
    set: {
      "dns.certificateArn":
        "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
    },
    shows: [
      "delete aws_acm_certificate.load_balancer",
      "delete aws_acm_certificate_validation.load_balancer",
      "delete aws_route53_record.validation_fields_example_com",
      "delete aws_route53_record.validation_www_fields_example_com",
      "update aws_lb_listener.https: certificate_arn",
    ],
  },
};
