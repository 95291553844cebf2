// The policy `no-plain-secrets`: no plain environment variable of a container holds what looks like a secret.

import { isSecretBinding } from "../../model/bindings";
import type { Environment } from "../../model/environment";
import { queueUrlVariable } from "../../model/handover";
import { asList, asText } from "../../reachability/terraform-config";
import { looksSecret } from "../../schema/secret-variable";
import type { Service } from "../../schema/service";
import type { Sidecar } from "../../schema/sidecar";
import type { Policy } from "../policy";
import { type Container, containerFindings } from "../reading/containers";
import { secretIn } from "../reading/secrets";
import { nested } from "../reading/values";

/** Attributes of Terraform that hold the value of a secret. */
const SECRET_SOURCE =
  /\b(secret_string|secret_binary|random_password\.|aws_ssm_parameter\.[\w-]+\.(insecure_)?value)/;

/** Names that only sound like a secret's: accepted with a reason, or bound to what is none, or the URL of a queue. */
function harmlessNames(
  service: Service | Sidecar | undefined,
  { cache }: Pick<Environment, "cache">,
): ReadonlySet<string> {
  if (service === undefined) return new Set();
  const { notSecret, bindings } = service;
  const queues = "consumesFrom" in service ? [...service.consumesFrom, ...service.sendsTo] : [];
  return new Set([
    ...Object.keys(notSecret),
    ...Object.keys(bindings).filter((name) => !isSecretBinding(bindings[name] ?? "service.key", cache)),
    ...queues.map(queueUrlVariable),
  ]);
}

/** What the environment says of a container; nothing of one that is the team's own. */
function described(
  { services, names }: Environment,
  { definition, body }: Pick<Container, "definition" | "body">,
): Service | Sidecar | undefined {
  const name = asText(body.name) ?? "";
  const family = asText(definition.body.family);
  const owner = Object.keys(services).find((key) => names.services[key]?.taskDefinition === family);
  // A service's own container is called as the service is, also where it runs something once.
  const sidecars = Object.entries(services[owner ?? ""]?.sidecars ?? {});
  return sidecars.find(([key]) => key === name)?.[1] ?? services[name];
}

const noPlainSecrets: Policy = {
  id: "no-plain-secrets",
  severity: "critical",
  rule: "No plain environment variable of a container holds what looks like a secret.",
  reason:
    "Plain variables stand in the task definition, in Terraform's state and in the ECS console, for everyone who may look.",
  remedy: "Move the variable to secrets: ECS then takes it from Secrets Manager when a task starts.",
  check: ({ environment, resources }) =>
    containerFindings(resources, function* (container) {
      const { who, body } = container;
      const harmless = harmlessNames(described(environment, container), environment);
      for (const { name, value } of nested(body, "environment")) {
        const variable = asText(name) ?? "";
        if (looksSecret(variable, asText(value) ?? "") && !harmless.has(variable)) {
          yield `${who} has a plain variable ${variable}, whose name says that it is secret`;
        } else if (secretIn(asText(value) ?? "") || SECRET_SOURCE.test(asText(value) ?? "")) {
          yield `${who} has a plain variable ${variable}, whose value looks like a secret`;
        }
      }
      if (asList(body.environmentFiles).length > 0) {
        yield `${who} reads variables from files in S3, which cannot be read before a deployment`;
      }
    }),
};

export default noPlainSecrets;
