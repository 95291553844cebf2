// The boundary of the deploy role: where it may act, whatever a policy says that it may do. One policy has to hold it, so
// that it says by names and tags what the policies spell out. It says nothing of CI's own roles and policies: these are
// out of reach.
import { allow, type Document, document, type Statement } from "./document";
import { type Conditions, type Grant, type Scope, type ServicePermissions, tagConditions } from "./grant";

export function deployBoundary(scope: Scope, permissions: readonly ServicePermissions[]): Document {
  const own = permissions.flatMap((service) => service.own ?? []);
  const grants = permissions.flatMap((service) =>
    service.grants.map((grant) => ({ ...grant, resources: grant.boundaryResources ?? grant.resources })),
  );
  const conditional = grants.filter((grant) => !grant.tag && Object.keys(conditionsOf(grant)).length > 0);
  const plain = grants.filter((grant) => !grant.tag && !conditional.includes(grant));
  const anywhere = plain.filter(({ resources }) => resources.includes("*"));
  const inside = plain.filter(({ resources }) => resources.every((resource) => isCovered(resource, own)));
  const shared = plain.filter((grant) => !anywhere.includes(grant) && !inside.includes(grant));
  return document([
    ...joined("Anywhere", anywhere),
    allow("OwnNames", inside.flatMap(everythingOf), widest(own)),
    ...[...new Set(shared.map(serviceOf))].flatMap((service) =>
      joined(
        `Shared${service}`,
        shared.filter((grant) => serviceOf(grant) === service),
      ),
    ),
    // The tag says whose a resource is, so that its ARN need not.
    ...(["new", "untagged", "own"] as const).flatMap((rule) => {
      const ruled = grants.filter(({ tag }) => tag === rule);
      const actions = ruled.flatMap((grant) => (rule === "own" ? everythingOf(grant) : widened(grant)));
      return ruled.length > 0 ? [allow(`Tag${rule}`, actions, ["*"], tagConditions(rule, scope))] : [];
    }),
    ...conditional.map((grant) =>
      allow(grant.sid, grant.actions, widest(grant.resources), conditionsOf(grant)),
    ),
    ...denials(scope),
  ]);
}

/** One statement of some grants, without conditions; none of none. */
function joined(sid: string, grants: readonly Grant[]): Statement[] {
  const resources = grants.flatMap((grant) => grant.resources);
  return grants.length > 0 ? [allow(sid, grants.flatMap(widened), widest(resources))] : [];
}

function conditionsOf({ conditions, boundaryConditions }: Grant): Conditions {
  return boundaryConditions ?? conditions ?? {};
}

function serviceOf({ actions }: Grant): string {
  return actions[0]?.split(":")[0] ?? "";
}

function everythingOf({ actions }: Grant): string[] {
  return actions.map((action) => `${action.split(":")[0]}:*`);
}

/** Services of which getting something shows no more than describing it. */
const HARMLESS_TO_GET = "iam|backup|servicequotas";

/**
 * Describing and listing as a whole, and making something new in EC2, which has to carry the tag; anything else is
 * spelled out.
 */
function widened({ actions, tag }: Grant): string[] {
  const verbs = new RegExp(`^([\\w-]+:(?:Describe|List)|(?:${HARMLESS_TO_GET}):Get)\\w+$`);
  return actions.map((action) =>
    tag === "new" ? action.replace(/^ec2:Create\w+$/, "ec2:Create*") : action.replace(verbs, "$1*"),
  );
}

/**
 * An ARN without region and account: a statement of its own refuses other regions, and what is another account's has to
 * let somebody in by itself.
 */
function short(arn: string): string {
  return arn.replace(/^(arn:aws:[\w-]+):[\w-]+:\d+:/, "$1:*:*:");
}

/** The ARNs, shortened, that none of the others matches. */
function widest(arns: readonly string[]): string[] {
  const unique = [...new Set(arns.map(short))];
  return unique.filter(
    (arn) =>
      !isCovered(
        arn,
        unique.filter((other) => other !== arn),
      ),
  );
}

/** Whether one of the patterns matches an ARN and everything that the ARN's own wildcards stand for. */
function isCovered(arn: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const literal = pattern.replaceAll(/[.+^${}()|[\]\\?]/g, "\\$&").replaceAll("*", ".*");
    return new RegExp(`^${literal}$`).test(arn);
  });
}

/** What stays out of reach whatever is allowed above, or by a policy of the account's. */
function denials({ environment, tag }: Scope): Statement[] {
  const { region, state, backup } = environment;
  const regions = new Set([
    region,
    ...(state.backend === "s3" ? [state.region] : []),
    ...(backup?.copyTo ? [backup.copyTo.region] : []),
  ]);
  return [
    {
      Sid: "NoOtherEnvironment",
      Effect: "Deny",
      // What environments may share, and is only read or used: certificates, images, keys, a bucket of states, secrets.
      NotAction: [
        "acm:Describe*",
        "ecr:Describe*",
        "kms:*",
        "s3:*",
        "secretsmanager:Describe*",
        "secretsmanager:Get*",
      ],
      Resource: ["*"],
      Condition: {
        StringNotEquals: { "aws:ResourceTag/Environment": tag },
        Null: { "aws:ResourceTag/Environment": "false" },
      },
    },
    {
      Sid: "NoOtherRegion",
      Effect: "Deny",
      // These have no region.
      NotAction: ["iam:*", "route53:*", "sts:*"],
      Resource: ["*"],
      Condition: { StringNotEquals: { "aws:RequestedRegion": [...regions] } },
    },
  ];
}
