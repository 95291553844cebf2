// When the database's password changes, and who is restarted then.
import { lookSchedule, restartedServices } from "../../src/model/database-login";
import { EnvironmentError } from "../../src/schema/problem";
import { defineEnvironment } from "../../src/validation/define-environment";

const service = { image: "shop/web:1.0.0", cpu: 256, memory: 512, connectsTo: ["postgres" as const] };

/** Environment files are TypeScript, but nothing keeps a bad value from being cast or computed. */
function define(database: object, services: object = { web: service }) {
  return Reflect.apply(defineEnvironment, undefined, [
    {
      name: "shop",
      region: "eu-west-1",
      network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
      services,
      database,
    },
  ]);
}

function problem(database: object): string {
  try {
    define(database);
  } catch (error) {
    if (error instanceof EnvironmentError) {
      return error.message;
    }
    throw error;
  }
  return "";
}

describe("The services that are restarted after a change of the password", () => {
  const services = {
    web: service,
    reads: { ...service, databaseLogin: "at-connection" },
    alone: { image: "shop/web:1.0.0", cpu: 256, memory: 512 },
    own: { ...service, secrets: { DATABASE_PASSWORD: { secretsManager: "shop/own-user" } } },
  };

  it("are those that were given it when they started", () => {
    expect(restartedServices(define({}, services))).toEqual(["web"]);
  });

  it("are none where nobody rotates, or somebody else sees to it", () => {
    expect(restartedServices(define({ credentials: "secrets-manager" }, services))).toEqual([]);
    expect(restartedServices(define({ passwordRotation: { restartServices: false } }, services))).toEqual([]);
  });
});

describe("The schedule by which it is looked", () => {
  it.each([
    ["cron(0 6 ? * TUE *)", 1, "cron(0/5 6,7 * * ? *)"],
    ["cron(0 22 1 * ? *)", 2, "cron(0/5 0,22,23 * * ? *)"],
    ["rate(90 days)", 1, "cron(0/5 0,1 * * ? *)"],
  ])(
    "of %s, open for %i hours, is every five minutes until an hour later: %s",
    (schedule, windowHours, looks) => {
      expect(lookSchedule({ schedule, windowHours, restartServices: true })).toBe(looks);
    },
  );
});

describe("passwordRotation", () => {
  it.each([
    "rate(90 days)",
    "rate(1 day)",
    "cron(0 6 ? * TUE *)",
    "cron(0 23 1 1,4,7,10 ? *)",
    "cron(0 4 ? * SUN#1 *)",
  ])("takes %s", (schedule) => {
    expect(problem({ passwordRotation: { schedule } })).toBe("");
  });

  it.each([
    "rate(12 hours)",
    "rate(0 days)",
    "cron(30 6 ? * TUE *)",
    "cron(0 24 ? * TUE *)",
    "cron(0 0/4 * * ? *)",
    "cron(0 6 ? * TUE)",
    "every Tuesday",
  ])("refuses %s", (schedule) => {
    expect(problem({ passwordRotation: { schedule } })).toContain("database.passwordRotation.schedule");
  });

  it("refuses a window that reaches into the next day, which AWS refuses, too", () => {
    expect(problem({ passwordRotation: { schedule: "cron(0 22 1 * ? *)", windowHours: 2 } })).toBe("");
    expect(problem({ passwordRotation: { schedule: "cron(0 22 1 * ? *)", windowHours: 3 } })).toContain(
      "database.passwordRotation.windowHours",
    );
  });

  it("is refused where nobody rotates", () => {
    expect(problem({ credentials: "secrets-manager", passwordRotation: {} })).toContain(
      "RDS rotates only the password that it keeps itself",
    );
  });
});
