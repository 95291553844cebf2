// Everything that must hold after a deployment, as a list of checks.
import { isHealthyStatus, targetHealthOf } from "../../model/target-health";
import { liveRuns, unaskedRuns } from "../live/schedules";
import { targetServices } from "../live/targets";
import type { Address } from "./ask";
import { bucketChecks } from "./buckets";
import { NOT_DEPLOYED, type VerifyCheck } from "./check";
import { fromInside, type InsideProps } from "./from-inside";
import { askHealth } from "./health";
import { healthRequest } from "./health-request";
import { judgeLivePlatform, type LivePlatform, readLivePlatform } from "./live-platform";
import type { Probe } from "./probe";
import { isScaledToZero } from "./resources";
import { judgeSchedules } from "./schedules";
import { PartReader, withUnread } from "./unread";
import { wireChecks } from "./wire";

export interface VerifyProps extends InsideProps {
  /** Where the load balancer is reached, a tunnel say. Default: its own address. */
  readonly connectTo: Address | undefined;
  /** Where its port for plain HTTP is reached. Default: its own, or nowhere where `connectTo` leads to HTTPS. */
  readonly connectHttpTo: Address | undefined;
  /** Runs all of them at the same time, and shows how they are getting on; ends when all have ended. */
  readonly together: (probes: readonly Probe[]) => Promise<readonly VerifyCheck[]>;
}

/** Its calls: see `PERMISSIONS.verify`. */
export async function verify(props: VerifyProps): Promise<VerifyCheck[]> {
  const { aws, name, model, together } = props;
  const [platform, schedules] = await Promise.all([readLivePlatform(aws, model), scheduleChecks(props)]);
  const checks = [
    ...(await fromInside(props, platform)),
    ...healthChecks(props, platform),
    ...wireChecks(props, platform),
  ];
  const probes = checks.flatMap((check) => ("run" in check ? check : []));
  const probed = new Map((await together(probes)).map((check) => [check.id, check]));
  return [
    ...judgeLivePlatform(name, model, platform),
    ...(await bucketChecks(aws, model.environment)),
    ...schedules,
    ...checks.flatMap((check) => ("run" in check ? (probed.get(check.id) ?? []) : check)),
  ];
}

/** `schedule:*`. */
async function scheduleChecks({ aws, model }: VerifyProps): Promise<VerifyCheck[]> {
  const { environment } = model;
  const parts = new PartReader(aws);
  const runs = await parts.read("schedules", liveRuns(aws, environment), unaskedRuns(environment));
  return withUnread(judgeSchedules(environment, runs), parts.unread, model);
}

/** `health:*`. */
function healthChecks(
  { aws, model: { environment }, connectTo }: VerifyProps,
  { resources: { services, loadBalancer } }: LivePlatform,
): (Probe | VerifyCheck)[] {
  return targetServices(environment).map((key) => {
    const wanted = environment.services[key] ?? {};
    const check = {
      id: `health:${key}`,
      title: `The health endpoint of ${key} answers ${targetHealthOf(wanted).successCodes} through the load balancer`,
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
        const isHealthy = (status: number) => isHealthyStatus(wanted, status);
        return { ...check, ...(await askHealth(request, isHealthy, address, aws.signal)) };
      },
    };
  });
}
