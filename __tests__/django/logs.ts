// What the application says of itself: log lines as the platform's filters count them, and what Sentry is told.
import { setTimeout as sleep } from "node:timers/promises";
import { takes } from "../support/log-filter/filter-pattern";
import { platformConfigs } from "../support/platform-configs";
import { WSGI } from "./support/commands";
import { type Container, eventually } from "./support/container";
import { ENVIRONMENTS, type EnvironmentName } from "./support/environments";
import { addAddress } from "./support/network";
import { ask, type Site } from "./support/requests";
import type { Shop } from "./support/shop";
import { signIn } from "./support/sign-in";
import type { Stage } from "./support/stage";
import { blocksOf } from "./support/synthesized-blocks";

/** Clients, on the bridge of this run. */
const CLIENTS = ["10.90.255.21", "10.90.255.22", "10.90.255.23"] as const;

/** How many of these lines each metric of a service counts. */
function counted(environment: EnvironmentName, service: string, text: string): Record<string, number> {
  const lines = text.split("\n").filter((line) => line !== "");
  const counts: Record<string, number> = {};
  for (const [, filter] of blocksOf(
    platformConfigs(ENVIRONMENTS[environment]).django,
    "aws_cloudwatch_log_metric_filter",
  )) {
    const [{ name }] = [filter.metric_transformation].flat() as [{ readonly name: string }];
    if (name.startsWith(`${service}-`)) {
      const metric = name.slice(service.length + 1);
      counts[metric] = (counts[metric] ?? 0) + lines.filter(takes(String(filter.pattern))).length;
    }
  }
  return counts;
}

export function logs(stage: () => Stage, shop: () => Shop): void {
  beforeAll(() => {
    for (const client of CLIENTS) {
      addAddress(`${client}/16`);
    }
  });

  describe.each(["web", "live"] as const)("the log of %s", (service) => {
    const parts = (): [Container, Site] =>
      service === "web" ? [shop().web, shop().webSite] : [shop().live, shop().liveSite];
    /** What is logged meanwhile. */
    const logged = async (action: (site: Site) => Promise<unknown>): Promise<string> => {
      const [container, site] = parts();
      const before = container.log().length;
      await action(site);
      await sleep(500);
      return container.log().slice(before);
    };

    test("has a log-in that fails once", async () => {
      const text = await logged((site) => signIn(site, "nobody", "wrong", { from: CLIENTS[0] }));
      expect(counted("shop", service, text)).toEqual({
        errors: 0,
        "failed-logins": 1,
        "failed-logins-axes": 0,
      });
      expect(text).toContain(`Login failed from ${CLIENTS[0]}`);
    });

    test("has nothing of a host that somebody made up", async () => {
      const text = await logged(async (site) => {
        const { status } = await ask({ ...site, host: "evil.example.org" }, "/client/");
        expect(status).toBe(400);
      });
      expect(counted("shop", service, text)).toEqual({
        errors: 0,
        "failed-logins": 0,
        "failed-logins-axes": 0,
      });
    });

    test("has an exception of a view once, as one line that holds its traceback", async () => {
      const text = await logged((site) => ask(site, "/error/"));
      expect(counted("shop", service, text)).toEqual({
        errors: 1,
        "failed-logins": 0,
        "failed-logins-axes": 0,
      });
      const [line = ""] = text.split("\n").filter((one) => one.includes("ERROR"));
      expect(JSON.parse(line)).toMatchObject({
        level: "ERROR",
        message: "Internal Server Error: /error/",
        traceback: expect.stringMatching(/^Traceback.*RuntimeError: This page always fails\.$/s),
      });
    });
  });

  test("django-axes locks the client out that guesses, and nobody else", async () => {
    const { webSite } = shop();
    const [, guesser, other] = CLIENTS;
    const tries: number[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      tries.push((await signIn(webSite, "somebody", `guess ${attempt}`, { from: guesser })).status);
    }
    expect(tries).toEqual([200, 200, 429, 429]);
    expect((await signIn(webSite, "somebody", "a typo", { from: other })).status).toBe(200);
  });

  test("a start logs no ERROR, and Sentry is told of exceptions, without a secret", async () => {
    // Nobody listens on the database's port: the exception goes through all that has the password.
    const platform = await stage().platform("pdf-excel-prod");
    const container = await platform.serve("backend", WSGI, {
      environment: { DATABASE_PORT: "1", SENTRY_ENVIRONMENT: "production" },
    });
    expect(counted("pdf-excel-prod", "backend", container.log()).errors).toBe(0);
    const site = await platform.site("backend");
    await site.setTargets(container);
    const headers = { Cookie: "sessionid=the-cookies-own-secret" };
    expect((await ask(site, "/error/", { headers })).status).toBe(500);
    expect((await ask(site, "/database/", { headers })).status).toBe(500);
    const { envelopes } = stage().servers.sentry;
    await eventually(
      "both arrive",
      () => envelopes().length >= 2,
      () => envelopes().join("\n") + container.log(),
      60_000,
    );
    expect(counted("pdf-excel-prod", "backend", container.log()).errors).toBe(2);
    await container.stop();
    const events = envelopes().map((envelope) => JSON.parse(envelope.split("\n")[2] ?? ""));
    expect(
      events.map(({ environment, exception }) => [environment, exception.values.at(-1).type]).sort(),
    ).toEqual([
      ["production", "OperationalError"],
      ["production", "RuntimeError"],
    ]);
    const {
      DATABASE_PASSWORD = "",
      SECRET_KEY = "",
      SECRET_KEY_FALLBACKS = "",
    } = container.definition.environment;
    for (const secret of [DATABASE_PASSWORD, SECRET_KEY, SECRET_KEY_FALLBACKS, "the-cookies-own-secret"]) {
      // Its beginning, which Python and JSON write as it is.
      const [start = ""] = secret.split(/['"\\]/);
      expect(start.length).toBeGreaterThan(8);
      expect([container.log(), ...envelopes()].filter((said) => said.includes(start))).toEqual([]);
    }
  });
}
