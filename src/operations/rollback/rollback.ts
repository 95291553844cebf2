// Takes rules of the rules stack back, through Terraform, and looks afterwards which connections are closed.
import { createWaiter, WaiterState } from "@smithy/core/client";
import type { Model } from "../../model/model";
import { flowId, ruleId } from "../../model/traffic/rules";
import { keepImports } from "../../terraform/import-blocks";
import type { AwsSession } from "../aws/session";
import { findByNameTag, uniqueGroups } from "../discovery/name-tags";
import { type PrefixLists, prefixListsOf } from "../live/prefix-lists";
import { type LiveRule, rulesOf } from "../live/security-groups";
import { ruleAddress } from "../rules/rule-address";
import type { SynthesizedStack } from "../terraform/synthesized-stack";
import { type ConnectionState, connectionStates } from "./connections";
import { discrepancies } from "./difference";
import { judgePlan } from "./planned";

/** Seconds until EC2 shows everywhere what was changed: "Eventual consistency", EC2 API reference, speaks of a few. */
const CONSISTENCY = 30;

export interface RollbackProps {
  readonly aws: AwsSession;
  /** The rules stack. */
  readonly stack: SynthesizedStack;
  readonly model: Model;
  /** The flows whose rules go, all of them held by the rules stack; empty for every rule of the stack. */
  readonly flows: readonly string[];
  /** Whether rules may go, too, that the stack's state holds and the environment does not declare. */
  readonly undeclared: boolean;
  /** Whether to go ahead, given what would go and how the connections would stand then. */
  readonly decide: (preview: RollbackPreview) => Promise<boolean>;
}

/** A rule that goes. */
export interface RemovedRule {
  /** Its name: `postgres-from-django-5432-tcp`. */
  readonly rule: string;
  /** Where it is in Terraform's state. */
  readonly address: string;
  /** Its ID, such as `sgr-0123456789abcdef0`. */
  readonly id: string;
  readonly description: string;
  /** The flow that needs it; `null` where the environment does not declare it any more. */
  readonly flow: string | null;
}

export interface RollbackPreview {
  readonly rules: readonly RemovedRule[];
  /** The connections in question: as they are after the rollback, or would be. */
  readonly connections: readonly ConnectionState[];
}

export interface RollbackResult extends RollbackPreview {
  /** Why the groups could not be found, a sentence each: nothing was done then. */
  readonly findings: readonly string[];
  /** What Terraform's plan would have done besides, a sentence each: nothing was done then. */
  readonly objections: readonly string[];
  /** Whether the rules were removed. */
  readonly done: boolean;
  /** What is not as it should be among the platform's rules afterwards, a sentence each. */
  readonly discrepancies: readonly string[];
}

const NOTHING: RollbackResult = {
  rules: [],
  connections: [],
  findings: [],
  objections: [],
  done: false,
  discrepancies: [],
};

/**
 * Removes the rules of these flows, and nothing else. Its calls: see `PERMISSIONS.rollback`.
 * @throws AwsFailure, TerraformFailure
 */
export async function rollback(props: RollbackProps): Promise<RollbackResult> {
  const { aws, stack, model, flows: chosen, undeclared, decide } = props;
  const { ids: groupIds, findings } = uniqueGroups(await findByNameTag(aws, model));
  if (findings.length > 0) {
    return { ...NOTHING, findings };
  }
  const { environment, traffic: matrix } = model;
  const held = matrix.rules().filter(({ holder }) => holder === "security-group-rules");
  const isAll = chosen.length === 0;
  const rules = held.filter(({ flow }) => isAll || chosen.includes(flow));
  const byAddress = new Map(rules.map((rule) => [ruleAddress(rule), rule]));
  const flowIds = new Set(rules.map(({ flow }) => flow));
  const flows = matrix.flows.filter((flow) => flowIds.has(flowId(flow)));
  const before = await rulesOf(aws, [...groupIds.values()]);
  const statesGiven = (live: readonly LiveRule[], prefixLists: PrefixLists) =>
    connectionStates(flows, { live, groupIds, vpcCidr: environment.network.cidr, prefixLists });
  const listsBefore = await prefixListsOf(aws, before);
  const targets = isAll ? [] : [...byAddress.keys()];
  return await stack.planDestroy(targets, async ({ changes, apply }): Promise<RollbackResult> => {
    const { removals, objections } = judgePlan(changes, {
      chosen: isAll ? undefined : new Set(targets),
      declared: new Set(byAddress.keys()),
      ours: new Set(before.map(({ id }) => id)),
      undeclared,
    });
    const removed = removals.map(({ address, id = "", description = "" }): RemovedRule => {
      const rule = byAddress.get(address);
      const name = rule ? ruleId(rule) : address.slice(address.indexOf(".") + 1);
      return { rule: name, address, id, description, flow: rule?.flow ?? null };
    });
    const ids = new Set(removed.map(({ id }) => id));
    const left = before.filter(({ id }) => !ids.has(id));
    const preview = { rules: removed, connections: statesGiven(left, listsBefore) };
    if (objections.length > 0) {
      return { ...NOTHING, ...preview, objections };
    }
    if (removed.length === 0 || !(await decide(preview))) {
      return { ...NOTHING, ...preview };
    }
    await apply();
    const addresses = new Set(removed.map(({ address }) => address));
    keepImports(stack.folder, (address) => (addresses.has(address) ? undefined : address));
    const after = await rulesWithout(ids, aws, groupIds);
    return {
      ...NOTHING,
      rules: removed,
      done: true,
      connections: statesGiven(after, await prefixListsOf(aws, after)),
      discrepancies: discrepancies(before, after, ids, groupIds),
    };
  });
}

/** The platform's live rules, as soon as these are not among them; or as they are when that takes too long. */
async function rulesWithout(
  ids: ReadonlySet<string>,
  aws: AwsSession,
  groupIds: ReadonlyMap<string, string>,
): Promise<LiveRule[]> {
  let live: LiveRule[] = [];
  await createWaiter(
    { client: aws, minDelay: 1, maxDelay: 5, maxWaitTime: CONSISTENCY, abortSignal: aws.signal },
    groupIds,
    async () => {
      live = await rulesOf(aws, [...groupIds.values()]);
      return { state: live.some(({ id }) => ids.has(id)) ? WaiterState.RETRY : WaiterState.SUCCESS };
    },
  );
  aws.signal.throwIfAborted();
  return live;
}
