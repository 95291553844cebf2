// Whoever follows docs/django-settings.md in a new project has one that runs: the page's pieces are all that is added to it.

import { join } from "node:path";
import { manage, WSGI } from "./support/commands";
import { type Container, eventually } from "./support/container";
import { createFreshProject } from "./support/fresh-project";
import type { Platform } from "./support/platform";
import { ask } from "./support/requests";
import { EXAMPLE, type Stage } from "./support/stage";

export function freshProject(stage: () => Stage): void {
  describe("a new project that followed the page", () => {
    let platform: Platform;
    let web: Container;
    const running: Container[] = [];
    beforeAll(async () => {
      const { servers, image, collectStatic } = stage();
      const application = join(servers.folder, "fresh-project");
      createFreshProject(application, EXAMPLE, image.environment);
      const fresh = { ...image, application };
      await collectStatic(fresh);
      platform = await stage().platform("page", fresh);
    }, 300_000);
    // What comes after has the machine, and the queues' emulator, to itself.
    afterAll(async () => {
      await Promise.all(running.map((container) => container.kill()));
    });

    test("is migrated", async () => {
      const { exitCode, output } = await platform.run("web_migrate", manage("migrate", "--noinput"));
      expect(output).toMatch(/Applying sessions\.0001_initial\.\.\. OK/);
      expect(exitCode).toBe(0);
    });

    test("is healthy, with its files read-only and as another user than root", async () => {
      web = await platform.serve("web", WSGI);
      running.push(web);
      expect(await web.isHealthy()).toBe(true);
      const { output } = await web.run(["sh", "-c", "id -u; touch /app/new"]);
      expect(output).toMatch(/^1000\n.*Read-only file system/);
    });

    test("serves a page and its style sheet through the load balancer", async () => {
      const site = await platform.site("web");
      await site.setTargets(web);
      const page = await ask(site, "/admin/login/");
      expect(page.status).toBe(200);
      const [, style = ""] = /href="(\/static\/admin\/css\/base\.[0-9a-f]+\.css)"/.exec(page.body) ?? [];
      expect(await ask(site, style)).toMatchObject({ status: 200, body: expect.stringContaining("body {") });
      expect(web.log()).not.toMatch(/ERROR|Traceback/);
    });

    test("has its tasks done", async () => {
      const { command = [] } = await platform.definition("worker");
      const worker = await platform.start("worker", command);
      running.push(worker);
      const send = 'from core.tasks import greet; greet.delay("Vienna")';
      const sent = await web.run(manage("shell", "-c", send));
      expect(sent).toMatchObject({ exitCode: 0 });
      await eventually("the task is done", () => worker.log().includes("Good morning, Vienna."), worker.log);
      await eventually("the worker is healthy", () => worker.isHealthy(), worker.log);
    });
  });
}
