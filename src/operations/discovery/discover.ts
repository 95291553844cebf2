// The platform's security groups, found twice: at the resources that they are attached to, and by their Name tags.
import type { Model } from "../../model/model";
import type { AwsSession } from "../aws/session";
import { type LiveResources, liveResources } from "../live/resources";
import { type NamedVpc, vpcNamed } from "../live/security-groups";
import { type GroupFacts, judgeGroup, resourceText } from "./judgement";
import { type TaggedGroups, taggedGroups } from "./name-tags";
import type { TaggedGroup } from "./tagged-group";

export interface DiscoveredGroup extends GroupFacts {
  /** What is not as it should be, a sentence each. */
  readonly findings: readonly string[];
}

export interface Discovery extends TaggedGroups {
  readonly groups: readonly DiscoveredGroup[];
}

/** Finds every group of the environment. Its calls: see `PERMISSIONS.discover`. */
export async function discover(aws: AwsSession, model: Model): Promise<Discovery> {
  const [vpc, resources] = await Promise.all([
    vpcNamed(aws, model.environment.names.vpc),
    liveResources(aws, model.environment),
  ]);
  return discoveryOf(model, vpc, resources);
}

/** What the account's answers say about every group of the environment. */
export function discoveryOf(model: Model, vpc: NamedVpc, resources: LiveResources): Discovery {
  const byName = taggedGroups(model, vpc);
  const groups = byName.groups.map((tagged): DiscoveredGroup => {
    const facts: GroupFacts = {
      ...tagged,
      resource: resourceText(tagged.member, model.environment),
      attached: attachedTo(tagged, resources),
    };
    return { ...facts, findings: judgeGroup(facts) };
  });
  return { vpc: byName.vpc, groups };
}

/** Whether there is nothing to object to. */
export function isInOrder({ vpc, groups }: Discovery): boolean {
  return vpc.findings.length === 0 && groups.every(({ findings }) => findings.length === 0);
}

/** IDs of the groups that a member's resource has; `undefined` where there is no such resource. */
function attachedTo(
  { member, tagged }: TaggedGroup,
  { services, database, cache, fileSystems, loadBalancer, endpoints }: LiveResources,
): readonly string[] | undefined {
  switch (member.kind) {
    case "service": {
      const service = services.get(member.key);
      return service && (service.networkConfiguration?.awsvpcConfiguration?.securityGroups ?? []);
    }
    case "database":
      // One that is on its way out is not attached any more.
      return database?.VpcSecurityGroups
        ? database.VpcSecurityGroups.filter(({ Status }) => Status !== "removing").flatMap(
            ({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? [],
          )
        : database && [];
    case "cache":
      return (
        cache &&
        unique(
          cache.members
            .flatMap(({ SecurityGroups = [] }) => SecurityGroups)
            .flatMap(({ SecurityGroupId }) => SecurityGroupId ?? []),
        )
      );
    case "file-system": {
      const files = fileSystems.get(member.key);
      return files && unique(files.mountTargets.flatMap(({ securityGroups }) => securityGroups));
    }
    case "load-balancer":
      return loadBalancer && (loadBalancer.SecurityGroups ?? []);
    case "endpoints":
      return endpoints.length > 0
        ? unique(endpoints.flatMap(({ Groups = [] }) => Groups.flatMap(({ GroupId }) => GroupId ?? [])))
        : undefined;
    case "extra":
      // What a team's own code makes is not looked for: its group says all that is known here.
      return tagged;
  }
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
