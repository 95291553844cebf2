// Lists what the roles of synthesized stacks may do, wherever their policies stand: in the role's own policy, in a data
// source, or in a managed policy that is attached.

import { Resources } from "../../src/policies/reading/resources";
import { statements } from "../../src/policies/reading/statements";
import { evaluated } from "../../src/reachability/evaluated";
import {
  asText,
  type Block,
  isObject,
  parseReference,
  type TerraformConfigs,
} from "../../src/reachability/terraform-config";

/**
 * By role: the actions on each resource, sorted. References are replaced by the names of what they refer to, such as
 * `sqs_queue shop-jobs`; a denial, and the keys of conditions, stand with the resource.
 */
export type RolePermissions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** The permissions of every role, by its name. Throws where a policy cannot be read, or belongs to no role here. */
export function rolePermissions(configs: TerraformConfigs): RolePermissions {
  const resources = new Resources(evaluated(configs));
  const { all } = resources;
  const find = (from: Block, reference: string): Block | undefined => {
    // A reference may lead into a block of a block: to its secret, say.
    const target = parseReference(reference.replace(/(\.\w+\[\d+\])+(?=\.\w+\})/, ""));
    return all.find(
      ({ stack, mode, type, name }) =>
        stack === from.stack && mode === target?.mode && type === target.type && name === target.name,
    );
  };
  /** What AWS calls the thing that a reference refers to; nothing for the region and the account. */
  const nameOf = (reference: string, from: Block): string => {
    const block = find(from, reference);
    if (!block) {
      return reference.slice(2, -1);
    }
    const { name, identifier, replication_group_id, user_id, secret_id, tags } = block.body;
    const tag = isObject(tags) ? tags.Name : undefined;
    const own = asText(
      [name, identifier, replication_group_id, user_id, tag].find((value) => value !== undefined),
    );
    const inner = /\.(\w+)\[/.exec(reference)?.[1];
    const secret = asText(secret_id);
    if (secret !== undefined) {
      return nameOf(secret, block);
    }
    return /^aws_(region|caller_identity)$/.test(block.type)
      ? ""
      : [block.type.replace("aws_", ""), own ?? block.name, ...(inner ? [inner] : [])].join(" ");
  };
  const managed = (type: string) => all.filter((block) => block.mode === "resource" && block.type === type);
  const permissions = new Map<string, Map<string, Set<string>>>(
    managed("aws_iam_role").map(({ body }) => [asText(body.name) ?? "", new Map()]),
  );
  const add = (holder: Block, resource: string, action: string) => {
    const role = asText(find(holder, asText(holder.body.role) ?? "")?.body.name);
    const known = permissions.get(role ?? "");
    if (!known) {
      throw new Error(`${holder.type}.${holder.name} belongs to no role of these stacks.`);
    }
    known.set(resource, (known.get(resource) ?? new Set()).add(action));
  };
  const addAll = (holder: Block, policy: Block) => {
    const found = statements(resources, policy, policy.body.policy);
    if (!found) {
      throw new Error(`${policy.type}.${policy.name} cannot be read.`);
    }
    for (const { effect, actions, conditions, ...about } of found) {
      for (const resource of about.resources) {
        const named = resource.replaceAll(/\$\{[^}]*\}/g, (reference) => nameOf(reference, policy));
        const key = `${effect === "Allow" ? "" : "denied: "}${named}`;
        const when = conditions.length > 0 ? ` if ${conditions.map(({ key }) => key).join(", ")}` : "";
        for (const action of actions) {
          add(holder, `${key}${when}`, action);
        }
      }
    }
  };
  for (const policy of managed("aws_iam_role_policy")) {
    addAll(policy, policy);
  }
  for (const attachment of managed("aws_iam_role_policy_attachment")) {
    const arn = asText(attachment.body.policy_arn) ?? "";
    const policy = find(attachment, arn);
    if (policy) {
      addAll(attachment, policy);
    } else {
      add(attachment, arn, "everything in this policy");
    }
  }
  return Object.fromEntries(
    [...permissions].map(([role, granted]) => [
      role,
      Object.fromEntries([...granted].map(([resource, actions]) => [resource, [...actions].sort()])),
    ]),
  );
}
