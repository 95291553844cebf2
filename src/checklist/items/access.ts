// Items on who may do what: between the groups, with the account, and with Terraform's state.
import type { Finding } from "../../policies/policy";
import { nested } from "../../policies/reading/values";
import adminPortsClosed from "../../policies/rules/admin-ports-closed";
import dataPortsClosed from "../../policies/rules/data-ports-closed";
import noAdminPolicies from "../../policies/rules/no-admin-policies";
import passRoleNarrow from "../../policies/rules/pass-role-narrow";
import roleTrustNarrow from "../../policies/rules/role-trust-narrow";
import rolesSeparate from "../../policies/rules/roles-separate";
import stateProtected from "../../policies/rules/state-protected";
import trafficReadable from "../../policies/rules/traffic-readable";
import { trafficDisagreements } from "../../policies/traffic-agreement";
import { findingsOf, judged, notMet, place } from "../answers";
import type { Item } from "../item";

const securityGroups: Item = {
  id: "security-groups",
  title: "Security groups let through what the environment declares and nothing else; no data port is open",
  group: "required",
  why: "Each connection that nobody needs is one that an intruder can use.",
  answer: (platform) => {
    const { resources, model, configs } = platform;
    const disagreements = trafficDisagreements(model, configs);
    const open = findingsOf(platform, dataPortsClosed, adminPortsClosed, trafficReadable);
    if (disagreements.length > 0) {
      const named = resources.all
        .map(place)
        .filter((where) => disagreements.some((text) => text.includes(where)));
      return {
        state: "not met",
        where: [...new Set([...named, ...open.map(place)])],
        detail: `${disagreements.join(". ")}. Declare the flow in the environment, or remove the rule.`,
      };
    }
    return judged({
      subjects: resources.of("aws_security_group"),
      findings: open,
      met: "Their rules equal the traffic matrix; no port of a database, a cache or an administrator is open.",
      without: "The environment has no security groups.",
      remedy: dataPortsClosed.remedy,
    });
  },
};

const roles: Item = {
  id: "roles",
  title: "No role may do everything or be taken by everybody, and each service has its own",
  group: "required",
  why: noAdminPolicies.reason,
  answer: (platform) =>
    judged({
      subjects: platform.resources.of("aws_iam_role"),
      findings: findingsOf(platform, noAdminPolicies, rolesSeparate, roleTrustNarrow, passRoleNarrow),
      met: "No role may do everything or be taken by everybody, and no two services share one.",
      without: "The environment has no roles.",
      remedy: noAdminPolicies.remedy,
    }),
};

/** The stack that makes the bucket for all other states: its own cannot be in there before there is one. */
const STATE_STACK = "state-backend";

const stateEncrypted: Item = {
  id: "state-encrypted",
  title: "Terraform's state is encrypted and locked",
  group: "required",
  why: stateProtected.reason,
  answer: (platform) => {
    const backends = Object.entries(platform.configs)
      .filter(([stack]) => stack !== STATE_STACK)
      .map(([stack, { terraform }]) => ({ stack, kinds: nested(terraform, "backend").flatMap(Object.keys) }));
    const local = backends
      .filter(({ kinds }) => kinds.includes("local"))
      .map(
        ({ stack }): Finding => ({
          stack,
          address: "terraform.backend.local",
          problem: "The state is a file beside the project, neither encrypted nor shared",
        }),
      );
    const findings = [...findingsOf(platform, stateProtected), ...local];
    if (findings.length > 0) {
      const remedy = 'Keep the state in S3: state: { backend: "s3", ... }.';
      return notMet(findings, remedy);
    }
    return backends.every(({ kinds }) => kinds.includes("s3"))
      ? {
          state: "met",
          where: backends.map(({ stack }) => `${stack}/terraform.backend.s3`),
          detail: "S3 keeps it encrypted, and a lock file keeps two applies apart.",
        }
      : {
          state: "confirm",
          where: ["state.backend"],
          detail: "Whoever runs the stacks brings the backend: confirm that it encrypts and locks.",
        };
  },
};

export const requiredAccessItems: readonly Item[] = [securityGroups, roles, stateEncrypted];
