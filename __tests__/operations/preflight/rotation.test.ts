// Whether a password rotates and nothing follows, which a deployment would not show until the first rotation.
import { rotationFinding } from "../../../src/operations/preflight/services";
import type { EnvironmentInput } from "../../../src/schema/environment";
import { defineEnvironment } from "../../../src/validation/define-environment";

const web = { image: "shop/web:1.0.0", cpu: 256, memory: 512, connectsTo: ["postgres"] } as const;

function finding(changes: Partial<EnvironmentInput>) {
  const environment = defineEnvironment({
    name: "shop",
    region: "eu-west-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    services: { web },
    database: {},
    ...changes,
  });
  return rotationFinding(environment);
}

const nothingFollows = { passwordRotation: { restartServices: false } };

it("passes where the platform restarts, or no service keeps the password", () => {
  expect(finding({})).toEqual({
    status: "pass",
    detail: "After each change of it, new tasks of web are started.",
  });
  const services = { web: { ...web, databaseLogin: "at-connection" } } as const;
  expect(finding({ services, database: nothingFollows })).toEqual({
    status: "pass",
    detail: "No service keeps it: each reads it when it connects, or logs in as the application's own user.",
  });
});

it("fails where it rotates and nothing follows, with what to do", () => {
  const { status, detail } = finding({ database: nothingFollows });
  expect(status).toBe("fail");
  expect(detail).toContain("RDS rotates it (cron(0 6 ? * TUE *)), and nothing restarts web");
  expect(detail).toContain('databaseLogin: "at-connection"');
});

it("passes where somebody has said who restarts instead, and repeats it", () => {
  const suppress = [
    { policy: "rotation-followed", resource: "django/aws_ecs_service.web", reason: "Our scheduler does." },
  ];
  expect(finding({ database: nothingFollows, policies: { suppress } })).toEqual({
    status: "pass",
    detail: "The environment accepts that the platform restarts nothing: Our scheduler does.",
  });
});

it("has nothing to say where nobody rotates", () => {
  expect(finding({ database: { credentials: "secrets-manager" } }).status).toBe("skipped");
});
