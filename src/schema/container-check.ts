// What must hold between the fields of one container, be it a service's own or a sidecar.
import type { z } from "zod";
import { isEcrImage } from "./image";
import { looksSecret } from "./secret-variable";

/** What is looked at here. Any of it may be of another type than it says while the container is refused for that. */
export interface CheckedContainer {
  readonly image: string;
  readonly imageCredentials?: unknown;
  readonly environment: object;
  readonly secrets: object;
  readonly bindings: object;
  readonly notSecret: object;
}

/** Says what is wrong, where, and what would be right. */
export type Issue = (at: PropertyKey[], message: string, input: unknown) => void;

/** Puts what is wrong where it is. */
export function issueOf(context: z.RefinementCtx): Issue {
  return (at, message, input) => context.addIssue({ code: "custom", path: at, message, input });
}

/** A refinement of a container's section: says all that is wrong at once. */
export function checkContainer(container: CheckedContainer, context: z.RefinementCtx): void {
  const issue = issueOf(context);
  for (const check of CONTAINER_CHECKS) {
    check(container, issue);
  }
}

function checkVariables(service: CheckedContainer, issue: Issue): void {
  const { environment, secrets, bindings, notSecret } = service;
  // What is not an object here is refused elsewhere.
  const secretNames = new Set(Object.keys(Object(secrets)));
  for (const [name, binding] of Object.entries(Object(bindings))) {
    const others = [
      ...(secretNames.has(name) ? ["secrets"] : []),
      ...(Object.hasOwn(Object(environment), name) ? ["environment"] : []),
    ];
    if (others.length > 0) {
      issue(["bindings", name], `It stands in ${others.join(" and ")}, too: keep one.`, binding);
    }
  }
  for (const name of Object.keys(Object(notSecret)).filter(
    (one) => !Object.hasOwn(Object(environment), one),
  )) {
    issue(["notSecret", name], "Remove it: environment has no such variable.", Object(notSecret)[name]);
  }
  for (const [name, value] of Object.entries(Object(environment))) {
    if (
      looksSecret(name, typeof value === "string" ? value : "") &&
      !Object.hasOwn(Object(notSecret), name)
    ) {
      const remedy =
        'Move it to "secrets": a plain variable shows its value in code, state and the ECS console. What only sounds like one goes ' +
        'into "notSecret", with the reason.';
      issue(["environment", name], remedy, "(withheld)");
    }
    if (secretNames.has(name)) {
      issue(["secrets", name], "It stands in both environment and secrets: keep one.", name);
    }
  }
}

function checkImage({ image, imageCredentials }: CheckedContainer, issue: Issue): void {
  if (imageCredentials !== undefined && typeof image === "string" && isEcrImage(image)) {
    issue(["imageCredentials"], "Remove it: ECR is pulled from by the service's own role.", imageCredentials);
  }
}

/** All that is looked at of a container. */
export const CONTAINER_CHECKS = [checkVariables, checkImage];
