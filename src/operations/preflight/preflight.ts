// Everything that can be known before a deployment, so that it does not stop halfway.
import type { Model } from "../../model/model";
import type { AwsSession } from "../aws/session";
import { checkAccount } from "./account";
import { domainChecks } from "./domain";
import { imageChecks } from "./images";
import { nameChecks } from "./names/names";
import { networkChecks } from "./network";
import { type EndedCheck, type PlannedCheck, run } from "./planned-check";
import { quotaChecks } from "./quotas";
import { serviceChecks } from "./services";
import { toolChecks } from "./tools";
import { zoneChecks } from "./zones";

export interface PreflightProps {
  /** The environment's name: that of its file. */
  readonly name: string;
  readonly model: Model;
  /** The process's environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Opens the account, once. */
  readonly aws: () => Promise<AwsSession>;
}

/** Checks that are shown as one while they run; families can run at the same time. */
export interface Family {
  readonly title: string;
  /** @throws AwsFailure where the time is up, or somebody has pressed Ctrl-C */
  readonly run: () => Promise<EndedCheck[]>;
}

/** All checks, in the order in which they are reported. Their calls: see `PERMISSIONS.preflight`. */
export function preflight({ name, model, variables, signal, aws }: PreflightProps): Family[] {
  const { environment } = model;
  const family = (title: string, checks: readonly PlannedCheck[]): Family => ({
    title,
    run: () => Promise.all(checks.map((check) => run(check, aws))),
  });
  return [
    family("Tools", toolChecks({ variables, signal })),
    { title: "Credentials", run: async () => [await checkAccount(name, environment, aws)] },
    family("Names", nameChecks(environment)),
    family("Zones", zoneChecks(environment)),
    family("Network", networkChecks(model)),
    family("Images", imageChecks(environment, variables)),
    family("Quotas", quotaChecks(model)),
    family("Domain", domainChecks(environment)),
    family("Services", serviceChecks(name, environment)),
  ];
}
