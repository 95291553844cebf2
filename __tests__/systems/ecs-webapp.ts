// ecs-webapp: one web service without data stores, its load balancer open to chosen addresses, its state in S3.
import { defineEnvironment } from "../../src/validation/define-environment";

const name = "ecs-webapp";

export default defineEnvironment({
  name,
  region: "us-east-1",
  tags: { Project: name, Stage: "prod" },
  names: {
    cluster: `${name}-cluster`,
    securityGroups: { web: `${name}-ecs-sg` },
    services: { web: { service: name, logGroup: `/ecs/${name}` } },
  },
  network: {
    cidr: "10.30.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b"],
  },
  services: {
    web: {
      image: "ecs-webapp/web:1.0.0",
      port: 5000,
      cpu: 256,
      memory: 512,
      autoscaling: { minimum: 2, maximum: 6 },
      healthCheckPath: "/health",
      healthCheck: {
        command: "curl -f http://localhost:5000/health || exit 1",
        intervalSeconds: 30,
        timeoutSeconds: 5,
        retries: 3,
        startPeriodSeconds: 60,
      },
    },
  },
  // Who may come in, and on which of 80 and 443.
  loadBalancer: { ingressCidrs: ["0.0.0.0/0"], ports: [80] },
  policies: {
    suppress: [
      {
        policy: "http-redirects",
        resource: "django/aws_lb_listener.http",
        reason: "It shows a load balancer on port 80 alone, without a domain.",
      },
    ],
  },
  state: { backend: "s3", bucket: "ecs-webapp-terraform-state", region: "us-east-1", createBucket: true },
});
