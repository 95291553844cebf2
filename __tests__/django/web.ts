// Requests through the load balancer: what the application sees, what it answers, and what it does at once.
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Container } from "./support/container";
import { ENVIRONMENTS } from "./support/environments";
import { serverAddress } from "./support/platform";
import { ask, askJson, type Site } from "./support/requests";
import { LISTENER_PORT } from "./support/servers/load-balancer";
import type { Shop } from "./support/shop";
import { cookieOf, signIn } from "./support/sign-in";
import type { Stage } from "./support/stage";

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
      const { platform, web, webSite, live, liveSite } = shop();
      for (const [container, site] of [[web, webSite] as const, [live, liveSite] as const]) {
        const answers = Array.from({ length: 5 }, () => ask(site, "/slow/?seconds=2"));
        await sleep(500);
        expect(await platform.answersHealthCheck(container)).toBe(true);
        expect(await container.isHealthy()).toBe(true);
        expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      }
    });

    test("a client that uploads a byte a second fails no health check", async () => {
      const { platform, web, webSite, live, liveSite } = shop();
      const upload = async (container: Container, site: Site) => {
        const call = request({
          host: site.address,
          port: LISTENER_PORT,
          path: "/upload/",
          method: "POST",
          headers: { Host: site.host, "Content-Length": "6" },
        });
        call.on("error", () => undefined);
        const status = new Promise<number | undefined>((resolve) => {
          call.on("response", (answer) => resolve(answer.statusCode));
        });
        const checks: boolean[] = [];
        for (let sent = 0; sent < 6; sent += 1) {
          call.write("x");
          checks.push(await platform.answersHealthCheck(container));
          await sleep(1_000);
        }
        call.end();
        return { checks, status: await status };
      };
      const expected = { checks: [true, true, true, true, true, true], status: 200 };
      expect(await Promise.all([upload(web, webSite), upload(live, liveSite)])).toEqual([expected, expected]);
    });

    test("the cache and sessions work, and cookies are secure", async () => {
      const { webSite } = shop();
      const first = await askJson<{ counter: number }>(webSite, "/cache/");
      const second = await askJson<{ counter: number }>(webSite, "/cache/");
      expect(second.counter).toBe(first.counter + 1);
      const begun = await ask(webSite, "/session/");
      const cookie = String(begun.headers["set-cookie"]);
      expect(cookie).toMatch(/; Secure/);
      expect(cookie).toMatch(/; HttpOnly/);
      const headers = { Cookie: cookieOf(begun) };
      expect(await askJson(webSite, "/session/", { headers })).toEqual({ counter: 2 });
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
      expect((await signIn(webSite, "nobody", "wrong", { csrf: "made up" })).status).toBe(403);
      const before = web.log().length;
      expect((await signIn(webSite, "nobody", "wrong")).status).toBe(200);
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
}
