// helloapi: a Django API with its database, reached over plain HTTP until it has a domain.
import { defineEnvironment } from "../validation/define-environment";

export default defineEnvironment({
  name: "helloapi",
  region: "us-east-1",
  tags: { Project: "helloapi", Stage: "prod" },
  names: {
    loadBalancer: "helloapi-alb",
    database: "helloapi-db",
    // In place of the conventional helloapi/database. Only a password that the platform makes can have it: one that RDS keeps, and
    // replaces every 90 days with passwordRotation: { schedule: "rate(90 days)" }, stands in a secret that RDS names (rds!db-...).
    databaseSecret: "helloapi/db/PASSWORD",
    flowLogs: "/aws/vpc/helloapi",
    webAcl: "helloapi-waf",
    alarms: { "api/failed-logins": "helloapi-failed-logins" },
    securityGroups: { api: "helloapi-ecs-sg", postgres: "helloapi-rds-sg" },
    services: { api: { targetGroup: "helloapi-tg" } },
  },
  network: {
    cidr: "10.40.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b"],
  },
  services: {
    api: {
      label: "API",
      image: "helloapi/api:1.0.0",
      port: 8000,
      cpu: 256,
      memory: 512,
      autoscaling: { minimum: 2, maximum: 6 },
      connectsTo: ["postgres"],
      django: {},
    },
  },
  database: {
    databaseName: "helloapi",
    username: "helloapi",
    credentials: "secrets-manager",
    backupRetentionDays: 7,
    performanceInsightsRetentionDays: 7,
  },
  monitoring: { thresholds: { failedLogins: 10 } },
  // An account has one trail, which an environment beside this one may have already. Where none has, accountSecurity: {}
  // makes helloapi-trail.
  // For HTTPS, the redirect and secure cookies, fill in dns: { domain: "api.example.com" }, in place of policies.
  policies: {
    suppress: [
      {
        policy: "http-redirects",
        resource: "django/aws_lb_listener.http",
        reason: "It starts on plain HTTP, until a domain is chosen.",
      },
    ],
  },
});
