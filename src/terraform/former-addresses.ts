// What resources were called when addresses ended in a hash of the construct's path, so that Terraform moves what was
// deployed then. Nothing but the base stack uses this file; docs/upgrading.md says when both may go.
import { type TerraformResource, TerraformStack } from "cdktf";
import { makeUniqueId } from "cdktf/lib/private/unique";
import { terraformName } from "../model/names/terraform";
import { addressOf } from "./addresses";

/** A `moved` block: Terraform takes what its state knows by one address for what the configuration has at another. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Paths within the stack of the resources that had a name of their own, with no hash. */
const NAMED = [
  /^service-[^/]+\/(service|task|one-off-[^/]+\/task|execution-role|task-role|autoscaling)\//,
  /^cluster\/(cluster|capacity-providers)$/,
  /^(alarm-[^/]+\/alarm|log-metric-[^/]+\/filter)$/,
  /^security-groups\/[^/]+$/,
  /^vpc-endpoints\//,
] as const;

/** Paths within the stack of resources that are newer than addresses without hashes: nothing was deployed that they are. */
const NEWER = [
  /^data-subnet-acl\/(network-acl|ingress-|egress-)/,
  /^(service-restart|alarm-postgres_restart)\//,
  /^database\/(password-rotation|credentials\/written)\//,
  /^findings\//,
  /^django-secret-key\/previous\//,
  /^application-user\//,
  /^connectivity-probe\//,
  /^output-parameters\//,
  /^(alarm-[^/]+_failed-logins-axes|log-metric-[^/]+-(errors-critical|failed-logins-axes))\//,
  /^load-balancer\/listeners\/([^/]+-declared-hosts(-\d+)?|[^/]+-part-\d+|undeclared-hosts)$/,
] as const;

/** A move for each resource that is called otherwise than then. */
export function movesOf(resources: readonly TerraformResource[]): Move[] {
  const declared = new Set(resources.map(addressOf));
  return resources.flatMap((resource) => {
    const { terraformResourceType: type, friendlyUniqueId } = resource;
    const former = formerName(resource);
    const from = `${type}.${former}`;
    return former === undefined || declared.has(from) ? [] : [{ from, to: `${type}.${friendlyUniqueId}` }];
  });
}

/** What follows the colon in a construct id is new: before it stands what the id was. */
function formerName({ node, friendlyUniqueId }: TerraformResource): string | undefined {
  if (friendlyUniqueId !== terraformName(node.id)) {
    return friendlyUniqueId;
  }
  const [id = "", name = id] = node.id.split(":");
  const all = node.scopes;
  const scopes = all.slice(all.findIndex(TerraformStack.isStack) + 1, -1);
  const path = [...scopes.map((scope) => scope.node.id), id];
  const text = path.join("/");
  const is = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(text));
  return is(NEWER) ? undefined : is(NAMED) ? name : makeUniqueId(path);
}
