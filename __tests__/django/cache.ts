// Redis as ElastiCache has it: tokens for passwords, and commands that its user may not use.
import { setTimeout as sleep } from "node:timers/promises";
import { askJson } from "./support/requests";
import { shellJson } from "./support/shell";
import type { Shop } from "./support/shop";
import type { Stage } from "./support/stage";

/** Seconds that a token is younger than, where it was made for the connection that it opens. */
const FRESH = 3;

export function cache(stage: () => Stage, shop: () => Shop): void {
  const server = () => stage().servers.cache;
  /** When each token that was accepted since was signed, in milliseconds. */
  const acceptedSince = (position: number) =>
    [
      ...server()
        .log()
        .slice(position)
        .matchAll(/^accepted shop-app (\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/gm),
    ].map(([, ...parts]) => Date.parse(parts.join(":").replace(":", "-").replace(":", "-")));

  describe("the cache", () => {
    test("a token with a wrong signature is refused", async () => {
      const { platform } = shop();
      const { exitCode, output } = await platform.run(
        "web",
        ["python", "manage.py", "shell", "-c", "from django.core.cache import cache; cache.get('x')"],
        { environment: { AWS_SECRET_ACCESS_KEY: "another" } },
      );
      expect(exitCode).toBe(1);
      expect(output).toContain("invalid username-password pair");
      expect(server().log()).toContain("refused shop-app: wrong signature");
    });

    test("each connection that is ended, as after twelve hours, is opened again with a token of its own", async () => {
      const { webSite, liveSite } = shop();
      const requests = async () => {
        for (let round = 0; round < 5; round += 1) {
          await Promise.all([askJson(webSite, "/cache/"), askJson(liveSite, "/cache/")]);
        }
      };
      await requests();
      await sleep((FRESH + 1) * 1_000);
      const position = server().log().length;
      const ended = Date.now();
      server().admin("CLIENT", "KILL", "USER", "shop-app");
      await sleep(200);
      await requests();
      const signed = acceptedSince(position);
      expect(signed.length).toBeGreaterThan(1);
      // To the second.
      expect(signed.filter((time) => time < ended - 1_000)).toEqual([]);
    });

    test("threads that log on while memory is tidied up all get in", async () => {
      const { platform } = shop();
      const container = await platform.serve("web", ["sh", "-c", TIDY]);
      const codes = await container.run(["python", "-c", MANY]);
      expect(container.log()).not.toMatch(/Error|Traceback/);
      expect(codes).toEqual({ exitCode: 0, output: `${"200 ".repeat(30)}\n` });
      await container.kill();
    });

    test("what Redis refuses fails, and what the page offers in its place works", async () => {
      const { web } = shop();
      expect(await shellJson(web, COMMANDS)).toEqual({
        KEYS: "refused",
        SORT: "refused",
        FLUSHALL: "refused",
        SWAPDB: "refused",
        "CLIENT LIST": "refused",
        MONITOR: "refused",
        SLOWLOG: "refused",
        CONFIG: "refused",
        ACL: "refused",
        found: 20,
        left: 0,
        cleared: true,
      });
    });

    /** Last: it has seen what all others did. */
    test("nothing else was refused to Django, Celery and Channels", () => {
      const log = server().admin("ACL", "LOG", "128").split("\n");
      const refused = log.flatMap((line, index) => (line === "object" ? [log[index + 1]] : []));
      const meant = [
        "keys",
        "sort",
        "flushall",
        "swapdb",
        "client|list",
        "monitor",
        "slowlog|get",
        "config|get",
        "acl|list",
      ];
      expect(refused.filter((command) => !meant.includes(command ?? ""))).toEqual([]);
    });
  });
}

/** gunicorn with the example's configuration, which collects garbage before each request. */
const TIDY = `
cat > /tmp/tidy.py <<'END'
import gc
from django_on_aws.gunicorn import *
def pre_request(worker, request):
    gc.collect()
END
exec gunicorn --config /tmp/tidy.py config.wsgi
`;

/** Thirty requests at once, from within the container. */
const MANY = `
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request, urlopen

def ask(_):
    headers = {"Host": "shop.example.com", "X-Forwarded-Proto": "https"}
    try:
        return urlopen(Request("http://127.0.0.1:8000/cache/", headers=headers)).status
    except Exception as error:
        return error

with ThreadPoolExecutor(30) as pool:
    print(*pool.map(ask, range(30)), "")
`;

/** Commands that are refused, keys that are found by SCAN and removed by UNLINK, and the emptying of a database. */
const COMMANDS = `
import json
from django.core.cache import cache
from redis.exceptions import NoPermissionError

client = cache._cache.get_client(write=True)

def tried(*command):
    try:
        client.execute_command(*command)
        return "taken"
    except NoPermissionError:
        return "refused"

result = {
    "KEYS": tried("KEYS", "*"),
    "SORT": tried("SORT", "list"),
    "FLUSHALL": tried("FLUSHALL"),
    "SWAPDB": tried("SWAPDB", 0, 1),
    "CLIENT LIST": tried("CLIENT", "LIST"),
    "MONITOR": tried("MONITOR"),
    "SLOWLOG": tried("SLOWLOG", "GET"),
    "CONFIG": tried("CONFIG", "GET", "*"),
    "ACL": tried("ACL", "LIST"),
}
for number in range(20):
    cache.set(f"orders-{number}", number)
pattern = cache.make_key("orders-*")
found = list(client.scan_iter(pattern, count=5))
client.unlink(*found)
cache.set("kept", 1)
left = list(client.scan_iter(pattern))
cache.clear()
print(json.dumps({**result, "found": len(set(found)), "left": len(left), "cleared": cache.get("kept") is None}))
`;
