// Requests through the load balancer: what the application sees, what it answers, and what it does at once.
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { ENVIRONMENTS } from "./support/environments";
import { serverAddress } from "./support/platform";
import { ask, askJson } from "./support/requests";
import { LISTENER_PORT } from "./support/servers/load-balancer";
import type { Shop } from "./support/shop";
import type { Stage } from "./support/stage";

/** Headers of a browser's page on the shop's domain. */
const PAGE = { Referer: "https://shop.example.com/admin/login/" };

function cookies(headers: Readonly<Record<string, string | string[] | undefined>>): string[] {
  return [headers["set-cookie"] ?? []].flat();
}

export function web(stage: () => Stage, shop: () => Shop): void {
  describe("requests", () => {
    test("the client's address is the one that the load balancer saw, whatever the client says", async () => {
      const [from = ""] = serverAddress(ENVIRONMENTS.shop).split("/");
      const headers = { "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http" };
      for (const site of [shop().webSite, shop().liveSite]) {
        expect(await askJson(site, "/client/", { from, headers })).toEqual({
          address: from,
          scheme: "https",
          host: "shop.example.com",
        });
      }
    });

    test("five requests of 2 s at once are five 200, and the health checks are answered meanwhile", async () => {
      const { platform, web, webSite } = shop();
      const answers = Array.from({ length: 5 }, () => ask(webSite, "/slow/?seconds=2"));
      await sleep(500);
      expect(await platform.answersHealthCheck(web)).toBe(true);
      expect(await web.isHealthy()).toBe(true);
      expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    });

    test("a client that uploads a byte a second fails no health check", async () => {
      const { platform, web, webSite } = shop();
      const call = request({
        host: webSite.address,
        port: LISTENER_PORT,
        path: "/upload/",
        method: "POST",
        headers: { Host: webSite.host, "Content-Length": "6" },
      });
      call.on("error", () => undefined);
      const status = new Promise<number | undefined>((resolve) => {
        call.on("response", (answer) => resolve(answer.statusCode));
      });
      const checks: boolean[] = [];
      for (let sent = 0; sent < 6; sent += 1) {
        call.write("x");
        checks.push(await platform.answersHealthCheck(web));
        await sleep(1_000);
      }
      call.end();
      expect(checks).toEqual([true, true, true, true, true, true]);
      expect(await status).toBe(200);
    });

    test("the cache and sessions work, and cookies are secure", async () => {
      const { webSite } = shop();
      const first = await askJson<{ counter: number }>(webSite, "/cache/");
      const second = await askJson<{ counter: number }>(webSite, "/cache/");
      expect(second.counter).toBe(first.counter + 1);
      const begun = await ask(webSite, "/session/");
      const [cookie = ""] = cookies(begun.headers);
      expect(cookie).toMatch(/; Secure/);
      expect(cookie).toMatch(/; HttpOnly/);
      const headers = { Cookie: cookie.split(";")[0] ?? "" };
      expect(await askJson(webSite, "/session/", { headers })).toEqual({ counter: 2 });
    });

    test("a token with a wrong signature is refused by the cache", async () => {
      const { platform } = shop();
      const { exitCode, output } = await platform.run(
        "web",
        ["python", "manage.py", "shell", "-c", "from django.core.cache import cache; cache.get('x')"],
        { environment: { AWS_SECRET_ACCESS_KEY: "another" } },
      );
      expect(exitCode).toBe(1);
      expect(output).toContain("invalid username-password pair");
      expect(stage().servers.cache.log()).toContain("refused shop-app: wrong signature");
    });

    test("connections that the cache ends are opened again with fresh tokens", async () => {
      const { webSite } = shop();
      const { cache } = stage().servers;
      await askJson(webSite, "/cache/");
      const before = cache.log().match(/^accepted shop-app/gm)?.length ?? 0;
      await sleep(1_100);
      cache.admin("CLIENT", "KILL", "USER", "shop-app");
      await sleep(200);
      await askJson(webSite, "/cache/");
      expect(cache.log().match(/^accepted shop-app/gm)?.length ?? 0).toBeGreaterThan(before);
    });

    test("the database is reached by TLS, whose certificate is proved", async () => {
      const { platform, webSite } = shop();
      expect(await askJson(webSite, "/database/")).toMatchObject({ user: "shop", ssl: true });
      const { exitCode, output } = await platform.run("web", ["python", "manage.py", "showmigrations"], {
        environment: { PGSSLROOTCERT: "/etc/ssl/certs/ca-certificates.crt" },
      });
      expect(exitCode).toBe(1);
      expect(output).toContain("certificate verify failed");
    });

    test("a forged Host is refused, and logs no ERROR", async () => {
      const { web, webSite } = shop();
      const before = web.log().length;
      expect((await ask({ ...webSite, host: "evil.example.org" }, "/client/")).status).toBe(400);
      await sleep(300);
      expect(web.log().slice(before)).not.toContain("ERROR");
    });

    test("a failed log-in is one line, and CSRF is checked", async () => {
      const { web, webSite } = shop();
      const page = await ask(webSite, "/admin/login/");
      expect(page.status).toBe(200);
      const [csrf = ""] = cookies(page.headers);
      const token = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
      const form = (value: string) => `username=nobody&password=wrong&csrfmiddlewaretoken=${value}`;
      const headers = {
        ...PAGE,
        Cookie: csrf.split(";")[0] ?? "",
        "Content-Type": "application/x-www-form-urlencoded",
      };
      expect((await ask(webSite, "/admin/login/", { headers, body: form("made up") })).status).toBe(403);
      const before = web.log().length;
      expect((await ask(webSite, "/admin/login/", { headers, body: form(token) })).status).toBe(200);
      await sleep(300);
      const lines = web.log().slice(before).split("\n");
      expect(lines.filter((line) => /log.?in|auth/i.test(line))).toHaveLength(1);
    });

    test("static files have their content in their name", async () => {
      const { webSite } = shop();
      const { body } = await ask(webSite, "/admin/login/");
      const file = /href="(\/static\/admin\/css\/base\.[0-9a-f]+\.css)"/.exec(body)?.[1] ?? "";
      expect((await ask(webSite, file)).headers["cache-control"]).toMatch(/immutable/);
    });

    test("by ASGI, 200 requests leave no idle connections to the database", async () => {
      const { liveSite } = shop();
      for (let round = 0; round < 20; round += 1) {
        await Promise.all(Array.from({ length: 10 }, () => askJson(liveSite, "/database/")));
      }
      await sleep(500);
      const idle = stage().servers.database.admin(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = 'shop' AND state = 'idle' AND client_addr = " +
          `'${shop().live.address}'`,
      );
      expect(idle).toBe("0");
    });
  });

  test("the database's password changes while the shop serves: no request fails where the secret is read", async () => {
    const { platform, webSite } = shop();
    const statuses: number[] = [];
    let changed = false;
    const load = (async () => {
      while (!changed) {
        // Each begins without a connection that was opened before.
        stage().servers.database.admin(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'shop' AND client_addr = '${shop().web.address}'`,
        );
        const answers = await Promise.all(Array.from({ length: 3 }, () => ask(webSite, "/database/")));
        statuses.push(...answers.map(({ status }) => status));
        await sleep(200);
      }
    })();
    await platform.changePassword("another's p:a%s?s", 3_000);
    await sleep(2_000);
    changed = true;
    await load;
    expect(statuses.length).toBeGreaterThan(3);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });
}
