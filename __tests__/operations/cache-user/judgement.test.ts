// Whether services can log on to the cache with their password, before a deployment and after it.
import { judgeCacheAfter, judgeCacheBefore } from "../../../src/operations/cache-user/judgement";
import type { CacheUserState } from "../../../src/operations/cache-user/state";
import { defineEnvironment } from "../../../src/validation/define-environment";

const COMMAND = "npm run -s ops -- cache-user --environment shop";
const web = { image: "shop/web:1.0.0", cpu: 256, memory: 512, connectsTo: ["redis"] } as const;
const environment = defineEnvironment({
  name: "shop",
  region: "eu-west-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: { web, other: { ...web, connectsTo: [] } },
  cache: { authentication: "password" },
});

const there = { deployed: true, versionId: "two", byTerraform: undefined, status: "active" } as const;
const ABSENT: CacheUserState = { deployed: false };
const NEVER_GIVEN: CacheUserState = { ...there, inCache: undefined, passwords: 0 };
const RENEWED: CacheUserState = { ...there, inCache: "one", passwords: 1 };
const BOTH: CacheUserState = { ...there, inCache: "two", passwords: 2 };
const GIVEN: CacheUserState = { ...there, inCache: "two", passwords: 1 };
/** Somebody has made it a user of IAM again. */
const TAKEN_BACK: CacheUserState = { ...there, inCache: "two", passwords: 0 };

const facts = (state: CacheUserState) => ({ name: "shop", environment, state });

it.each([ABSENT, NEVER_GIVEN, RENEWED, TAKEN_BACK])(
  "before a deployment, it is said that services will be refused, of %j",
  (state) => {
    expect(judgeCacheBefore(facts(state), true)).toEqual({
      status: "skipped",
      detail: `From the deployment on, web cannot log on to the cache until it has its password. Right after it: ${COMMAND}`,
    });
    expect(judgeCacheBefore(facts(state), false)).toEqual({
      status: "skipped",
      detail: `Nothing runs yet. After the deployment: ${COMMAND}`,
    });
  },
);

it.each([BOTH, GIVEN])("before a deployment, nothing is missing of %j", (state) => {
  expect(judgeCacheBefore(facts(state), true).status).toBe("pass");
});

it.each([NEVER_GIVEN, RENEWED, TAKEN_BACK])("after a deployment, services are refused: %j", (state) => {
  expect(judgeCacheAfter(facts(state), true)).toEqual({
    status: "fail",
    detail: `web cannot log on with the secret's password: run ${COMMAND}`,
  });
});

it("after a deployment, a former password that is still taken is a fault", () => {
  expect(judgeCacheAfter(facts(BOTH), true)).toEqual({
    status: "fail",
    detail: `it takes a former password, too: once every service has new tasks, run ${COMMAND}`,
  });
});

it("after a deployment, one password is what is wanted, and without one nothing is deployed", () => {
  expect(judgeCacheAfter(facts(GIVEN), true).status).toBe("pass");
  expect(judgeCacheAfter(facts(ABSENT), true)).toEqual({ status: "skipped", detail: "not deployed yet" });
});

it("after a deployment, a cache without its users is open, whatever the user has", () => {
  expect(judgeCacheAfter(facts(GIVEN), false)).toEqual({
    status: "fail",
    detail: "it asks nobody for a password: its group of users was taken from it. Deploy again",
  });
});
