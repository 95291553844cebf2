// pdf-excel-prod: a frontend and a Django backend on one database, which the VPC's addresses may reach, too.
import { defineEnvironment } from "../../src/validation/define-environment";

/** Put there by hand, once: `aws secretsmanager create-secret --name pdf-excel-prod/sentry-dsn --secret-string ...` */
const sentry = { SENTRY_DSN: { secretsManager: "pdf-excel-prod/sentry-dsn" } };

const database = { to: "postgres", description: "Allow ECS tasks to connect" } as const;

export default defineEnvironment({
  name: "pdf-excel-prod",
  region: "us-east-1",
  tags: { Project: "pdf-excel", Stage: "prod" },
  names: {
    database: "pdf-excel-saas-prod-db",
    securityGroups: {
      frontend: "pdf-excel-ecs-frontend-sg",
      backend: "pdf-excel-ecs-backend-sg",
      postgres: "pdf-excel-rds-sg",
    },
  },
  network: {
    cidr: "10.0.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b"],
  },
  services: {
    frontend: {
      image: "pdf-excel/frontend:1.0.0",
      port: 3000,
      cpu: 256,
      memory: 512,
      autoscaling: { minimum: 2, maximum: 6 },
      healthCheckPath: "/health",
      healthCheck: { command: "wget -q -O /dev/null http://127.0.0.1:3000/health || exit 1" },
      connectsTo: [database],
      secrets: sentry,
    },
    backend: {
      image: "pdf-excel/backend:1.0.0",
      port: 8000,
      cpu: 1024,
      memory: 2048,
      autoscaling: { minimum: 2, maximum: 10 },
      healthCheckPath: "/health",
      routes: [{ priority: 10, paths: ["/api/*", "/admin/*", "/static/*"] }],
      connectsTo: [database],
      secrets: sentry,
      django: { settingsModule: "config.settings.production" },
    },
  },
  database: {
    databaseName: "pdf_excel",
    username: "pdf_excel",
    ingressFromVpc: true,
    // A developer's own address, for as long as it is needed: developerAddress: "203.0.113.7/32", and in describedFlows
    // { source: "203.0.113.7/32", destination: "postgres", description: "Allow local testing and script access" }.
  },
  describedFlows: [
    { source: "10.0.0.0/16", destination: "postgres", description: "Allow VPC internal access" },
  ],
  // What users upload looks to these rules like an attack: "Why does AWS WAF block my legitimate upload request?",
  // AWS Knowledge Center. They count, so that the log shows what they would block.
  loadBalancer: { waf: { count: ["CrossSiteScripting_BODY", "GenericLFI_BODY", "SQLi_BODY"] } },
  dns: { domain: "pdf-excel.example.com" },
});
