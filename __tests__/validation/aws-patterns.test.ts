// Each text of an environment that becomes an AWS value is held to what AWS takes there: refused here, not halfway through a
// deployment.
import { fieldList } from "../../src/schema/field-list";
import { EnvironmentError, type Problem } from "../../src/schema/problem";
import { defineEnvironment } from "../../src/validation/define-environment";

const ARN_OF_A_KEY = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-1111-2222-333344445555";

/** Everything that has a text in it. */
const valid = {
  name: "shop",
  region: "eu-west-1",
  account: "111122223333",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: {
    web: {
      image: "shop/web:1.0.0",
      port: 8000,
      cpu: 256,
      memory: 512,
      connectsTo: [{ to: "postgres", description: "Orders", reason: "Orders" }, "redis"],
      mounts: [{ fileSystem: "media", path: "/app/media", description: "Uploads", reason: "Uploads" }],
      routes: [{ priority: 1, hosts: ["shop.example.com"], paths: ["/api/*"] }],
      secrets: { DSN: { secretsManager: "shop/sentry", jsonKey: "dsn" }, MAIL: { shared: "mail" } },
      egress: [{ cidr: "203.0.113.0/24", port: 443, description: "Payments" }],
      healthCheck: { command: "true" },
      buckets: [{ bucket: "media", access: "read" }],
      permissions: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::a/*"] }],
      sharedVolumes: { static: { path: "/static" } },
      sidecars: {
        nginx: {
          image: "shop/nginx:1.0.0",
          secrets: { KEY: { secretsManager: "shop/nginx", jsonKey: "key" }, MAIL: { ssmParameter: "/mail" } },
          sharedVolumes: { static: { path: "/static" } },
          mounts: [{ fileSystem: "media", path: "/media", description: "Uploads", reason: "Uploads" }],
        },
      },
      schedules: { nightly: { expression: "rate(1 day)", command: ["sweep"] } },
    },
  },
  sharedSecrets: { mail: { secretsManager: "shop/mail", jsonKey: "key" } },
  database: { credentials: "secrets-manager", parameters: { log_min_duration_statement: "500" } },
  cache: { parameters: { "maxmemory-policy": "allkeys-lru" } },
  fileSystems: { media: { label: "Uploads" } },
  queues: { jobs: {} },
  buckets: {
    media: {
      lifecycle: [{ prefix: "exports/", expireAfterDays: 30 }],
      cors: [{ origins: ["https://shop.example.com"], methods: ["PUT"] }],
    },
  },
  backup: { copyTo: { region: "eu-central-1" } },
  loadBalancer: { waf: {} },
  dns: { domain: "shop.example.com", hostedZoneName: "example.com" },
  state: { backend: "s3", bucket: "states", region: "eu-west-1" },
  monitoring: { emails: ["ops@example.com"] },
  accountSecurity: {},
  ci: { github: { repository: "shop/shop" } },
};

function problemsOf(input: unknown): readonly Problem[] {
  try {
    Reflect.apply(defineEnvironment, undefined, [input]);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) {
      return error.problems;
    }
    throw error;
  }
}

/** A copy with one value set, at a path such as `services.web.routes[0].hosts[0]`. */
function withValue(path: string, value: unknown): unknown {
  const copy: object = structuredClone(valid);
  const keys = path.split(/[.[\]]+/).filter(Boolean);
  const last = keys.pop() ?? "";
  let parent = copy;
  for (const [index, key] of keys.entries()) {
    if (!Reflect.has(parent, key)) {
      Reflect.set(parent, key, /\[\d+\]/.test(path) && /^\d+$/.test(keys[index + 1] ?? last) ? [] : {});
    }
    parent = Object(Reflect.get(parent, key));
  }
  Reflect.set(parent, last, value);
  return copy;
}

const long = (count: number) => "a".repeat(count);

/** A field, where it is tried, and what AWS refuses there: the page or the model of its API says so. */
const REFUSED: Readonly<Record<string, readonly [at: string, ...values: string[]]>> = {
  name: ["name", "Shop", "shop_prod", "shop--prod", long(41)],
  region: ["region", "mars", "us-gov-west-1"],
  account: ["account", "12345", "11112222333a"],
  // "TagValue" of ACM, ECS, ELB, IAM, CloudWatch Logs, WAF; RDS reserves beginnings.
  tags: [
    "tags.Owner",
    "a & b",
    '"a"',
    "a\nb",
    "a\tb",
    "a,b",
    "a;b",
    "a'b",
    "(a)",
    "*",
    "$a",
    "aws:a",
    "RDS:a",
    long(257),
  ],
  "names.vpc": ["names.vpc", "shop*", long(257)],
  "names.cluster": ["names.cluster", "my cluster", "a.b", long(256)],
  "names.loadBalancer": ["names.loadBalancer", "my_alb", "-alb", "internal-alb", long(33)],
  "names.database": ["names.database", "Shop", "shop_db", "shop--db", "1shop", long(64)],
  "names.cache": ["names.cache", "shop_redis", "shop--redis", long(41)],
  "names.queues": ["names.queues.jobs", "my jobs", "jobs.fifo", long(81)],
  "names.buckets": ["names.buckets.media", "My", "a", "a_b", "a..b", "192.168.0.1", "a-s3alias", long(64)],
  "names.secrets": ["names.secrets", "a b", "a#b", "a*", long(513)],
  "names.databaseSecret": ["names.databaseSecret", "a b", "a#b", "a*", long(513)],
  "names.flowLogs": ["names.flowLogs", "a b", "a*b", "a#b", "aws/vpc", long(257)],
  "names.webAcl": ["names.webAcl", "shop waf", "shop/waf", "shop.waf", long(129)],
  "names.alarms": ["names.alarms.web/errors", "a*b", "a#b", "ä", "a\tb", long(256)],
  "names.securityGroups": ["names.securityGroups.web", "sg-web", "a'b", "ä", long(256)],
  "names.services.*.service": ["names.services.web.service", "my web", "a.b", long(256)],
  "names.services.*.taskDefinition": ["names.services.web.taskDefinition", "my web", "a.b", long(256)],
  "names.services.*.targetGroup": ["names.services.web.targetGroup", "my_web", "web-", long(33)],
  // "logGroupName" takes #, and "TagValue", where the name stands, too, does not.
  "names.services.*.logGroup": ["names.services.web.logGroup", "a b", "a*b", "a#b", "aws/web", long(257)],
  "network.cidr": ["network.cidr", "10.0.0.0", "10.0.0.1/16", "10.0.0.0/8"],
  "network.availabilityZones": ["network.availabilityZones[0]", "eu-west-1", "use1-az1"],
  "network.natGatewayZone": ["network.natGatewayZone", "eu-west-1", "use1-az1"],
  "network.subnets.*.public": ["network.subnets.eu-west-1a.public", "10.0.0.1/24", "here"],
  "network.subnets.*.private": ["network.subnets.eu-west-1a.private", "10.0.0.1/24", "here"],
  "network.subnets.*.data": ["network.subnets.eu-west-1a.data", "10.0.0.1/24", "here"],
  // "Name" of CreatePrivateDnsNamespace takes more than resolvers do; a zone of AWS's own names would hide them.
  "network.privateDomain": [
    "network.privateDomain",
    "internal",
    "*.internal",
    "Shop.internal",
    "a_b.internal",
    `${long(64)}.internal`,
    "rds.amazonaws.com",
  ],
  "services.*.imageCredentials.secretsManager": [
    "services.web.imageCredentials.secretsManager",
    "arn:aws:ssm:eu-west-1:111122223333:parameter/shop/registry",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:registry-AbCdEf:password::",
    "a b",
  ],
  "services.*.label": ["services.web.label", "a*b", "ä", '"a"', long(65)],
  "services.*.image": ["services.web.image", "shop/web", "shop web:1", "Shop/Web:1", "shop/web:latest"],
  "services.*.healthCheckPath": ["services.web.healthCheckPath", "health", "/he alth", `/${long(1024)}`],
  "services.*.targetHealthCheck.successCodes": [
    "services.web.targetHealthCheck.successCodes",
    "199",
    "500",
    "200-",
    "299-200",
    "2xx",
  ],
  // "Condition types for listener rules".
  "services.*.routes[].hosts": [
    "services.web.routes[0].hosts[0]",
    "a_b.com",
    "A.com",
    `${`${long(60)}.`.repeat(3)}com`,
  ],
  "services.*.routes[].paths": [
    "services.web.routes[0].paths[0]",
    "api",
    "/a b",
    "/a%20b",
    "/a#b",
    "/a(b)",
    `/${long(128)}`,
  ],
  // ECS's valueFrom ends with a key, a stage and a version, behind colons.
  // PutParameter API reference, "Name"; a version or a label behind it is none.
  "services.*.secrets.*.ssmParameter": [
    "services.web.secrets.KEY.ssmParameter",
    "/a b",
    "/a/",
    "//a",
    "/a:1",
    "/aws/reference/secretsmanager/a",
    "ssm-a",
    "arn:aws:ssm:eu-west-1:111122223333:parameter/a:1",
    "/a".repeat(16),
    long(1012),
  ],
  "services.*.secrets.*.secretsManager": [
    "services.web.secrets.DSN.secretsManager",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf:dsn::",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf:dsn:AWSCURRENT:",
    "arn:aws:ssm:eu-west-1:111122223333:parameter/shop/dsn",
    "arn:aws:s3:::bucket",
    "a b",
    "a:b",
    long(513),
  ],
  "services.*.secrets.*.jsonKey": ["services.web.secrets.DSN.jsonKey", "a:b", ""],
  "services.*.secrets.*.shared": ["services.web.secrets.KEY.shared", "Signing", "a_b", "nothing"],
  "sharedSecrets.*.ssmParameter": ["sharedSecrets.chat.ssmParameter", "/a b", "/a/", "ssm-a", "/a:1"],
  "sharedSecrets.*.secretsManager": [
    "sharedSecrets.mail.secretsManager",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf:dsn::",
    "arn:aws:ssm:eu-west-1:111122223333:parameter/shop/dsn",
    "a b",
    "a:b",
    long(513),
  ],
  "sharedSecrets.*.jsonKey": ["sharedSecrets.mail.jsonKey", "a:b", ""],
  "services.*.consumesFrom": ["services.web.consumesFrom[0]", "my jobs", "nothing"],
  "services.*.sendsTo": ["services.web.sendsTo[0]", "my jobs", "nothing"],
  "services.*.permissions[].actions": [
    "services.web.permissions[0].actions[0]",
    "GetObject",
    "s3:*",
    "*",
    "s3:getObject",
    "s3:Get*Object",
  ],
  "services.*.permissions[].resources": ["services.web.permissions[0].resources[0]", "bucket", "arn:aws"],
  "services.*.permissions[].conditions": [
    "services.web.permissions[0].conditions.StringEquals.aws:a",
    "",
    "ä",
    "a\nb",
  ],
  // In an IAM policy, * ? and $ stand for something else.
  "services.*.buckets[].prefix": [
    "services.web.buckets[0].prefix",
    "/uploads/",
    "uploads",
    "up*/",
    "up?/",
    "$user/",
    "a b/",
    `${long(512)}/`,
  ],
  // "PutMetricData", "Dimension" and "TargetTrackingMetricStat".
  "services.*.publishesMetrics": [
    "services.web.publishesMetrics[0]",
    "AWS/ECS",
    ":Shop",
    "my shop",
    "ä",
    "",
    long(256),
  ],
  "services.*.autoscaling.metric.namespace": [
    "services.web.autoscaling.metric.namespace",
    ":Shop",
    "my shop",
    "ä",
    "",
    long(256),
  ],
  "services.*.autoscaling.metric.name": [
    "services.web.autoscaling.metric.name",
    ":a",
    " a",
    "ä",
    "",
    long(256),
  ],
  "services.*.autoscaling.metric.dimensions": [
    "services.web.autoscaling.metric.dimensions.queue",
    "",
    " ",
    "ä",
    long(1025),
  ],
  "services.*.autoscaling.metric.statistic": [
    "services.web.autoscaling.metric.statistic",
    "average",
    "p101",
    "p95.123",
    "median",
  ],
  "services.*.autoscaling.responseTime.statistic": [
    "services.web.autoscaling.responseTime.statistic",
    "Sum",
    "p101",
    "95",
  ],
  "services.*.autoscaling.schedule.*.time": [
    "services.web.autoscaling.schedule.night.time",
    "7:00",
    "24:00",
    "19",
  ],
  "services.*.autoscaling.schedule.*.timeZone": [
    "services.web.autoscaling.schedule.night.timeZone",
    "CET-1",
    "+02:00",
    "Europe/Nowhere",
  ],
  "services.*.autoscaling.queueDepth.queue": ["services.web.autoscaling.queueDepth.queue", "my jobs", "Jobs"],
  "services.*.egress[].cidr": ["services.web.egress[0].cidr", "203.0.113.7", "anywhere"],
  "services.*.egress[].description": [
    "services.web.egress[0].description",
    "",
    "a'b",
    "a\nb",
    "ä",
    "a?b",
    long(256),
  ],
  "services.*.egress[].reason": ["services.web.egress[0].reason", "", "a'b", "a?b", long(101)],
  "services.*.connectsTo[].description": [
    "services.web.connectsTo[0].description",
    "",
    "a'b",
    "ä",
    long(256),
  ],
  "services.*.connectsTo[].reason": ["services.web.connectsTo[0].reason", "", "a'b", "ä", long(101)],
  "services.*.mounts[].fileSystem": ["services.web.mounts[0].fileSystem", "Media", "a_b", "drafts", long(65)],
  "services.*.mounts[].path": [
    "services.web.mounts[0].path",
    "",
    "/",
    "media",
    "/app/",
    "/app//media",
    "/app/../media",
    "/app/my media",
  ],
  "services.*.mounts[].description": ["services.web.mounts[0].description", "", "a'b", "ä", long(256)],
  "services.*.mounts[].reason": ["services.web.mounts[0].reason", "", "a'b", "ä", long(101)],
  "services.*.sidecars.*.mounts[].fileSystem": [
    "services.web.sidecars.nginx.mounts[0].fileSystem",
    "Media",
    "a_b",
    "drafts",
    long(65),
  ],
  "services.*.sidecars.*.mounts[].path": [
    "services.web.sidecars.nginx.mounts[0].path",
    "",
    "/",
    "media",
    "/app/",
    "/app//media",
    "/app/../media",
    "/app/my media",
  ],
  "services.*.sidecars.*.mounts[].description": [
    "services.web.sidecars.nginx.mounts[0].description",
    "",
    "a'b",
    "ä",
    long(256),
  ],
  "services.*.sidecars.*.mounts[].reason": [
    "services.web.sidecars.nginx.mounts[0].reason",
    "",
    "a'b",
    "ä",
    long(101),
  ],
  "fileSystems.*.label": ["fileSystems.media.label", "", "-a", "a'b", long(65)],
  "services.*.writablePaths": ["services.web.writablePaths[0]", "tmp", "/t mp", "/"],
  "services.*.sharedVolumes.*.path": ["services.web.sharedVolumes.static.path", "tmp", "/t mp", "/", "//"],
  "services.*.openTelemetry.image": ["services.web.openTelemetry.image", "collector", "collector:latest"],
  "services.*.sidecars.*.image": [
    "services.web.sidecars.nginx.image",
    "nginx",
    "nginx:latest",
    "Team/Nginx:1",
  ],
  "services.*.sidecars.*.imageCredentials.secretsManager": [
    "services.web.sidecars.nginx.imageCredentials.secretsManager",
    "a b",
    "arn:aws:ssm:eu-west-1:111122223333:parameter/login",
  ],
  "services.*.sidecars.*.user": [
    "services.web.sidecars.nginx.user",
    "",
    "Nginx",
    "101:",
    "a b",
    "101:101:101",
  ],
  "services.*.sidecars.*.secrets.*.secretsManager": [
    "services.web.sidecars.nginx.secrets.KEY.secretsManager",
    "a b",
    "arn:aws:ssm:eu-west-1:111122223333:parameter/key",
  ],
  "services.*.sidecars.*.secrets.*.shared": [
    "services.web.sidecars.nginx.secrets.SHARED.shared",
    "Signing",
    "a_b",
    "nothing",
  ],
  "services.*.sidecars.*.secrets.*.jsonKey": ["services.web.sidecars.nginx.secrets.KEY.jsonKey", "a:b", ""],
  "services.*.sidecars.*.secrets.*.ssmParameter": [
    "services.web.sidecars.nginx.secrets.MAIL.ssmParameter",
    "/aws/mail",
    "mail key",
  ],
  "services.*.sidecars.*.sharedVolumes.*.path": [
    "services.web.sidecars.nginx.sharedVolumes.static.path",
    "tmp",
    "/t mp",
    "/",
  ],
  "services.*.sidecars.*.writablePaths": [
    "services.web.sidecars.nginx.writablePaths[0]",
    "tmp",
    "/t mp",
    "/",
  ],
  "database.engineVersion": ["database.engineVersion", "9", "16.4.1", "latest"],
  "database.instanceClass": ["database.instanceClass", "t4g.medium", "db.T4G.medium"],
  "database.databaseName": ["database.databaseName", "my-shop", "1shop", long(64)],
  "database.username": ["database.username", "rdsadmin", "my-user", "1a", long(64)],
  "database.applicationUser.name": [
    "database.applicationUser.name",
    "rds_app",
    "pg_app",
    "rdsadmin",
    "public",
    "current_user",
    "my-user",
    "1a",
    long(64),
  ],
  "database.applicationUser.image": ["database.applicationUser.image", "postgres", "postgres:latest"],
  "database.backupWindow": ["database.backupWindow", "02:00", "02:00-02:29", "25:00-26:00"],
  "database.maintenanceWindow": [
    "database.maintenanceWindow",
    "04:00-05:00",
    "Sunday:04:00-05:00",
    "sun:04:00-sun:04:29",
  ],
  "database.passwordRotation.schedule": [
    "database.passwordRotation.schedule",
    "weekly",
    "rate(0 days)",
    "rate(1 week)",
    "cron(30 6 ? * TUE *)",
    "cron(0 6 ? * TUE)",
    "cron(0 24 ? * TUE *)",
  ],
  "database.developerAddress": ["database.developerAddress", "203.0.113.7", "0.0.0.0/0"],
  "cache.nodeType": ["cache.nodeType", "t4g.small", "cache.T4G.small"],
  "cache.snapshotWindow": ["cache.snapshotWindow", "03:00", "03:00-03:59"],
  "cache.maintenanceWindow": ["cache.maintenanceWindow", "05:00-06:00", "sun:05:00", "sun:05:00-sun:05:59"],
  "buckets.*.lifecycle[].prefix": ["buckets.media.lifecycle[0].prefix", "/exports", "ex*", "a b", long(513)],
  // "CORSRule" API reference: one wildcard at most.
  "buckets.*.cors[].origins": [
    "buckets.media.cors[0].origins[0]",
    "shop.example.com",
    "https://shop.example.com/",
    "https://*.*.example.com",
    "https://shop.example.com/a",
    "*",
  ],
  "buckets.*.cors[].headers": ["buckets.media.cors[0].headers[0]", "x-*-*", "Content Type", "a:b"],
  "buckets.*.cors[].exposedHeaders": ["buckets.media.cors[0].exposedHeaders[0]", "*", "Content Type", "a:b"],
  "encryption.key": ["encryption.key", "alias/mine", "mine"],
  "backup.schedule": ["backup.schedule", "daily", "cron(0 6 * * *)"],
  "backup.copyTo.region": ["backup.copyTo.region", "mars", "eu-west-1"],
  "registry.namespace": ["registry.namespace", "Shop", "shop/", "shop--images", long(129)],
  "registry.pulledBy": ["registry.pulledBy[0]", "21098765432", "arn:aws:iam::210987654321:root"],
  "registry.repositories": ["registry.repositories[0]", "My", "a--b"],
  "services.*.routes[].sourceCidrs": [
    "services.web.routes[0].sourceCidrs[0]",
    "203.0.113.7",
    "203.0.113.7/24",
    "office",
    "0.0.0.0/0",
  ],
  "loadBalancer.ingressCidrs": ["loadBalancer.ingressCidrs[0]", "203.0.113.7", "office"],
  "loadBalancer.responseHeaders.contentSecurityPolicy": [
    "loadBalancer.responseHeaders.contentSecurityPolicy",
    "default-src\n'self'",
    "ä",
    long(1025),
  ],
  "loadBalancer.waf.sensitivePaths.prefixes": [
    "loadBalancer.waf.sensitivePaths.prefixes[0]",
    "login",
    "/lo gin",
    "/login/*",
    `/${long(200)}`,
  ],
  "loadBalancer.waf.blockedCidrs": ["loadBalancer.waf.blockedCidrs[0]", "203.0.113.7", "0.0.0.0/0"],
  // "ScheduleExpression" and "ScheduleExpressionTimezone": CreateSchedule API reference.
  "services.*.schedules.*.expression": [
    "services.web.schedules.nightly.expression",
    "daily",
    "rate(0 days)",
    "rate(1 days)",
    "rate(2 weeks)",
    "cron(0 3 * * *)",
    "cron(0 3 * * * *)",
    "cron(60 3 * * ? *)",
    "at(2027-02-30T03:00:00)",
    "at(2027-01-31)",
  ],
  "services.*.schedules.*.timeZone": [
    "services.web.schedules.nightly.timeZone",
    "+01:00",
    "Berlin",
    "Europe/Berlim",
  ],
  // "DomainNameString"; the first name of a certificate is shorter still.
  "dns.domain": [
    "dns.domain",
    "shop",
    "Shop.com",
    "a_b.com",
    "a.*.com",
    "-a.com",
    `${long(61)}.com`,
    `${long(64)}.com`,
  ],
  "dns.alternativeNames": [
    "dns.alternativeNames[0]",
    "shop",
    "a.*.com",
    "a_b.com",
    `${`${long(60)}.`.repeat(5)}com`,
  ],
  "dns.hostedZoneName": ["dns.hostedZoneName", "*.example.com", "example"],
  "dns.hostedZoneId": ["dns.hostedZoneId", "example.com", "/hostedzone/Z123"],
  "dns.certificateArn": [
    "dns.certificateArn",
    "certificate/1",
    "arn:aws:iam::111122223333:server-certificate/a",
    "arn:aws:acm:us-east-1:111122223333:certificate/0a1b",
  ],
  "state.bucket": ["state.bucket", "My", "a", "a_b", "a..b", "192.168.0.1", "xn--a", "a-s3alias", long(64)],
  "state.region": ["state.region", "mars"],
  "state.keyPrefix": ["state.keyPrefix", "/a", "a/", "a b"],
  "state.kmsKeyId": ["state.kmsKeyId", "mine", "alias/my key"],
  // "A parameter name can't be prefixed with aws or ssm"; letters, digits, hyphens, underscores and full stops between slashes.
  "outputs.parameterPrefix": [
    "outputs.parameterPrefix",
    "platforms",
    "/platforms/",
    "//platforms",
    "/our platforms",
    "/aws",
    "/SSM/a",
    "/a".repeat(13),
    `/${long(128)}`,
  ],
  "monitoring.emails": ["monitoring.emails[0]", "ops", "ops@", "ops@example"],
  "monitoring.runbookUrl": ["monitoring.runbookUrl", "https://a.com/b#c", "a b", `https://${long(500)}.com`],
  "accountSecurity.cloudTrail.kmsKeyArn": [
    "accountSecurity.cloudTrail.kmsKeyArn",
    "alias/mine",
    ARN_OF_A_KEY.replace("eu-west-1", "us-east-1"),
  ],
  "accountSecurity.securityHub.standards": [
    "accountSecurity.securityHub.standards[0]",
    "cis",
    "arn:aws:iam::aws:policy/a",
  ],
  "ci.github.repository": ["ci.github.repository", "shop", "shop/*", "a b/c"],
  "ci.github.deployFrom.environment": ["ci.github.deployFrom.environment", "a b", "*"],
  "ci.github.deployFrom.branch": ["ci.github.deployFrom.branch", "release/*", "a b"],
  "ci.own.stacks": ["ci.own.stacks[0]", "My Stack"],
  "ci.own.resources[].types": ["ci.own.resources[0].types[0]", "s3_bucket", "aws_S3"],
  "ci.own.resources[].read": ["ci.own.resources[0].read[0]", "GetObject", "s3 GetObject"],
  "ci.own.resources[].write": ["ci.own.resources[0].write[0]", "PutObject", "s3 PutObject"],
  "ci.own.resources[].resources": ["ci.own.resources[0].resources[0]", "bucket", "arn:aws"],
  "ci.own.roles[].actions": ["ci.own.roles[0].actions[0]", "GetObject", "s3 GetObject"],
  "ci.own.roles[].resources": ["ci.own.roles[0].resources[0]", "bucket", "arn:aws"],
  "extraMembers.*.label": ["extraMembers.search.label", "a?b", "ä", "a'b"],
  "extraFlows[].description": ["extraFlows[0].description", "", "a'b", "ä", long(256)],
  "extraFlows[].reason": ["extraFlows[0].reason", "", "a'b", "ä", long(101)],
  "describedFlows[].description": ["describedFlows[0].description", "", "a'b", "ä", long(256)],
  "describedFlows[].reason": ["describedFlows[0].reason", "", "a'b", "ä", long(101)],
};

/** Texts that AWS takes as they are, or that never become a value of its. */
const ANY_TEXT: Readonly<Record<string, string>> = {
  "services.*.buckets[].bucket": "names a bucket of the file, and is none of AWS's values",
  "services.*.entryPoint": "ECS takes any words",
  "services.*.command": "ECS takes any words",
  "services.*.environment": "ECS takes any value",
  "services.*.notSecret": "a reason for people",
  "services.*.permissions[].reason": "a reason for people",
  "services.*.bindings": "names a fact of the platform, and is none of AWS's values",
  "services.*.healthCheck.command": "ECS takes any command",
  "services.*.targetContainer": "names a sidecar, and is none of AWS's values",
  "services.*.sidecars.*.entryPoint": "ECS takes any words",
  "services.*.sidecars.*.command": "ECS takes any words",
  "services.*.sidecars.*.healthCheck.command": "ECS takes any command",
  "services.*.sidecars.*.environment": "ECS takes any value",
  "services.*.sidecars.*.notSecret": "a reason for people",
  "services.*.sidecars.*.bindings": "names a fact of the platform, and is none of AWS's values",
  "services.*.connectsTo": "names a data store or a service, and is none of AWS's values",
  "services.*.connectsTo[].to": "names a data store or a service, and is none of AWS's values",
  "services.*.connectsTo[].checkCommand": "ECS takes any words",
  "services.*.oneOffCommands": "ECS takes any words",
  "services.*.oneOffCommands.*.entryPoint": "ECS takes any words",
  "services.*.oneOffCommands.*.command": "ECS takes any words",
  "services.*.django.settingsModule": "a variable's value",
  "services.*.django.allowedHosts": "a variable's value",
  "services.*.schedules.*.command": "ECS takes any words",
  "services.*.schedules.*.command.entryPoint": "ECS takes any words",
  "services.*.schedules.*.command.command": "ECS takes any words",
  "database.parameters": "PostgreSQL itself says which values: tried below by key",
  "cache.parameters": "Redis itself says which values: tried below by key",
  "extraFlows[].source": "names a member, and is none of AWS's values",
  "extraFlows[].destination": "names a member, and is none of AWS's values",
  "describedFlows[].source": "names a member, and is none of AWS's values",
  "describedFlows[].destination": "names a member, and is none of AWS's values",
};

const TEXT_FIELDS = fieldList()
  .filter(({ type }) => /\btexts?\b/.test(type))
  .map(({ path }) => path);

it("has a row for each text", () => {
  const known = [...Object.keys(REFUSED), ...Object.keys(ANY_TEXT)];
  expect(TEXT_FIELDS.filter((path) => !known.includes(path) && !path.startsWith("policies."))).toEqual([]);
  expect(known.filter((path) => !TEXT_FIELDS.includes(path))).toEqual([]);
});

it("starts from what is valid", () => expect(problemsOf(valid)).toEqual([]));

it.each(
  Object.entries(REFUSED).flatMap(([path, [at, ...values]]) =>
    values.map((value) => [path, value, at] as const),
  ),
)("refuses in %s %j", (_path, value, at) => {
  // Whatever else a lone value lacks is said of other fields.
  const section = at.replace(/\[\d+\]$/, "");
  expect(
    problemsOf(withValue(at, value))
      .map(({ path }) => path)
      .filter((path) => path.startsWith(section)),
  ).not.toEqual([]);
});

describe("tags", () => {
  const tagProblems = (tags: Record<string, string>) =>
    problemsOf({ ...valid, accountSecurity: undefined, tags }).map(({ path, remedy }) => [path, remedy]);

  it("takes what all services take", () => {
    expect(tagProblems({ "Cost Center": "Größe 42 / a+b=c_d.e:f@g-h", Empty: "" })).toEqual([]);
  });

  it.each(["a&b", "a*", '"a"', "a\nb", "%{if}", "${a}"])("refuses the key %j", (key) => {
    expect(tagProblems({ [key]: "x" })).toEqual([
      [`tags.${key}`, expect.stringContaining("take nothing else in a tag")],
    ]);
  });

  it("refuses keys that differ by capitals alone, among themselves and from the platform's own", () => {
    expect(tagProblems({ Team: "a", team: "b" })).toEqual([
      [
        "tags.team",
        'Choose another name, or write "Team": it differs from that by capitals alone, and IAM takes just one of them.',
      ],
    ]);
    for (const key of ["environment", "managedby", "NAME"]) {
      expect(tagProblems({ [key]: "x" })).toEqual([
        [`tags.${key}`, expect.stringContaining("which every resource has, by capitals alone")],
      ]);
    }
  });

  it("refuses more than a resource takes beside the platform's own", () => {
    const tags = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, "x"]));
    expect(tagProblems(tags(47))).toEqual([]);
    expect(tagProblems(tags(48))).toEqual([["tags", expect.stringMatching(/^Use 47 tags at most/)]]);
  });

  it("refuses what GuardDuty and CloudTrail alone refuse where they are there", () => {
    const paths = (accountSecurity: object) =>
      problemsOf({ ...valid, accountSecurity, tags: { "Cost Center": "a", Empty: "" } }).map(
        ({ path }) => path,
      );
    expect(paths({})).toEqual(["tags.Cost Center", "tags.Empty"]);
    expect(paths({ guardDuty: false })).toEqual(["tags.Empty"]);
    expect(paths({ cloudTrail: false })).toEqual(["tags.Cost Center"]);
  });
});

it.each([
  ["database", "log min"],
  ["database", ""],
  ["cache", "maxmemory policy"],
  ["cache", ""],
])("refuses in %s.parameters the key %j", (store, key) => {
  const input = { ...valid, [store]: { parameters: { [key]: "1" } } };
  expect(problemsOf(input).map(({ path }) => path)).toEqual([`${store}.parameters.${key}`]);
});

it("takes a secret by its name, its ARN, and its ARN without the six characters", () => {
  for (const secret of [
    "shop/sentry",
    "shop+a=b.c@d_e",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/dsn-AbCdEf",
  ]) {
    expect(problemsOf(withValue("services.web.secrets.DSN.secretsManager", secret))).toEqual([]);
  }
});
