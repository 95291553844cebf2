// What resources were called before, so that Terraform moves what was deployed then: when addresses ended in a hash of the
// construct's path, and when what is one resource with for_each now was several. docs/upgrading.md says when all this may go.
import { type TerraformResource, TerraformStack } from "cdktf";
import { makeUniqueId } from "cdktf/lib/private/unique";
import type { Node } from "constructs";
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
  /^(schedule-start|schedules-[^/]+|alarm-[^/]+_(failed-runs|missed-runs|undelivered))\//,
  /^database\/(password-rotation|credentials\/written)\//,
  /^findings\//,
  /^django-secret-key\/previous\//,
  /^application-user\//,
  /^secrets\/(shared|sidecar)_/,
  /^cache\/password\//,
  /^database-url-/,
  /^connectivity-probe\//,
  /^private-names\//,
  /^output-parameters\//,
  /^file-system-/,
  /^alarm-[^/]+_(burst-credits|refused-logins|scaling-metric)\//,
  /^service-[^/]+\/autoscaling\/(response-time|schedule-[^/]+)$/,
  /^(alarm-[^/]+_failed-logins-axes|log-metric-[^/]+-(errors-critical|failed-logins-axes))\//,
  /^load-balancer\/listeners\/([^/]+-declared-hosts(-\d+)?|[^/]+-part-\d+|undeclared-hosts)$/,
  /^alarm-topic\/subscription$/,
  /^bucket-[^/]+\//,
] as const;

const FORMERLY = "former-resource";

/** What an instance of a resource with `for_each` was: a resource of its own, of the same type, beside this one. */
interface FormerResource {
  /** The instance's key. */
  readonly key: string;
  /** The construct id that the resource had. */
  readonly id: string;
}

/**
 * Says that an instance was a resource of its own before.
 * @param resource one with `for_each`
 * @param key the instance's key
 * @param id the construct id that it had in the same scope
 */
export function wasResource(resource: TerraformResource, key: string, id: string): void {
  const former: FormerResource = { key, id };
  resource.node.addMetadata(FORMERLY, former);
}

/** A move for each resource that is called otherwise than then. */
export function movesOf(resources: readonly TerraformResource[]): Move[] {
  const declared = new Set(resources.map(addressOf));
  return resources.flatMap((resource) => {
    const { terraformResourceType: type, friendlyUniqueId } = resource;
    const former = formerName(resource);
    const moves =
      former === undefined ? [] : [{ from: `${type}.${former}`, to: `${type}.${friendlyUniqueId}` }];
    return [...moves, ...movesOfInstances(resource)].filter(({ from }) => !declared.has(from));
  });
}

/** From the hash to the name of its own, and from there to the instance: Terraform follows, whichever of both a state has. */
function movesOfInstances({
  terraformResourceType: type,
  friendlyUniqueId,
  node,
}: TerraformResource): Move[] {
  return node.metadata
    .filter((entry) => entry.type === FORMERLY)
    .flatMap(({ data }): Move[] => {
      const { key, id }: FormerResource = data;
      const [hashed = "", name = hashed] = id.split(":");
      const own = `${type}.${name}`;
      return [
        { from: `${type}.${makeUniqueId([...scopesOf(node), hashed])}`, to: own },
        { from: own, to: `${type}.${friendlyUniqueId}[${JSON.stringify(key)}]` },
      ];
    });
}

/** What follows the colon in a construct id is new: before it stands what the id was. */
function formerName({ node, friendlyUniqueId }: TerraformResource): string | undefined {
  if (friendlyUniqueId !== terraformName(node.id)) {
    return friendlyUniqueId;
  }
  const [id = "", name = id] = node.id.split(":");
  const path = [...scopesOf(node), id];
  const text = path.join("/");
  const is = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(text));
  return is(NEWER) ? undefined : is(NAMED) ? name : makeUniqueId(path);
}

/** The ids of the constructs that an element is in, within its stack. */
function scopesOf({ scopes }: Node): string[] {
  return scopes.slice(scopes.findIndex(TerraformStack.isStack) + 1, -1).map(({ node }) => node.id);
}
