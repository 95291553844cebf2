// Checks an environment file: one call that returns a complete environment, or says everything that is wrong with it.
import type { z } from "zod";
import type { Environment } from "../model/environment";
import { loadBalancerOf } from "../model/load-balancer";
import { monitoringOf } from "../model/monitoring";
import { resolveNames } from "../model/names/resolved";
import { bindingsOf } from "../model/presets";
import { wafOf } from "../model/waf";
import { type EnvironmentInput, type EnvironmentSections, environmentSchema } from "../schema/environment";
import { interpolationProblems } from "../schema/interpolation";
import { EnvironmentError, type Problem } from "../schema/problem";
import { pathText, shown } from "../schema/shown";
import { crossProblems } from ".";
import {
  COMPARED_SERVICE_FIELDS,
  type ComparableSections,
  type ComparedService,
  FOUNDATIONS,
  type Sections,
  SPARED_SERVICE_FIELDS,
} from "./check";
import { asWritten, type Misspelling, misspellingProblem, respelt, unknownFields } from "./spelling";

/**
 * Defines an environment: fills in defaults, names every resource and checks all of it.
 * @throws EnvironmentError with every problem at once, and nothing else
 */
export function defineEnvironment(input: EnvironmentInput): Environment {
  const problems: Problem[] = [];
  const result = parse(input, problems);
  if (!result) {
    const name = isRecord(input) && typeof input.name === "string" ? input.name : "(no name)";
    throw new EnvironmentError(name, problems);
  }
  const { loadBalancer: described, names, monitoring, services, ...sections } = result;
  const loadBalancer = loadBalancerOf(services, described);
  return {
    ...sections,
    services: Object.fromEntries(
      Object.entries(services).map(([key, service]) => [key, { ...service, bindings: bindingsOf(service) }]),
    ),
    monitoring: monitoringOf(sections.production, monitoring),
    names: resolveNames(
      sections.name,
      {
        services: Object.keys(services),
        queues: Object.keys(sections.queues),
        buckets: Object.keys(sections.buckets),
        fileSystems: Object.keys(sections.fileSystems),
        extraMembers: Object.keys(sections.extraMembers),
      },
      names,
    ),
    ...(loadBalancer
      ? { loadBalancer: { ...loadBalancer, waf: wafOf(loadBalancer.waf, sections.production) } }
      : {}),
  };
}

/** Looks for everything that is wrong with an input; a misspelt field is one mistake, and hides no other. */
function parse(input: unknown, problems: Problem[]): EnvironmentSections | undefined {
  const misspellings: Misspelling[] = [];
  let corrected = input;
  for (;;) {
    const outcome = check(corrected);
    const asInFile = ({ path, value, remedy }: Problem): Problem => ({
      path: asWritten(path, misspellings),
      value,
      remedy,
    });
    const [misspelt] = outcome.misspellings;
    if (misspelt === undefined) {
      problems.push(...outcome.problems.map(asInFile));
      return problems.length === 0 ? outcome.sections : undefined;
    }
    problems.push(asInFile(misspellingProblem(misspelt, corrected)));
    corrected = respelt(corrected, misspelt);
    misspellings.push(misspelt);
  }
}

interface Outcome {
  /** The environment's sections, if nothing is wrong. */
  readonly sections: EnvironmentSections | undefined;
  readonly problems: readonly Problem[];
  /** Unknown fields that must have been meant as known ones, which are not there; they are not among the problems. */
  readonly misspellings: readonly Misspelling[];
}

/** The input that is being checked, and what is wrong between its sections. */
let checked: { readonly input: unknown; readonly crossed: Problem[] } = { input: undefined, crossed: [] };

/** The schema, and the comparison of its sections: put together once, for zod looks through all of what is put together. */
const compared = environmentSchema.superRefine(
  (value, context) => {
    const { input, crossed } = checked;
    if (isRecord(input)) {
      crossed.push(...crossProblems(wellFormed(value, context.issues, input)));
    }
  },
  // By default a refinement waits until nothing else is wrong; all problems at once means not to wait.
  { when: () => true },
);

function check(input: unknown): Outcome {
  const crossed: Problem[] = [];
  checked = { input, crossed };
  // A schema that is used once is sooner walked through than compiled.
  const result = compared.safeParse(input, { error: explain, jitless: true });
  const problems: Problem[] = [];
  const misspellings: Misspelling[] = [];
  const issues = (result.error?.issues ?? []).flatMap(innermost);
  // zod goes on to count the letters of a text as if they were the list that belongs there.
  const mistyped = issues.filter(({ code }) => code === "invalid_type").map(({ path }) => pathText(path));
  for (const issue of issues.filter(
    ({ code, path }) => code === "invalid_type" || !mistyped.includes(pathText(path)),
  )) {
    if (issue.code === "unrecognized_keys") {
      const unknown = unknownFields(input, issue.path, issue.keys, issue.message.split("\n"));
      problems.push(...unknown.problems);
      misspellings.push(...unknown.misspellings);
    } else {
      problems.push({ path: pathText(issue.path), value: shown(input, issue.path), remedy: issue.message });
    }
  }
  // What is refused already need not be refused once more.
  const reported = new Set(problems.map(({ path }) => path));
  problems.push(...[...crossed, ...interpolationProblems(input)].filter(({ path }) => !reported.has(path)));
  return { sections: problems.length === 0 ? result.data : undefined, problems, misspellings };
}

/**
 * What is wrong within the option of a union that was meant: the only one that takes this type of value. Where no
 * option is, or two are, the union's own message says what would be right.
 */
function innermost(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union") {
    return [issue];
  }
  const meant = issue.errors.filter((problems) =>
    problems.every(
      ({ code, path }) => path.length > 0 || (code !== "invalid_type" && code !== "invalid_value"),
    ),
  );
  const [only, ...others] = meant;
  return only && others.length === 0
    ? only.flatMap((inner) => innermost({ ...inner, path: [...issue.path, ...inner.path] }))
    : [issue];
}

const SECTIONS = environmentSchema.keyof().options;

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** What of an environment can be compared with other sections, given what has been found wrong so far. */
function wellFormed(
  value: EnvironmentSections,
  issues: readonly z.core.$ZodRawIssue[],
  input: Readonly<Record<string, unknown>>,
): Sections {
  const at = issues.map(({ path = [] }) => pathText(path));
  const refused = (path: string): boolean =>
    at.some((one) => one === path || one.startsWith(`${path}.`) || one.startsWith(`${path}[`));
  // zod goes on after a value that is out of bounds, and stops at one of another type.
  const broken = issues.filter((issue) => issue.continue !== true).map(({ path = [] }) => path.map(String));
  const comparable: Mutable<ComparableSections> = { ...value };
  for (const key of SECTIONS) {
    if (FOUNDATIONS.includes(key) ? refused(key) : broken.some(([section]) => section === key)) {
      comparable[key] = undefined;
    }
  }
  const services = Object.entries(isRecord(value.services) ? value.services : {})
    .filter(
      ([key]) =>
        !broken.some(
          ([section, service = key, field = COMPARED_SERVICE_FIELDS[0]]) =>
            section === "services" && service === key && COMPARED_SERVICE_FIELDS.some((one) => one === field),
        ),
    )
    .map(([key, service]): [string, ComparedService] => {
      const compared: Mutable<ComparedService> = { ...service };
      for (const field of SPARED_SERVICE_FIELDS.filter((one) => refused(`services.${key}.${one}`))) {
        compared[field] = undefined;
      }
      // What its presets come to counts as its own, as far as it can be told.
      if (compared.bindings !== undefined) compared.bindings = bindingsOf(compared);
      return [key, compared];
    });
  return {
    ...comparable,
    services: Object.fromEntries(services),
    fileSystems: comparable.fileSystems ?? {},
    extraMembers: comparable.extraMembers ?? {},
    serviceKeys: keysOf(input.services),
    queueKeys: keysOf(input.queues),
    bucketKeys: keysOf(input.buckets),
    fileSystemKeys: keysOf(input.fileSystems),
    memberKeys: keysOf(input.extraMembers),
    declared: new Map(Object.entries(input).filter(([, section]) => section !== undefined)),
    refused,
  };
}

function keysOf(section: unknown): string[] {
  return isRecord(section) ? Object.keys(section) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** zod's own messages, in words that say what would be right. Messages of the schema itself win over these. */
const explain: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? `Give a value here: ${article(issue.expected)}.`
        : `Give ${article(issue.expected)} here.`;
    case "invalid_value":
      return choice(issue.values);
    case "invalid_union":
      return Array.isArray(issue.options) ? choice(issue.options) : undefined;
    case "invalid_key":
      return `Rename this key: ${issue.issues.map(({ message }) => message).join(" ")}`;
    case "too_small":
      return `Give at least ${issue.minimum}.`;
    case "too_big":
      return `Give at most ${issue.maximum}.`;
    default:
      return undefined;
  }
};

function choice(values: readonly unknown[]): string {
  return `Choose ${values.map((value) => JSON.stringify(value)).join(" or ")}.`;
}

function article(type: string): string {
  const words: Readonly<Record<string, string>> = {
    int: "a whole number",
    array: "a list",
    boolean: "true or false",
    object: "an object",
    record: "an object",
  };
  return words[type] ?? `a ${type}`;
}
