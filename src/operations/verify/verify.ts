// Everything that must hold after a deployment, as a list of checks.
import type { Environment } from "../../model/environment";
import type { Model } from "../../model/model";
import type { AwsSession } from "../aws/session";
import { targetServices } from "../live/targets";
import { type RunOnceProps, runOnce } from "../tasks/run-once";
import type { Address } from "./ask";
import { NOT_DEPLOYED, type VerifyCheck } from "./check";
import { DATABASE_CHECK, databaseServices, judgeDatabase } from "./database";
import { askHealth } from "./health";
import { healthRequest } from "./health-request";
import { judgeLivePlatform, type LivePlatform, readLivePlatform } from "./live-platform";
import type { Probe } from "./probe";
import { isScaledToZero } from "./resources";
import { notMade } from "./unread";
import { wireChecks } from "./wire";

export interface VerifyProps {
  readonly aws: AwsSession;
  /** The environment's name: that of its file. */
  readonly name: string;
  readonly model: Model;
  /** Where the load balancer is reached, a tunnel say. Default: its own address. */
  readonly connectTo: Address | undefined;
  /** Where its port for plain HTTP is reached. Default: its own, or nowhere where `connectTo` leads to HTTPS. */
  readonly connectHttpTo: Address | undefined;
  /**
   * Asked once before tasks of these services are started.
   * @returns why not, or `undefined`
   */
  readonly whyNoTask: (services: readonly string[]) => Promise<string | undefined>;
  /** What earlier rounds heard from inside, by the check's ID; this round adds to it, and asks nothing twice. */
  readonly answers: Map<string, VerifyCheck>;
  /** Runs all of them at the same time, and shows how they are getting on; ends when all have ended. */
  readonly together: (probes: readonly Probe[]) => Promise<readonly VerifyCheck[]>;
}

/** Its calls: see `PERMISSIONS.verify`. */
export async function verify(props: VerifyProps): Promise<VerifyCheck[]> {
  const { aws, name, model, together } = props;
  const platform = await readLivePlatform(aws, model);
  const checks = [
    ...(await databaseChecks(props, platform)),
    ...healthChecks(props, platform),
    ...wireChecks(props, platform),
  ];
  const probes = checks.flatMap((check) => ("run" in check ? check : []));
  const probed = new Map((await together(probes)).map((check) => [check.id, check]));
  return [
    ...judgeLivePlatform(name, model, platform),
    ...checks.flatMap((check) => ("run" in check ? (probed.get(check.id) ?? []) : check)),
  ];
}

/** `database:*`. */
async function databaseChecks(
  { aws, model: { environment }, answers, whyNoTask }: VerifyProps,
  { resources: { services } }: LivePlatform,
): Promise<(Probe | VerifyCheck)[]> {
  const checks = databaseServices(environment).map((key) => ({
    key,
    id: `database:${key}`,
    title: `From inside, ${key} reaches its database`,
    service: services.get(key),
  }));
  const open = checks.filter(({ id, service }) => service && !answers.has(id)).map(({ key }) => key);
  const refusal = open.length > 0 ? await whyNoTask(open) : undefined;
  return checks.map(({ key, id, title, service }) => {
    const known = answers.get(id);
    if (known) {
      return known;
    }
    if (service === undefined || refusal !== undefined) {
      return { id, title, status: "skipped", detail: service ? (refusal ?? "") : NOT_DEPLOYED };
    }
    return {
      id,
      run: async (says) => {
        const check = { id, title, ...(await askDatabase(aws, environment, { key, service, says })) };
        answers.set(id, check);
        return check;
      },
    };
  });
}

async function askDatabase(
  aws: AwsSession,
  { names }: Environment,
  { key, service, says }: { readonly key: string } & Pick<RunOnceProps, "service" | "says">,
): Promise<Omit<VerifyCheck, "id" | "title">> {
  const startedAt = new Date().toISOString();
  try {
    const ran = await runOnce(aws, {
      cluster: names.cluster,
      service,
      container: key,
      command: DATABASE_CHECK,
      startedBy: "ops-verify",
      says,
    });
    return judgeDatabase(ran, startedAt);
  } catch (error) {
    // It is about this task: what else was found is worth showing. Ctrl-C and the end of the time end the command.
    const failure = aws.explain(error);
    if (failure === undefined || failure.kind === "interrupted" || failure.kind === "timed-out") {
      throw error;
    }
    return { status: "fail", detail: notMade(failure) };
  }
}

/** `health:*`. */
function healthChecks(
  { aws, model: { environment }, connectTo }: VerifyProps,
  { resources: { services, loadBalancer } }: LivePlatform,
): (Probe | VerifyCheck)[] {
  return targetServices(environment).map((key) => {
    const check = {
      id: `health:${key}`,
      title: `The health endpoint of ${key} answers 200 through the load balancer`,
    };
    const skipped = (detail: string): VerifyCheck => ({ ...check, status: "skipped", detail });
    const service = services.get(key);
    const host = loadBalancer?.DNSName;
    if (service === undefined || host === undefined) {
      return skipped(NOT_DEPLOYED);
    }
    if (isScaledToZero(service)) {
      return skipped("scaled to 0: nothing runs");
    }
    const request = healthRequest(environment, key, host);
    if ("impossible" in request) {
      return skipped(request.impossible);
    }
    const address = connectTo ?? { host, port: request.scheme === "https" ? 443 : 80 };
    return {
      id: check.id,
      run: async (says) => {
        says(`waiting for ${address.host}:${address.port}`);
        return { ...check, ...(await askHealth(request, address, aws.signal)) };
      },
    };
  });
}
