// Holds the stacks against every policy, and takes out what the environment accepts.
import type { IConstruct } from "constructs";
import type { Model } from "../model/model";
import { evaluated } from "../reachability/evaluated";
import { asList, isObject, type TerraformConfigs } from "../reachability/terraform-config";
import type { Suppression } from "../schema/policies";
import { type Finding, type Policy, SEVERITIES, type SynthesizedPlatform } from "./policy";
import { Resources } from "./reading/resources";
import { loadPolicies } from "./registry";

/** What a policy found. */
export interface PolicyFinding extends Finding {
  readonly policy: Policy;
}

/** The outcome of all policies. */
export interface PolicyReport {
  /** What is not accepted, the gravest first. */
  readonly findings: readonly PolicyFinding[];
  /** What would be a finding, had the environment not accepted it. */
  readonly suppressed: readonly { readonly finding: PolicyFinding; readonly suppression: Suppression }[];
  /** Suppressions that suppress nothing: the next finding there would go unnoticed. */
  readonly unused: readonly Suppression[];
  /** The present addresses of what such a suppression may mean by a former one, by the suppression. */
  readonly moved: ReadonlyMap<Suppression, readonly string[]>;
  /** The policies that there are. */
  readonly policies: readonly Policy[];
}

/** Everything that policies look at. */
export function synthesizedPlatform(
  model: Model,
  tree: IConstruct,
  written: TerraformConfigs,
  strays: SynthesizedPlatform["strays"] = [],
): SynthesizedPlatform {
  const configs = evaluated(written);
  return { model, environment: model.environment, tree, configs, strays, resources: new Resources(configs) };
}

/** Checks all policies that apply to the environment. */
export function checkPolicies(platform: SynthesizedPlatform, policies = loadPolicies()): PolicyReport {
  const { production, policies: accepted } = platform.environment;
  const all = policies
    .filter((policy) => production || policy.production !== true)
    .flatMap((policy) => [...policy.check(platform)].map((found): PolicyFinding => ({ ...found, policy })));
  const matches = all.map((finding) => ({
    finding,
    suppressions: accepted.suppress.filter((suppression) => covers(suppression, finding)),
  }));
  const used = new Set(matches.flatMap(({ suppressions }) => suppressions));
  const unused = accepted.suppress.filter((suppression) => !used.has(suppression));
  return {
    findings: matches
      .filter(({ suppressions }) => suppressions.length === 0)
      .map(({ finding }) => finding)
      .sort((one, other) => gravity(one) - gravity(other)),
    suppressed: matches.flatMap(({ finding, suppressions: [suppression] }) =>
      suppression ? [{ finding, suppression }] : [],
    ),
    unused,
    moved: new Map(
      unused.map((suppression) => [suppression, presentAddresses(suppression, platform.configs)]),
    ),
    policies,
  };
}

function gravity({ policy }: PolicyFinding): number {
  return SEVERITIES.indexOf(policy.severity);
}

function covers({ policy, resource = "*" }: Suppression, finding: PolicyFinding): boolean {
  return policy === finding.policy.id && isMeant(resource, finding.stack, finding.address);
}

function isMeant(resource: string, stack: string, address: string): boolean {
  return [address, `${stack}/${address}`].some((known) =>
    resource.endsWith("*") ? known.startsWith(resource.slice(0, -1)) : known === resource,
  );
}

/** Where the stacks' `moved` blocks say that what is meant now is. */
function presentAddresses({ resource }: Suppression, configs: TerraformConfigs): string[] {
  return Object.entries(configs).flatMap(([stack, { moved }]) =>
    asList(moved).flatMap((move) => {
      const { from, to } = isObject(move) ? move : {};
      return resource !== undefined &&
        typeof from === "string" &&
        typeof to === "string" &&
        isMeant(resource, stack, from) &&
        !isMeant(resource, stack, to)
        ? [`${stack}/${to}`]
        : [];
    }),
  );
}

/** What of a report fails the synth, each with what to do about it; empty where all is in order. */
export function policyProblems({ findings, unused, moved, policies }: PolicyReport): string[] {
  return [
    ...findings.map(findingText),
    ...unused.map((suppression) => unusedText(suppression, policies, moved.get(suppression) ?? [])),
  ];
}

function findingText({ policy, stack, address, problem }: PolicyFinding): string {
  const { id, severity, remedy } = policy;
  const where = `${stack}/${address}`;
  return [
    `[${severity}] ${id}: ${where}: ${problem}.`,
    remedy,
    `To accept it, add to policies.suppress: { policy: "${id}", resource: "${where}", reason: "..." }`,
  ].join("\n      ");
}

function unusedText(
  { policy, resource }: Suppression,
  policies: readonly Policy[],
  present: readonly string[],
): string {
  if (!policies.some(({ id }) => id === policy)) {
    return `policies.suppress names the policy "${policy}", which does not exist. Known: ${policies.map(({ id }) => id).join(", ")}.`;
  }
  const where = resource === undefined ? "" : ` at ${resource}`;
  if (present.length > 0) {
    return `policies.suppress accepts "${policy}"${where}, which is called ${present.join(", ")} now: write that, or remove it if nothing is found there.`;
  }
  return `policies.suppress accepts "${policy}"${where}, where it finds nothing: remove it, or it hides the next finding.`;
}

/** A suppression in words, for every synth to print. */
export function suppressionText({ policy, resource, reason }: Suppression): string {
  return `The policy ${policy} is suppressed${resource === undefined ? "" : ` at ${resource}`}: ${reason}`;
}
