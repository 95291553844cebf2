// The secrets change while the application runs: the database's password, and SECRET_KEY.
import { setTimeout as sleep } from "node:timers/promises";
import { ASGI, WORKER, WSGI } from "./support/commands";
import { type Container, eventually } from "./support/container";
import { ask, askJson, type Site } from "./support/requests";
import { shellJson } from "./support/shell";
import type { Shop } from "./support/shop";
import { cookieOf, signIn } from "./support/sign-in";
import type { Stage } from "./support/stage";

/** How many requests are sent for each measurement. */
const REQUESTS = 20;

export function secrets(stage: () => Stage, shop: () => Shop, plain: () => Shop): void {
  const database = () => stage().servers.database;
  /** Ends all connections of a database: whoever goes on needs a new one. */
  const endConnections = (name: string) =>
    database().admin(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND usename = '${name}'`,
    );
  const statuses = async (site: Site, count: number) =>
    (await Promise.all(Array.from({ length: count }, () => ask(site, "/database/")))).map(
      ({ status }) => status,
    );
  const failures = async (site: Site) =>
    (await statuses(site, REQUESTS)).filter((status) => status !== 200).length;
  const startWorker = async ({ platform }: Shop) => {
    const worker = await platform.start("worker", WORKER);
    await eventually("the worker is ready", () => /ready\./.test(worker.log()), worker.log);
    return worker;
  };
  /** @returns the task's id */
  const beginTask = async (site: Site) =>
    (await askJson<{ id: string }>(site, "/tasks/", { body: JSON.stringify({ kind: "add" }) })).id;
  const isFinished = (name: string, id: string) =>
    database().admin(`SELECT count(*) FROM shop_taskrun WHERE task_id = '${id}' AND finished > 0`, name) ===
    "1";

  describe("the database's password changes while the shop serves", () => {
    test("where the secret is read, no request and no task fails", async () => {
      const { platform, webSite, liveSite } = shop();
      const worker = await startWorker(shop());
      const answers: number[] = [];
      let changed = false;
      const load = (async () => {
        while (!changed) {
          // All begin without a connection that was opened before.
          endConnections("shop");
          const task = await beginTask(liveSite);
          answers.push(...(await Promise.all([statuses(webSite, 3), statuses(liveSite, 3)])).flat());
          await eventually(`task ${task} ends`, () => isFinished("shop", task), worker.log, 40_000);
        }
      })();
      await platform.changePassword("another's p:a%s?s", 3_000);
      await sleep(2_000);
      changed = true;
      await load;
      expect(answers.length).toBeGreaterThan(6);
      expect(answers.filter((status) => status !== 200)).toEqual([]);
      await worker.kill();
    });

    test("without that, all that needs a new connection fails, until its task is a new one", async () => {
      const { platform, webSite, liveSite } = plain();
      const worker = await startWorker(plain());
      const before = await beginTask(webSite);
      await eventually("a task ends", () => isFinished("plain", before), worker.log);
      expect([await failures(webSite), await failures(liveSite)]).toEqual([0, 0]);

      await platform.changePassword("another's p:a%s?s", 0);
      // One thread goes on with its connection. By ASGI there is none that stays open, nor between two tasks of Celery.
      expect([await failures(webSite), await failures(liveSite)]).toEqual([0, REQUESTS]);
      const lost = await beginTask(webSite);
      await eventually("the task fails", () => failed(worker, lost), worker.log);
      endConnections("plain");
      expect(await failures(webSite)).toBe(REQUESTS);

      const [web, live, next] = await Promise.all([
        platform.serve("web", WSGI),
        platform.serve("live", ASGI),
        startWorker(plain()),
      ]);
      await Promise.all([webSite.setTargets(web), liveSite.setTargets(live), worker.kill()]);
      expect([await failures(webSite), await failures(liveSite)]).toEqual([0, 0]);
      const after = await beginTask(webSite);
      await eventually("a task ends", () => isFinished("plain", after), next.log);
      // It is not given out again.
      expect(isFinished("plain", lost)).toBe(false);
      await next.kill();
    });
  });

  test("SECRET_KEY changes: what the former key signed is taken, as long as it is among the fallbacks", async () => {
    const { platform, web, webSite } = shop();
    const signed = await shellJson<{ value: string; token: string }>(web, SIGN);
    // Each answer changes its session: there is one for each task that comes.
    const sessions: string[] = [];
    for (const _ of ["knows", "forgot"]) {
      const entered = await signIn(webSite, "ann", "a long password");
      expect(entered.status).toBe(302);
      sessions.push(cookieOf(entered));
    }

    await platform.replaceSecretKey();
    const [knows, forgot] = await Promise.all([
      platform.serve("web", WSGI),
      platform.serve("web", WSGI, { without: ["SECRET_KEY_FALLBACKS"] }),
    ]);
    const taken = async (container: Container, session = "") => {
      const task = { ...webSite, address: container.address, port: container.definition.port ?? 0 };
      const headers = { Cookie: session, "X-Forwarded-Proto": "https" };
      const { status } = await ask(task, "/admin/", { headers });
      return { session: status === 200, ...(await shellJson<Taken>(container, check(signed))) };
    };
    const [first, second] = await Promise.all([taken(knows, sessions[0]), taken(forgot, sessions[1])]);
    expect(first).toEqual({ session: true, value: true, token: true, current: false });
    expect(second).toEqual({ session: false, value: false, token: false, current: false });
    await Promise.all([knows.kill(), forgot.kill()]);
  });
}

/** What of the former key's is taken. */
type Taken = Readonly<Record<"value" | "token" | "current", boolean>>;

/** Somebody who signs in, a signed value, and the token of a link that resets somebody's password. */
const SIGN = `
import json
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core import signing

User.objects.create_superuser("ann", "ann@example.com", "a long password")
bob = User.objects.create_user("bob", "bob@example.com")
print(json.dumps({"value": signing.dumps("signed"), "token": default_token_generator.make_token(bob)}))
`;

/** Whether these are taken, and whether the value is signed by the current key. */
const check = ({ value, token }: { readonly value: string; readonly token: string }) => `
import json
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core import signing

def taken(**options):
    try:
        return signing.loads("${value}", **options) == "signed"
    except signing.BadSignature:
        return False

token = default_token_generator.check_token(User.objects.get(username="bob"), "${token}")
print(json.dumps({"value": taken(), "token": token, "current": taken(fallback_keys=[])}))
`;

function failed(worker: Container, task: string): boolean {
  return worker
    .log()
    .split("\n")
    .some((line) => line.includes(task) && /password authentication failed/.test(line));
}
