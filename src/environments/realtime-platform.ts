// realtime-platform: an HTTP API, a Socket.IO server and queue workers, six security groups, on one database and cache.
import { defineEnvironment } from "../validation/define-environment";

const name = "realtime-platform";

export default defineEnvironment({
  name,
  region: "us-east-1",
  tags: { Project: name, Stage: "prod" },
  names: { securityGroups: { postgres: `${name}-rds-sg` } },
  network: {
    cidr: "10.20.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b"],
  },
  // None says `django`: their images are not known to be. A Django service does, and then gets a SECRET_KEY, ALLOWED_HOSTS and
  // a health check of its container, which asks with Python.
  services: {
    api: {
      label: "ECS API",
      image: "realtime-platform/api:1.0.0",
      port: 3001,
      cpu: 512,
      memory: 1024,
      autoscaling: { minimum: 2, maximum: 10 },
      connectsTo: [
        { to: "postgres", description: "PostgreSQL from ECS API", reason: "Database queries" },
        {
          to: "redis",
          description: "Redis from ECS API (for caching)",
          reason: "Session cache, query cache, rate limiting",
        },
      ],
      sendsTo: ["jobs"],
    },
    realtime: {
      label: "ECS Realtime",
      image: "realtime-platform/realtime:1.0.0",
      port: 3002,
      cpu: 512,
      memory: 1024,
      autoscaling: { minimum: 2, maximum: 10 },
      // Socket.IO begins with long polling, whose requests must all reach the same task.
      routes: [{ priority: 10, paths: ["/socket.io", "/socket.io/*"] }],
      stickySessions: { durationSeconds: 86_400 },
      connectsTo: [
        { to: "postgres", description: "PostgreSQL from ECS Realtime", reason: "User lookup" },
        { to: "redis", description: "Redis from ECS Realtime", reason: "Pub/sub, presence" },
      ],
    },
    workers: {
      label: "ECS Workers",
      image: "realtime-platform/workers:1.0.0",
      cpu: 512,
      memory: 1024,
      autoscaling: { minimum: 2, maximum: 20 },
      connectsTo: [
        { to: "postgres", description: "PostgreSQL from ECS Workers", reason: "Database writes" },
        {
          to: "redis",
          description: "Redis from ECS Workers (for rate limiting/caching)",
          reason: "Distributed locks, rate limiting, cache",
        },
      ],
      consumesFrom: ["jobs"],
    },
  },
  database: { databaseName: "realtime", username: "realtime" },
  cache: {},
  queues: { jobs: { visibilityTimeoutSeconds: 900 } },
  loadBalancer: {
    // A WebSocket without traffic lives as long as this; Socket.IO's own ping comes every 25 seconds.
    idleTimeoutSeconds: 3600,
    // Where a proxy lets no WebSocket through, Socket.IO goes on polling, and an office shares one address.
    waf: { rateLimit: 10_000 },
  },
  dns: { domain: "realtime-platform.example.com" },
  describedFlows: [
    {
      source: "internet",
      destination: "alb",
      port: 80,
      description: "HTTP from internet (redirect to HTTPS)",
      reason: "HTTP to HTTPS redirect",
    },
    {
      source: "internet",
      destination: "alb",
      port: 443,
      description: "HTTPS from internet",
      reason: "HTTPS access",
    },
    { source: "alb", destination: "api", description: "HTTP from ALB", reason: "API requests" },
    {
      source: "alb",
      destination: "realtime",
      description: "HTTP/WebSocket from ALB",
      reason: "WebSocket/polling",
    },
    {
      source: "api",
      destination: "internet",
      description: "Allow outbound for AWS services and external APIs",
    },
    {
      source: "realtime",
      destination: "internet",
      description: "Allow outbound for AWS services and external APIs",
    },
    {
      source: "workers",
      destination: "internet",
      description: "Allow outbound for SQS, RDS, Redis, push services",
    },
  ],
  // Each address has to confirm, by the link in a first e-mail.
  monitoring: { emails: ["ops@realtime-platform.example.com"] },
});
