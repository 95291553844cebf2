// The Django example as the platform runs it: its containers from the synthesized task definitions, on a real PostgreSQL, Redis and
// nginx, with an emulator for AWS. One row of versions after the other.
import { spawnSync } from "node:child_process";
import { cache } from "./cache";
import { connections } from "./connections";
import { freshProject } from "./fresh-project";
import { healthChecks } from "./health-checks";
import { launcher } from "./launcher";
import { logs } from "./logs";
import { password } from "./password";
import { releases } from "./releases";
import { secrets } from "./secrets";
import { settings } from "./settings";
import type { EnvironmentName } from "./support/environments";
import { requirePrerequisites } from "./support/prerequisites";
import { rowsAskedFor } from "./support/rows";
import { openShop, type Shop } from "./support/shop";
import { createStage, EXAMPLE, type Stage } from "./support/stage";
import { tasks } from "./tasks";
import { uploads } from "./uploads";
import { web } from "./web";

// What is waited for has a time of its own, which says more; a busy machine is no fault.
jest.setTimeout(300_000);

const rows = rowsAskedFor();
requirePrerequisites(rows);

launcher();

describe.each(rows)("%s", (_name, row) => {
  let stage: Stage | undefined;
  const get = (): Stage => {
    if (stage === undefined) {
      throw new Error("The servers did not start.");
    }
    return stage;
  };
  beforeAll(async () => {
    stage = await createStage(row);
  }, 600_000);
  afterAll(async () => {
    await stage?.stop();
  });

  test("the package that a team copies passes its own tests", () => {
    const { environment } = get().image;
    const { status, stderr } = spawnSync("python", ["-B", "manage.py", "test", "tests"], {
      cwd: EXAMPLE,
      env: { ...environment, IMAGE_BUILD: "True" },
      encoding: "utf8",
    });
    expect(stderr).toMatch(/^Ran [1-9]\d* tests/m);
    expect(stderr).toMatch(/^OK$/m);
    expect(status).toBe(0);
  });

  healthChecks(get);
  freshProject(get);
  settings(get);

  describe("the shop", () => {
    const shops: Partial<Record<EnvironmentName, Shop>> = {};
    const opened = (name: EnvironmentName) => (): Shop => {
      const shop = shops[name];
      if (shop === undefined) {
        throw new Error(`${name} did not open.`);
      }
      return shop;
    };
    const open = opened("shop");
    const plain = opened("plain");
    beforeAll(async () => {
      await Promise.all(
        (["shop", "plain"] as const).map(async (name) => {
          shops[name] = await openShop(await get().platform(name));
        }),
      );
    }, 300_000);

    // Both take long, and run beside what follows.
    const last = [connections(get, open, row), releases(get, open)];
    uploads(get, open);
    web(get, open);
    secrets(get, open, plain);
    logs(get, open);
    tasks(row, get, open);
    cache(get, open);
    password(get, plain);
    for (const register of last) {
      register();
    }
  });
});
