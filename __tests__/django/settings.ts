// Settings: what a container does without a variable that it needs, and what Django itself says of the rest.
import { manage } from "./support/commands";
import type { EnvironmentName } from "./support/environments";
import type { Stage } from "./support/stage";

/** Variables without which the shop's web service cannot be: its database, its cache, and SQS as the broker of its tasks. */
const REQUIRED = [
  "SECRET_KEY",
  "DATABASE_HOST",
  "DATABASE_PORT",
  "DATABASE_NAME",
  "DATABASE_SSLMODE",
  "REDIS_PORT",
  "REDIS_USER",
  "REDIS_CACHE_NAME",
  "AWS_DEFAULT_REGION",
  "QUEUE_URLS",
];

export function settings(stage: () => Stage): void {
  describe("settings", () => {
    test.each<[EnvironmentName, string, readonly string[]]>([
      ["shop", "web", ["security.W005", "security.W021"]],
      ["lightwave-prod", "django", ["security.W005", "security.W021"]],
      // Without a domain, the platform speaks plain HTTP.
      ["plain", "web", ["security.W004", "security.W008", "security.W012", "security.W016"]],
    ])("check --deploy warns in %s's %s of what the page explains", async (environment, service, ids) => {
      const platform = await stage().platform(environment);
      const { exitCode, output } = await platform.run(service, manage("check", "--deploy"));
      expect(exitCode).toBe(0);
      expect([...output.matchAll(/^\S+: \((\S+)\)/gm)].map(([, id]) => id).sort()).toEqual(ids);
    });

    test("migrate fails without a variable that it needs, and says which", async () => {
      const platform = await stage().platform("shop");
      const script = `for name in ${REQUIRED.join(" ")}; do
        env -u $name python manage.py migrate > /tmp/said 2>&1
        echo "$? $(tail -1 /tmp/said)"
      done`;
      const { output } = await platform.run("web", ["sh", "-c", script]);
      expect(output.trim().split("\n")).toEqual(
        REQUIRED.map(
          (name) =>
            `1 django.core.exceptions.ImproperlyConfigured: The environment variable ${name} is not set.`,
        ),
      );
    });
  });
}
