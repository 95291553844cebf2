// lightwave-prod: one Django service with PostgreSQL and Redis, behind HTTPS at api.lightwave-media.ltd.
import { defineEnvironment } from "../validation/define-environment";

export default defineEnvironment({
  name: "lightwave-django-prod",
  region: "us-east-1",
  tags: { Project: "lightwave", Stage: "prod" },
  names: {
    cluster: "lightwave-prod",
    securityGroups: { django: "lightwave-django-prod-ecs-sg" },
    services: {
      django: {
        service: "lightwave-django-prod",
        logGroup: "/ecs/lightwave-django-prod",
      },
    },
  },
  network: {
    cidr: "10.0.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b"],
    natGateways: "per-zone",
  },
  services: {
    django: {
      image: "lightwave/django:1.0.0",
      port: 8000,
      cpu: 512,
      memory: 1024,
      desiredCount: 2,
      autoscaling: { minimum: 2, maximum: 10 },
      capacity: { base: 2, fargateWeight: 1, spotWeight: 1 },
      healthCheckPath: "/health/live/",
      connectsTo: [
        { to: "postgres", description: "Allow Django ECS to PostgreSQL" },
        { to: "redis", description: "Allow Django ECS to Redis" },
      ],
      django: { settingsModule: "config.settings.production" },
    },
  },
  database: { databaseName: "lightwave", username: "lightwave" },
  cache: {},
  dns: { domain: "api.lightwave-media.ltd" },
  // As rules made by hand were described, so that `npm run ops -- adopt` takes those over as they are.
  describedFlows: [{ source: "alb", destination: "django", description: "Allow ALB to Django containers" }],
  // For the whole account, which has one of each: no other environment in it declares this.
  accountSecurity: {},
});
