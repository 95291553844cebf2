// The statements of IAM policy documents, be they JSON or a data source `aws_iam_policy_document`, in one form.
import { asText, isObject, type Json, type JsonObject } from "../../reachability/terraform-config";
import { parseJson } from "./json";
import type { Resource, Resources } from "./resources";
import { isDynamic, nested, texts } from "./values";

/** Somebody, or something, that a statement is about. */
export interface Principal {
  /** `AWS`, `Service`, `Federated`, or `*` for everybody. */
  readonly type: string;
  readonly identifier: string;
}

/** One test that a request must pass. */
export interface Condition {
  /** Such as `StringEquals`. */
  readonly operator: string;
  /** Such as `aws:SourceAccount`. */
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement. Where a list is left out, it is empty. */
export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly principals: readonly Principal[];
  readonly notPrincipals: readonly Principal[];
  readonly conditions: readonly Condition[];
}

/**
 * The statements of a document.
 * @param from the resource that the document is an argument of
 * @returns `undefined` where it cannot be read before a deployment
 */
export function statements(
  resources: Resources,
  from: Pick<Resource, "stack">,
  document: Json | undefined,
): Statement[] | undefined {
  const source = resources.referredTo(from, document);
  if (source?.type === "aws_iam_policy_document" && source.mode === "data") {
    return fromDataSource(resources, source);
  }
  const parsed = parseJson(document);
  return isObject(parsed) ? nested(parsed, "Statement").map(fromJson) : undefined;
}

function fromJson(body: JsonObject): Statement {
  return {
    effect: asText(body.Effect) ?? "",
    actions: texts(body.Action),
    notActions: texts(body.NotAction),
    resources: texts(body.Resource),
    notResources: texts(body.NotResource),
    principals: jsonPrincipals(body.Principal),
    notPrincipals: jsonPrincipals(body.NotPrincipal),
    conditions: nestedEntries(body.Condition).flatMap(([operator, tests]) =>
      nestedEntries(tests).map(([key, values]) => ({ operator, key, values: texts(values) })),
    ),
  };
}

function jsonPrincipals(value: Json | undefined): Principal[] {
  return isObject(value)
    ? Object.entries(value).flatMap(([type, identifiers]) =>
        texts(identifiers).map((identifier) => ({ type, identifier })),
      )
    : texts(value).map((identifier) => ({ type: identifier, identifier }));
}

function nestedEntries(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

/** Documents that a data source builds upon, by the arguments that take them. */
const SOURCES = ["source_policy_documents", "override_policy_documents"] as const;

function fromDataSource(resources: Resources, source: Resource): Statement[] | undefined {
  const { body } = source;
  if (isDynamic(body, "statement")) {
    return undefined;
  }
  const all = nested(body, "statement").map(fromBlock);
  for (const document of SOURCES.flatMap((argument) => texts(body[argument]))) {
    const inherited = statements(resources, source, document);
    if (inherited === undefined) {
      return undefined;
    }
    all.push(...inherited);
  }
  return all;
}

function fromBlock(body: JsonObject): Statement {
  return {
    // The data source's own default.
    effect: asText(body.effect) ?? "Allow",
    actions: texts(body.actions),
    notActions: texts(body.not_actions),
    resources: texts(body.resources),
    notResources: texts(body.not_resources),
    principals: blockPrincipals(body, "principals"),
    notPrincipals: blockPrincipals(body, "not_principals"),
    conditions: nested(body, "condition").map(({ test, variable, values }) => ({
      operator: String(test),
      key: String(variable),
      values: texts(values),
    })),
  };
}

function blockPrincipals(body: JsonObject, name: string): Principal[] {
  return nested(body, name).flatMap(({ type, identifiers }) =>
    texts(identifiers).map((identifier) => ({ type: String(type), identifier })),
  );
}

/** Whether a statement is about everybody, without exception. */
export function isAboutEverybody({ principals, notPrincipals }: Statement): boolean {
  return notPrincipals.length === 0 && principals.some(({ identifier }) => identifier === "*");
}

/** Whether a statement is also about people outside of the account that it does not name. */
export function isPublic(statement: Statement): boolean {
  return statement.notPrincipals.length > 0 || isAboutEverybody(statement);
}
