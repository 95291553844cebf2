// Tries the connections from inside: each in a task of its own, with the network of the service that it is about.
import { PROBE_CONTAINER } from "../../model/connectivity";
import type { Model } from "../../model/model";
import { connectivityTask } from "../../model/names/services";
import type { AwsSession } from "../aws/session";
import { deployCommand } from "../commands";
import { atMost } from "../tasks/at-most";
import { type RunOnceProps, runOnce } from "../tasks/run-once";
import { NOT_DEPLOYED, type VerifyCheck } from "./check";
import { type InsideCheck, insideChecks, judgeInside } from "./connectivity";
import type { LivePlatform } from "./live-platform";
import type { Probe } from "./probe";
import { probeCommand } from "./probe-script";
import { notChecked, notMade } from "./unread";

export interface InsideProps {
  readonly aws: AwsSession;
  /** The environment's name: that of its file. */
  readonly name: string;
  readonly model: Model;
  /**
   * Asked once before the tasks of these checks are started.
   * @returns why not, or `undefined`
   */
  readonly whyNoTask: (checks: readonly InsideCheck[]) => Promise<string | undefined>;
  /** What earlier rounds heard from inside, by the check's ID; this round adds to it, and asks nothing twice. */
  readonly answers: Map<string, VerifyCheck>;
}

/** Tasks at the same time: Fargate starts 20 a second and more, but a new account may have no more than 6 vCPUs of them. */
const AT_ONCE = 8;

/** Seconds: a large image is pulled within two minutes. Two rounds of these fit into the time that the command has. */
const LONGEST = 240;

/** `database:*`, `cache:*` and `service:*`. */
export async function fromInside(
  props: InsideProps,
  { resources: { services } }: Pick<LivePlatform, "resources">,
): Promise<(Probe | VerifyCheck)[]> {
  const { model, answers, whyNoTask } = props;
  const checks = insideChecks(model.environment);
  const open = checks.filter(({ id, service }) => services.has(service) && !answers.has(id));
  const refusal = open.length > 0 ? await whyNoTask(open) : undefined;
  const inTurn = atMost(AT_ONCE);
  return checks.map((check) => {
    const { id, title } = check;
    const known = answers.get(id);
    if (known) {
      return known;
    }
    const service = services.get(check.service);
    if (service === undefined || refusal !== undefined) {
      return { id, title, status: "skipped", detail: service ? (refusal ?? "") : NOT_DEPLOYED };
    }
    return {
      id,
      run: async (says) => {
        const answer = { id, title, ...(await inTurn(() => ask(props, check, { service, says }))) };
        answers.set(id, answer);
        return answer;
      },
    };
  });
}

async function ask(
  { aws, name, model: { environment } }: Pick<InsideProps, "aws" | "name" | "model">,
  check: InsideCheck,
  { service, says }: Pick<RunOnceProps, "service" | "says">,
): Promise<Omit<VerifyCheck, "id" | "title">> {
  aws.signal.throwIfAborted();
  const startedAt = new Date().toISOString();
  const probe = connectivityTask(environment.name).family;
  try {
    const ran = await runOnce(aws, {
      cluster: environment.names.cluster,
      service,
      ...(check.image === "service"
        ? { container: check.service }
        : { container: PROBE_CONTAINER, taskDefinition: probe }),
      command: check.command ?? probeCommand(check.target),
      startedBy: "ops-verify",
      longest: LONGEST,
      says,
    });
    return judgeInside(check, ran, startedAt);
  } catch (error) {
    // It is about this task: what else was found is worth showing. Ctrl-C and the end of the time end the command.
    const failure = aws.explain(error);
    if (failure === undefined || failure.kind === "interrupted" || failure.kind === "timed-out") {
      throw error;
    }
    const isUndeployed =
      check.image === "probe" && failure.kind === "rejected" && failure.call === "ECS DescribeTaskDefinition";
    return {
      status: "fail",
      detail: isUndeployed
        ? notChecked(`There is no task definition ${probe} yet: ${deployCommand(name, "django")}`)
        : notMade(failure),
      reached: null,
    };
  }
}
