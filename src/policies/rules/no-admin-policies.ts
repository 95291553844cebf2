// The policy `no-admin-policies`: no role or user may do everything, or everything with a service, to every resource.
import { asList, asText, type Json } from "../../reachability/terraform-config";
import { type Finding, finding, type Policy } from "../policy";
import { type Document, identityDocuments, statementFindings } from "../reading/documents";
import type { Resource, Resources } from "../reading/resources";

/** AWS's own policies that allow everything, or everything of a service. */
const BROAD_POLICY = /:policy\/(.*\/)?(AdministratorAccess|PowerUserAccess|\w*FullAccess\w*)$/;

const noAdminPolicies: Policy = {
  id: "no-admin-policies",
  severity: "critical",
  rule: "No role or user may do everything, or everything with a service, to every resource.",
  reason: "Whoever takes over one task of such a role has the account.",
  remedy: "List the actions that are needed, and the resources that they are needed on.",
  *check({ resources }) {
    yield* statementFindings(
      resources,
      granting(resources),
      function* ({ effect, actions, notActions, ...on }) {
        const everywhere = on.notResources.length > 0 || on.resources.some(isEverything);
        if (effect === "Allow" && everywhere) {
          for (const action of actions.filter(isEveryAction)) {
            yield `It allows ${action} on every resource`;
          }
          if (notActions.length > 0) {
            yield `It allows every action but ${notActions.join(", ")} on every resource`;
          }
        }
      },
    );
    for (const type of [
      "aws_iam_role_policy_attachment",
      "aws_iam_user_policy_attachment",
      "aws_iam_group_policy_attachment",
      "aws_iam_policy_attachment",
    ]) {
      for (const attachment of resources.of(type)) {
        yield* attached(attachment, [attachment.body.policy_arn]);
      }
    }
    for (const role of resources.of("aws_iam_role")) {
      yield* attached(role, asList(role.body.managed_policy_arns));
    }
  },
};

export default noAdminPolicies;

/** Every document but those that serve as permissions boundaries alone: a boundary allows nothing by itself. */
function granting(resources: Resources): Document[] {
  const boundaries = new Set(
    resources
      .of("aws_iam_role", "aws_iam_user")
      .map((identity) => resources.referredTo(identity, identity.body.permissions_boundary)),
  );
  const attachments = resources.all.filter(({ type }) => /^aws_iam_(\w+_)?policy_attachment$/.test(type));
  const granted = new Set(attachments.map((each) => resources.referredTo(each, each.body.policy_arn)));
  return identityDocuments(resources).filter(
    ({ resource }) => !boundaries.has(resource) || granted.has(resource),
  );
}

/** `*`, `*:*`, `ec2:*`; also what cannot be read. */
function isEveryAction(action: string): boolean {
  return /^([\w*?-]+:)?[*?]+$/.test(action) || /^\$\{/.test(action);
}

/** `*`, or every resource of a service; also what cannot be read, unless it is an attribute of a resource. */
function isEverything(resource: string): boolean {
  return (
    /^(arn:)?[*?:/]+$|^arn:([^:]*:){4}[*?]+$/.test(resource) ||
    (/^\$\{[^}]*\}$/.test(resource) && !/^\$\{(data\.)?\w+_\w+\.[\w-]+[.[]/.test(resource))
  );
}

function* attached(resource: Resource, arns: readonly (Json | undefined)[]): Iterable<Finding> {
  for (const arn of arns) {
    if (BROAD_POLICY.test(asText(arn) ?? "")) {
      yield finding(resource, `It attaches ${asText(arn)}`);
    }
  }
}
