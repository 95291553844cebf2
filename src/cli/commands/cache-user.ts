// The command `cache-user`: gives the cache its password from the secret, or changes it.
import type { Command } from "commander";
import type { CacheUserPlan } from "../../operations/cache-user/plan";
import { opsCommand } from "../../operations/commands";
import type { Process } from "../operation";
import { operationCommand } from "../operation-command";
import { together } from "../progress";

interface CacheUserOptions {
  readonly newPassword?: true;
}

/** What a plan would do, in words. */
const QUESTIONS = {
  give: "The cache's user gets the password of its secret, and has no other afterwards.",
  add:
    "The cache's user gets a new password beside its present one, the secret gets the new one, and the services that " +
    "connect to the cache get new tasks.",
} as const satisfies Partial<Record<CacheUserPlan["step"], string>>;

export function cacheUserCommand(process: Process): Command {
  return operationCommand<CacheUserOptions>(process, {
    name: "cache-user",
    description: "Give the cache the password of its secret, or another one.",
    examples: [
      ["cache-user", "after a deployment; asks before it changes anything"],
      ["cache-user --new-password", "adds a new password; without the option, the former one is taken back"],
      [
        "cache-user --environment helloapi --yes --json",
        "for a pipeline: does nothing where nothing is to be done",
      ],
    ],
    timeout: 600_000,
    changes: true,
    run: async (context, { newPassword = false }) => {
      const { aws, console, environment, name, dryRun, mayChange, signal } = context;
      if (environment.cache?.authentication !== "password") {
        return {
          ok: !newPassword,
          json: { status: "no-password" },
          show: (to) =>
            to.say(`The environment ${name} has no cache with a password: there is nothing to do.`),
        };
      }
      const user = environment.names.cacheUser;
      const { planCacheUser }: typeof import("../../operations/cache-user/plan") =
        require("../../operations/cache-user/plan");
      const session = await aws();
      const plan = await planCacheUser(session, environment, { newPassword });
      if (plan.step === "impossible") {
        const { why } = plan;
        return {
          ok: false,
          json: { user, status: "impossible", detail: why },
          show: (to) => to.say(to.toned("bad", why)),
        };
      }
      const given = {
        ok: true,
        json: { user, status: "given" },
        show: (to: typeof console) =>
          to.say(to.toned("good", `The cache takes ${user} with the password of its secret, and no other.`)),
      };
      if (plan.step === "nothing") {
        return given;
      }
      console.say(QUESTIONS[plan.step]);
      if (!(await mayChange("Do it?"))) {
        return {
          ok: dryRun,
          json: { user, status: plan.step === "give" ? "to-give" : "to-add" },
          show: (to) => to.say(dryRun ? "Dry run: nothing was done." : "Nothing was done."),
        };
      }
      const { addCachePassword, giveCachePassword }: typeof import("../../operations/cache-user/give") =
        require("../../operations/cache-user/give");
      const [restarted = []] = await together(
        console,
        [
          {
            title: "cache-user",
            run: async (says): Promise<string[]> => {
              if (plan.step === "add") return addCachePassword(session, environment, plan, says);
              await giveCachePassword(session, environment, plan, says);
              return [];
            },
          },
        ],
        { signal, isGood: () => true },
      );
      return plan.step === "give"
        ? given
        : {
            ok: true,
            json: { user, status: "added", restarted },
            show: (to) =>
              to.say(
                `The cache takes ${user} with both passwords. Once all new tasks are up (${opsCommand(name, "wait")}), ` +
                  `take the former password back: ${opsCommand(name, "cache-user")}`,
              ),
          };
    },
  }).option("--new-password", "add a new password beside the present one, and restart services for it");
}
