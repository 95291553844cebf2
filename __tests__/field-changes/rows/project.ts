// The rows of the file's own fields, of the state, the pipeline and what is declared beside the sections.
import type { PathsOf } from "../../../src/schema/field-path";
import type { Rows } from "../row";

export const projectRows: Rows<
  PathsOf<
    | "name"
    | "region"
    | "account"
    | "production"
    | "tags"
    | "state"
    | "terraformModule"
    | "ci"
    | "deletionProtection"
    | "policies"
    | "extraMembers"
    | "extraFlows"
    | "describedFlows"
    | "quotas"
  >
> = {
  name: {
    plan: "name",
    set: { name: "others" },
    shows: ["delete, create aws_lb.load_balancer: name", "delete, create aws_sqs_queue.jobs: name"],
  },
  region: {
    unplanned: "Terraform would look in the other region, find nothing, and make everything a second time.",
  },
  terraformModule: {
    unplanned:
      "The stacks are called by another module then; __tests__/e2e/modules.test.ts plans the way there.",
  },
  account: { unplanned: "Terraform itself refuses another account than the environment names." },
  production: {
    plan: "trial",
    set: { production: false },
    shows: [
      "delete aws_cloudwatch_log_group.web_acl",
      "delete aws_cloudwatch_metric_alarm.waf_blocked_requests",
      "delete aws_network_acl.data_subnets",
      "delete aws_network_acl_association.data_us_east_1a",
      "delete aws_network_acl_association.data_us_east_1b",
      "delete aws_network_acl_rule.data_egress_1024_65535_tcp_to_10_80_128_0_21",
      "delete aws_network_acl_rule.data_egress_1024_65535_tcp_to_10_80_136_0_21",
      "delete aws_network_acl_rule.data_egress_1024_65535_tcp_to_10_80_64_0_21",
      "delete aws_network_acl_rule.data_egress_1024_65535_tcp_to_10_80_72_0_21",
      "delete aws_network_acl_rule.data_egress_1024_65535_tcp_to_203_0_113_7_32",
      "delete aws_network_acl_rule.data_ingress_1024_65535_tcp_from_10_80_128_0_21",
      "delete aws_network_acl_rule.data_ingress_1024_65535_tcp_from_10_80_136_0_21",
      "delete aws_network_acl_rule.data_ingress_5432_tcp_from_10_80_64_0_21",
      "delete aws_network_acl_rule.data_ingress_5432_tcp_from_10_80_72_0_21",
      "delete aws_network_acl_rule.data_ingress_5432_tcp_from_203_0_113_7_32",
      "delete aws_network_acl_rule.data_ingress_6379_tcp_from_10_80_64_0_21",
      "delete aws_network_acl_rule.data_ingress_6379_tcp_from_10_80_72_0_21",
      "delete aws_wafv2_ip_set.blocked_addresses",
      "delete aws_wafv2_web_acl.load_balancer",
      "delete aws_wafv2_web_acl_association.load_balancer",
      "delete aws_wafv2_web_acl_logging_configuration.load_balancer",
    ],
  },
  tags: {
    plan: "second",
    set: { "tags.Team": "two" },
    shows: ["update aws_vpc.main: tags_all"],
  },
  state: "its fields",
  "state.backend": {
    unplanned: "Terraform moves the state itself, once, with init -migrate-state; no resource changes.",
  },
  "state.bucket": { unplanned: "Terraform itself refuses to destroy the bucket, while it is protected." },
  "state.region": {
    unplanned: "The provider of its stack looks in another region then, where there is no such bucket.",
  },
  "state.createBucket": {
    unplanned: "A stack that is not declared any more is left as it stands, until somebody destroys it.",
  },
  "state.protectBucket": {
    plan: "states",
    set: {
      "state.protectBucket": false,
      "policies.suppress": [{ policy: "deletion-protection", reason: "only for this test" }],
    },
    shows: ["update aws_s3_bucket.access_logs: force_destroy", "update aws_s3_bucket.state: force_destroy"],
  },
  "state.keyPrefix": {
    unplanned: "Terraform moves the state itself, once, with init -migrate-state; no resource changes.",
  },
  "state.kmsKeyId": {
    plan: "states",
    set: { "state.kmsKeyId": "alias/terraform-state" },
    shows: ["update aws_s3_bucket_server_side_encryption_configuration.state: rule"],
  },
  ci: {
    unplanned: "A stack that is not declared any more is left as it stands, until somebody destroys it.",
  },
  "ci.github": "its fields",
  "ci.github.repository": {
    plan: "pipeline",
    set: { "ci.github.repository": "acme/other" },
    shows: ["update aws_iam_role.deploy: assume_role_policy", "update aws_iam_role.plan: assume_role_policy"],
  },
  "ci.github.deployFrom": "its fields",
  "ci.github.deployFrom.environment": {
    plan: "pipeline",
    set: { "ci.github.deployFrom": { environment: "production" } },
    shows: ["update aws_iam_role.deploy: assume_role_policy"],
  },
  "ci.github.deployFrom.branch": {
    plan: "pipeline again",
    set: { "ci.github.deployFrom": { branch: "main" } },
    shows: ["update aws_iam_role.deploy: assume_role_policy"],
  },
  "ci.github.planFrom": {
    plan: "pipeline",
    set: { "ci.github.planFrom": ["pull-requests"] },
    shows: ["update aws_iam_role.plan: assume_role_policy"],
  },
  "ci.createProvider": {
    plan: "pipeline again",
    set: { "ci.createProvider": false },
    shows: [
      "delete aws_iam_openid_connect_provider.github",
      "update aws_iam_role.deploy: assume_role_policy",
    ],
  },
  "ci.own": "its fields",
  "ci.own.stacks": {
    plan: "pipeline",
    set: { "ci.own.stacks": ["status-page"] },
    shows: [
      "update aws_iam_policy.deploy_boundary: policy",
      "update aws_iam_policy.read_1: policy",
      "update aws_iam_policy.write_1: policy",
    ],
  },
  "ci.own.resources": {
    plan: "pipeline",
    set: {
      "ci.own.resources.1": {
        types: ["aws_instance"],
        read: ["ec2:DescribeInstances"],
        write: ["ec2:RunInstances"],
        resources: ["arn:aws:ec2:us-east-1:123456789012:instance/*"],
      },
    },
    shows: [
      "update aws_iam_policy.deploy_boundary: policy",
      "update aws_iam_policy.read_3: policy",
      "update aws_iam_policy.write_5: policy",
    ],
  },
  "ci.own.resources[].types": {
    plan: "pipeline",
    set: { "ci.own.resources.0.types": ["aws_network_interface", "aws_instance"] },
    shows: [],
  },
  "ci.own.resources[].read": {
    plan: "pipeline",
    set: { "ci.own.resources.0.read": ["ec2:DescribeInstances"] },
    shows: ["update aws_iam_policy.read_3: policy"],
  },
  "ci.own.resources[].write": {
    plan: "pipeline again",
    set: { "ci.own.resources.0.write": ["ec2:RunInstances"] },
    shows: ["update aws_iam_policy.deploy_boundary: policy", "update aws_iam_policy.write_5: policy"],
  },
  "ci.own.resources[].resources": {
    plan: "pipeline again",
    set: { "ci.own.resources.0.resources": ["arn:aws:ec2:us-east-1:123456789012:network-interface/*"] },
    shows: [
      "update aws_iam_policy.deploy_boundary: policy",
      "update aws_iam_policy.read_3: policy",
      "update aws_iam_policy.write_5: policy",
    ],
  },
  "ci.own.roles": {
    plan: "pipeline",
    set: { "ci.own.roles": [{ actions: ["s3:PutObject"], resources: ["arn:aws:s3:::fields-uploads/*"] }] },
    shows: ["update aws_iam_policy.platform_boundary: policy"],
  },
  "ci.own.roles[].actions": {
    plan: "pipeline again",
    set: { "ci.own.roles": [{ actions: ["s3:PutObject"], resources: ["arn:aws:s3:::fields-uploads/*"] }] },
    shows: ["update aws_iam_policy.platform_boundary: policy"],
  },
  "ci.own.roles[].resources": {
    plan: "pipeline again",
    set: { "ci.own.roles": [{ actions: ["s3:PutObject"], resources: ["arn:aws:s3:::fields-uploads/*"] }] },
    shows: ["update aws_iam_policy.platform_boundary: policy"],
  },
  deletionProtection: {
    plan: "third",
    set: {
      deletionProtection: false,
      "policies.suppress": [
        { policy: "deletion-protection", reason: "only for this test" },
        { policy: "secrets-recoverable", reason: "only for this test" },
      ],
    },
    shows: [
      "update aws_db_instance.database: deletion_protection",
      "update aws_lb.load_balancer: enable_deletion_protection",
      "update aws_s3_bucket.access_logs: force_destroy",
      "update aws_secretsmanager_secret.api_signing_key: recovery_window_in_days",
      "update aws_secretsmanager_secret.database: recovery_window_in_days",
      "update aws_secretsmanager_secret.secret_key: recovery_window_in_days",
      "update aws_secretsmanager_secret.secret_key_previous: recovery_window_in_days",
      "update aws_secretsmanager_secret.shared_mark: recovery_window_in_days",
      "update aws_secretsmanager_secret.worker_helper_helper_key: recovery_window_in_days",
    ],
  },
  policies: "its fields",
  "policies.suppress": { unplanned: "It says only what a synth accepts." },
  "policies.suppress[].policy": { unplanned: "It says only what a synth accepts." },
  "policies.suppress[].resource": { unplanned: "It says only what a synth accepts." },
  "policies.suppress[].reason": { unplanned: "It says only what a synth accepts." },
  extraMembers: {
    plan: "removed",
    set: { "extraMembers.mail": undefined, extraFlows: [] },
    shows: ["delete aws_network_interface.mail", "delete aws_security_group.mail"],
  },
  "extraMembers.*.label": { plan: "first", set: { "extraMembers.mail.label": "Relay" }, shows: [] },
  "extraMembers.*.tier": {
    plan: "second",
    set: { "extraMembers.mail.tier": "data" },
    shows: [
      "create aws_network_acl_rule.data_ingress_25_tcp_from_10_80_64_0_21",
      "create aws_network_acl_rule.data_ingress_25_tcp_from_10_80_72_0_21",
    ],
  },
  "extraMembers.*.holdsData": { plan: "first", set: { "extraMembers.mail.holdsData": true }, shows: [] },
  extraFlows: {
    plan: "first",
    set: { "extraFlows.2": { source: "api", destination: "mail", port: 25, description: "Mail from api" } },
    shows: [
      "create aws_vpc_security_group_egress_rule.api-to-mail-25-tcp",
      "create aws_vpc_security_group_ingress_rule.mail-from-api-25-tcp",
    ],
  },
  "extraFlows[].source": {
    plan: "second",
    set: { "extraFlows.0.source": "api" },
    shows: [
      "create aws_vpc_security_group_egress_rule.api-to-mail-25-tcp",
      "create aws_vpc_security_group_ingress_rule.mail-from-api-25-tcp",
      "delete aws_vpc_security_group_ingress_rule.mail-from-worker-25-tcp",
    ],
  },
  "extraFlows[].destination": {
    plan: "third",
    set: { "extraFlows.1.destination": "web" },
    shows: [
      "create aws_vpc_security_group_ingress_rule.web-from-worker-9100to9101-tcp",
      "delete aws_vpc_security_group_ingress_rule.api-from-worker-9100to9101-tcp",
    ],
  },
  "extraFlows[].port": {
    plan: "first",
    set: { "extraFlows.0.port": 587 },
    shows: [
      "create aws_vpc_security_group_ingress_rule.mail-from-worker-587-tcp",
      "delete aws_vpc_security_group_ingress_rule.mail-from-worker-25-tcp",
    ],
  },
  "extraFlows[].port.from": {
    plan: "first",
    set: { "extraFlows.1.port.from": 9099 },
    shows: [
      "create aws_vpc_security_group_ingress_rule.api-from-worker-9099to9101-tcp",
      "delete aws_vpc_security_group_ingress_rule.api-from-worker-9100to9101-tcp",
    ],
  },
  "extraFlows[].port.to": {
    plan: "fourth",
    set: { "extraFlows.1.port.to": 9102 },
    shows: [
      "create aws_vpc_security_group_ingress_rule.api-from-worker-9100to9102-tcp",
      "delete aws_vpc_security_group_ingress_rule.api-from-worker-9100to9101-tcp",
    ],
  },
  "extraFlows[].protocol": {
    plan: "second",
    set: { "extraFlows.1.protocol": "udp" },
    shows: [
      "create aws_vpc_security_group_ingress_rule.api-from-worker-9100to9101-udp",
      "delete aws_vpc_security_group_ingress_rule.api-from-worker-9100to9101-tcp",
    ],
  },
  "extraFlows[].description": {
    plan: "third",
    set: { "extraFlows.0.description": "Mail" },
    shows: [
      "update aws_vpc_security_group_ingress_rule.mail-from-worker-25-tcp: description",
      "update aws_vpc_security_group_ingress_rule.mail-from-worker-25-tcp: tags",
    ],
  },
  "extraFlows[].reason": {
    plan: "third",
    set: { "extraFlows.0.reason": "Receipts" },
    shows: ["update aws_vpc_security_group_ingress_rule.mail-from-worker-25-tcp: tags"],
  },
  describedFlows: "its fields",
  "describedFlows[].source": {
    unplanned: "Words for another connection: the description has the plan.",
  },
  "describedFlows[].destination": {
    unplanned: "Words for another connection: the description has the plan.",
  },
  "describedFlows[].port": {
    unplanned: "Words for another connection: the description has the plan.",
  },
  "describedFlows[].description": {
    plan: "second",
    set: { "describedFlows.0.description": "Pages from the load balancer" },
    shows: [
      "update aws_vpc_security_group_egress_rule.alb-to-web-8000-tcp: description",
      "update aws_vpc_security_group_egress_rule.alb-to-web-8000-tcp: tags",
      "update aws_vpc_security_group_ingress_rule.web-from-alb-8000-tcp: description",
      "update aws_vpc_security_group_ingress_rule.web-from-alb-8000-tcp: tags",
    ],
  },
  "describedFlows[].reason": {
    plan: "third",
    set: { "describedFlows.0.reason": "Pages and forms" },
    shows: [
      "update aws_vpc_security_group_egress_rule.alb-to-web-8000-tcp: description",
      "update aws_vpc_security_group_egress_rule.alb-to-web-8000-tcp: tags",
      "update aws_vpc_security_group_ingress_rule.web-from-alb-8000-tcp: description",
      "update aws_vpc_security_group_ingress_rule.web-from-alb-8000-tcp: tags",
    ],
  },
  quotas: "its fields",
  "quotas.rulesPerSecurityGroup": { plan: "first", set: { "quotas.rulesPerSecurityGroup": 100 }, shows: [] },
  "quotas.rulesPerNetworkAcl": { plan: "first", set: { "quotas.rulesPerNetworkAcl": 40 }, shows: [] },
};
