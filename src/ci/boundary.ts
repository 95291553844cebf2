// The boundary of the deploy role: where it may act, whatever a policy says that it may do. One policy has to hold it, so
// that it says by names and tags what the policies spell out. It says nothing of CI's own roles and policies: these are
// out of reach.
import type { Statement } from "../iam/document";
import {
  actions,
  type Grant,
  type Scope,
  type ServicePermissions,
  type TagRule,
  tagConditions,
} from "./grant";
import { BOUNDED, platformBoundaryArn } from "./permissions/iam";
import { allow } from "./statements";

export function deployBoundary(scope: Scope, permissions: readonly ServicePermissions[]): Statement[] {
  const own = widest(
    byName(permissions.flatMap((service) => service.own ?? []).map(short), scope.environment.name),
  );
  const isOwn = coverage(own);
  const grants = permissions.flatMap((service) => service.grants.map(inBoundary));
  const conditional = grants.filter(({ tag, conditions }) => !tag && conditions);
  const plain = grants.filter(({ tag, conditions }) => !tag && !conditions);
  const anywhere = plain.filter(({ resources }) => resources.includes("*"));
  const inside = plain.filter(({ resources }) => resources.every(isOwn));
  const servicesInside = new Set(inside.map(serviceOf));
  const shared = plain
    .filter((grant) => !anywhere.includes(grant) && !inside.includes(grant))
    .map((grant) => (servicesInside.has(serviceOf(grant)) ? without(grant, isOwn) : grant));
  return [
    ...joined([anywhere]),
    allow(undefined, inside.flatMap(everythingOf), own),
    // In one statement: an action is for resources of its own service alone, so that nothing is let through beyond what is for each.
    ...joined([shared]),
    // The tag says whose a resource is, so that its ARN need not.
    ...(["new", "own"] as const).flatMap((rule) => {
      const ruled = grants.filter(({ tag }) => tag === rule);
      const actions = ruled.flatMap((grant) =>
        rule === "own" || onlyTags(grant) ? everythingOf(grant) : widened(grant),
      );
      return ruled.length > 0 ? [allow(undefined, actions, ["*"], tagConditions(rule, scope))] : [];
    }),
    ...joined(alike(conditional, ({ resources, conditions }) => JSON.stringify([resources, conditions]))),
    ...denials(scope),
  ];
}

/** What stays of a tag rule where a statement of its own refuses whatever has another environment's tag. */
const REMAINING: Readonly<Record<TagRule, "new" | "own" | undefined>> = {
  new: "new",
  untagged: "new",
  "own-or-none": undefined,
  own: "own",
};

/** A grant with what the boundary has instead of the policies. */
function inBoundary({
  tag,
  resources,
  conditions,
  boundaryResources,
  boundaryConditions,
  ...grant
}: Grant): Grant {
  const rule = tag && REMAINING[tag];
  const condition = boundaryConditions ?? conditions;
  return {
    ...grant,
    resources: widest(boundaryResources ?? resources),
    ...(rule && { tag: rule }),
    ...(condition && Object.keys(condition).length > 0 && { conditions: condition }),
  };
}

/** A grant without the resources that its service is let do everything to anyway. */
function without(grant: Grant, isOwn: (resource: string) => boolean): Grant {
  return { ...grant, resources: grant.resources.filter((resource) => !isOwn(resource)) };
}

/** One statement of each group of grants, which have the same conditions; none of none. */
function joined(groups: readonly (readonly Grant[])[]): Statement[] {
  return groups.flatMap((grants) => {
    const resources = grants.flatMap((grant) => grant.resources);
    return grants.length > 0
      ? [allow(undefined, grants.flatMap(widened), widest(resources), grants[0]?.conditions)]
      : [];
  });
}

/** The grants that have the same key, together. */
function alike(grants: readonly Grant[], keyOf: (grant: Grant) => string): Grant[][] {
  const keys = [...new Set(grants.map(keyOf))];
  return keys.map((key) => grants.filter((grant) => keyOf(grant) === key));
}

function serviceOf({ actions }: Grant): string {
  return actions[0]?.split(":")[0] ?? "";
}

/**
 * Whether whatever takes a tag in a service, all that the condition lets through, does no more than make something small or tag it. In
 * EC2, it starts machines, too.
 */
function onlyTags(grant: Grant): boolean {
  return serviceOf(grant) !== "ec2";
}

function everythingOf({ actions }: Grant): string[] {
  return actions.map((action) => `${action.split(":")[0]}:*`);
}

/** Services of which getting something shows no more than describing it. */
const HARMLESS_TO_GET = "iam|backup|kms|route53|servicediscovery|servicequotas";

/** An action that only looks, up to what it looks at. */
const LOOKING = new RegExp(`^([\\w-]+:(?:Describe|List)|(?:${HARMLESS_TO_GET}):Get)\\w+$`);

/**
 * What is let through as a whole: creating, changing and deleting the same thing, making something new in EC2 and in Cloud Map, which
 * has to carry the tag, and what only looks.
 */
const ALL_ALIKE = [
  "ec2:AuthorizeSecurityGroup*",
  "ec2:Create*",
  "ec2:*NetworkInterface*",
  "iam:*RolePolicy",
  "iam:Create*Role",
  "kms:*Alias",
  "kms:GenerateDataKey*",
  "logs:*LogDelivery",
  "secretsmanager:*RotateSecret",
  "servicediscovery:Create*",
  "states:Validate*",
].map((action) => ({ action, pattern: toPattern(action) }));

/** Describing and listing as a whole; almost anything else is spelled out. */
function widened({ actions }: Grant): string[] {
  return actions.map(
    (action) =>
      ALL_ALIKE.find(({ pattern }) => pattern.test(action))?.action ?? action.replace(LOOKING, "$1*"),
  );
}

/**
 * An ARN without region and account: a statement of its own refuses other regions, and what is another account's has to
 * let somebody in by itself.
 */
function short(arn: string): string {
  return arn.replace(/^(arn:aws:[\w-]+):[\w-]+:\d+:/, "$1:*:*:");
}

/**
 * ARNs with one pattern in place of several that differ only in what follows the environment's name. Longer names that begin
 * alike match it, too; they have another environment's tag, which is refused, and no policy names them. Not those of buckets,
 * where what follows may be another environment's state.
 */
function byName(arns: readonly string[], name: string): string[] {
  // Where a part of the ARN begins with it: a name such as "rds" stands in other places, too.
  const upToName = new RegExp(`^arn:aws:(?!s3:).*[:/]${name}(?=$|[-/*])`);
  const beginnings = arns.map((arn) => upToName.exec(arn)?.[0]);
  return arns.map((arn, index) => {
    const beginning = beginnings[index];
    const alike = arns.filter((_, other) => beginnings[other] === beginning);
    return beginning !== undefined && new Set(alike).size > 1 ? `${beginning}*` : arn;
  });
}

/** The ARNs, shortened, that none of the others matches. */
function widest(arns: readonly string[]): string[] {
  const unique = [...new Set(arns.map(short))].map((arn) => ({ arn, pattern: toPattern(arn) }));
  return unique
    .filter(({ arn }) => !unique.some((other) => other.arn !== arn && other.pattern.test(arn)))
    .map(({ arn }) => arn);
}

/** Something that tells whether one of the ARNs matches another, and everything that the other's own wildcards stand for. */
function coverage(arns: readonly string[]): (arn: string) => boolean {
  const patterns = arns.map(toPattern);
  return (arn) => patterns.some((pattern) => pattern.test(arn));
}

/** What an ARN, or an action, with wildcards stands for. */
function toPattern(text: string): RegExp {
  const literal = text.replaceAll(/[.+^${}()|[\]\\?]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${literal}$`);
}

/** What stays out of reach whatever is allowed above, or by a policy of the account's. */
function denials(scope: Scope): Statement[] {
  const { tag } = scope;
  const { state } = scope.environment;
  const regions = new Set([...scope.regions, ...(state.backend === "s3" ? [state.region] : [])]);
  return [
    {
      sid: "NoOtherEnvironment",
      effect: "Deny",
      // What environments may share, and is only read or used: certificates, images, keys, buckets of states, secrets, parameters.
      notActions: [
        "acm:Describe*",
        "ecr:Describe*",
        "kms:*Grant",
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:GenerateDataKey*",
        "s3:*",
        "secretsmanager:Describe*",
        "secretsmanager:Get*",
        "ssm:GetParameter*",
      ],
      resources: ["*"],
      conditions: {
        StringNotEquals: { "aws:ResourceTag/Environment": tag },
        Null: { "aws:ResourceTag/Environment": "false" },
      },
    },
    {
      sid: "NoRoleWithoutBoundary",
      effect: "Deny",
      actions: actions("iam", BOUNDED),
      resources: ["*"],
      conditions: { StringNotEquals: { "iam:PermissionsBoundary": platformBoundaryArn(scope) } },
    },
    {
      sid: "NoOtherRegion",
      effect: "Deny",
      // These have no region.
      notActions: ["iam:*", "route53:*", "sts:*"],
      resources: ["*"],
      conditions: { StringNotEquals: { "aws:RequestedRegion": [...regions] } },
    },
  ];
}
