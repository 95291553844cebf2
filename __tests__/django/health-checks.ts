// The health checks as the task definitions and target groups have them.
import { ASGI, WSGI } from "./support/commands";
import { eventually } from "./support/container";
import type { EnvironmentName } from "./support/environments";
import type { Stage } from "./support/stage";

/** Nothing answers there. */
const NOWHERE = { DATABASE_PORT: "1", REDIS_PORT: "1" };

const CASES: readonly (readonly [EnvironmentName, string, string, readonly string[], number])[] = [
  ["lightwave-prod", "django", "WSGI", WSGI, 0],
  ["lightwave-prod", "django", "ASGI", ASGI, 1000],
  ["pdf-excel-prod", "backend", "WSGI", WSGI, 1000],
  ["helloapi", "api", "ASGI", ASGI, 0],
  ["all-options", "web", "WSGI", WSGI, 1000],
];

export function healthChecks(stage: () => Stage): void {
  describe("health checks", () => {
    test.each(CASES)("%s's %s by %s is healthy without a database and a cache", async (...given) => {
      const [environment, service, , command, user] = given;
      const platform = await stage().platform(environment);
      const container = await platform.serve(service, command, { user, environment: NOWHERE });
      expect(await container.isHealthy()).toBe(true);
      expect(container.log()).not.toMatch(/ERROR|Traceback/);
      expect((await container.run(["id", "-u"])).output.trim()).toBe(String(user));
      // It is not killed, which comes after 120 seconds.
      expect((await container.stop()).seconds).toBeLessThan(60);
    });

    test("the files are read-only but for the declared paths", async () => {
      const platform = await stage().platform("lightwave-prod");
      const container = await platform.serve("django", WSGI);
      const folders = "/ /app /etc /usr /home/app /var/tmp /var/log/amazon /tmp /dev/shm";
      const script = `for folder in ${folders}; do touch $folder/new 2>/dev/null && echo $folder; done`;
      expect((await container.run(["sh", "-c", script])).output.split("\n")).toEqual([
        "/tmp",
        "/dev/shm",
        "",
      ]);
      await container.kill();
    });

    test("an image without collectstatic does not become healthy", async () => {
      const platform = await stage().platform("helloapi");
      const script = `cp -r config django_on_aws shop /tmp && cd /tmp && exec ${WSGI.join(" ")}`;
      const container = await platform.start("api", ["sh", "-c", script]);
      await eventually(
        "gunicorn says why",
        () => /no manifest of the static files/.test(container.log()),
        container.log,
      );
      expect(await platform.answersHealthCheck(container)).toBe(false);
      await container.kill();
    });

    test("a server whose application cannot start ends its container, and says why", async () => {
      const platform = await stage().platform("helloapi");
      const exitCodes = [WSGI, ASGI].map(async (command) => {
        const container = await platform.start("api", command, { without: ["SECRET_KEY"] });
        let isOver = false;
        container.ended.then(() => {
          isOver = true;
        });
        await eventually("the container ends", () => isOver, container.log, 60_000);
        expect(container.log()).toContain("The environment variable SECRET_KEY is not set.");
        return (await container.ended).exitCode;
      });
      // 3 is gunicorn's for workers that do not start; 1, where it notices at another moment.
      for (const exitCode of await Promise.all(exitCodes)) expect([1, 3]).toContain(exitCode);
    });
  });
}
