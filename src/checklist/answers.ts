// The ways in which items answer: by the findings of policies, so that nothing is judged in two ways.
import type { Finding, Policy, SynthesizedPlatform } from "../policies/policy";
import type { Resource } from "../policies/reading/resources";
import type { Answer } from "./item";

/** Where a resource, or a finding, is: `django/aws_lb.web`. */
export function place({ stack, address }: Pick<Finding, "stack" | "address">): string {
  return `${stack}/${address}`;
}

/** What some policies find, whether the environment accepts it or not: a checklist hides nothing. */
export function findingsOf(platform: SynthesizedPlatform, ...policies: readonly Policy[]): Finding[] {
  return policies.flatMap((policy) => [...policy.check(platform)]);
}

export interface Judged {
  /** The resources that the item is about. */
  readonly subjects: readonly Resource[];
  /** What is wrong with them. */
  readonly findings: readonly Finding[];
  /** Said where nothing is wrong. */
  readonly met: string;
  /** Said where there is no such resource. */
  readonly without: string;
  /** What to do about a finding. */
  readonly remedy: string;
}

/** Not met where there is a finding; met otherwise, be it that there is nothing to which it could apply. */
export function judged({ subjects, findings, met, without, remedy }: Judged): Answer {
  return findings.length > 0
    ? notMet(findings, remedy)
    : { state: "met", where: subjects.map(place), detail: subjects.length > 0 ? met : without };
}

/** Not met, because of these findings. */
export function notMet(findings: readonly Finding[], remedy: string): Answer {
  const problems = unique(findings.map(({ problem }) => problem)).map((problem) => {
    const places = findings.filter((found) => found.problem === problem).map(place);
    return `${problem} (${unique(places).join(", ")}).`;
  });
  return { state: "not met", where: unique(findings.map(place)), detail: [...problems, remedy].join(" ") };
}

/** A text only once each, in order. */
export function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
