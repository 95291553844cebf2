// Whether each VPC endpoint stands between the tasks and its API: otherwise they wait for an answer that never comes.
import type { VpcEndpoint } from "@aws-sdk/client-ec2";
import type { Environment } from "../../model/environment";
import { vpcEndpointName } from "../../model/names/network";
import { vpcEndpointsOf } from "../../model/vpc-endpoints";
import { MEMBER_KEYS } from "../../schema/member-keys";
import { NOT_DEPLOYED, type VerifyCheck } from "./check";

export interface EndpointFacts {
  /** Those that have one of the environment's Name tags. */
  readonly endpoints: readonly VpcEndpoint[];
  /** IDs of the VPCs with the environment's Name tag. */
  readonly vpcIds: readonly string[];
  /** IDs of the platform's groups, where they are certain. */
  readonly groupIds: ReadonlyMap<string, string>;
}

/** `endpoint:*`, one check for each API that is to have an endpoint; whether they are up, `resource:endpoints` says. */
export function judgeEndpoints(environment: Environment, facts: EndpointFacts): VerifyCheck[] {
  return vpcEndpointsOf(environment).map((service) => {
    const name = vpcEndpointName(environment.name, service);
    const named = facts.endpoints.filter(({ Tags = [] }) =>
      Tags.some(({ Key, Value }) => Key === "Name" && Value === name),
    );
    const problems = [
      ...(named.length > 1 ? [`${named.length} VPC endpoints have the Name tag ${name}`] : []),
      ...named.flatMap((endpoint) => problemsOf(endpoint, service, environment, facts)),
    ];
    return {
      id: `endpoint:${service}`,
      title: `What tasks ask of ${service} stays in the VPC, by the endpoint ${name}`,
      ...(named.length === 0
        ? { status: "skipped", detail: NOT_DEPLOYED }
        : problems.length === 0
          ? { status: "pass", detail: named.map(idOf).join(", ") }
          : { status: "fail", detail: problems.join("\n") }),
    };
  });
}

function problemsOf(
  endpoint: VpcEndpoint,
  service: string,
  { region }: Environment,
  { vpcIds: [vpcId], groupIds }: EndpointFacts,
): string[] {
  const { ServiceName, VpcId, PrivateDnsEnabled, Groups = [] } = endpoint;
  const id = idOf(endpoint);
  const wanted = `com.amazonaws.${region}.${service}`;
  const group = groupIds.get(MEMBER_KEYS.endpoints);
  return [
    ...(ServiceName === wanted ? [] : [`${id} leads to ${ServiceName}, not to ${wanted}`]),
    ...(vpcId === undefined || VpcId === vpcId ? [] : [`${id} is in ${VpcId}, not in ${vpcId}`]),
    ...(PrivateDnsEnabled
      ? []
      : [`${id} has no private DNS: tasks are given the API's addresses in the Internet`]),
    ...(group === undefined || Groups.some(({ GroupId }) => GroupId === group)
      ? []
      : [`${id} is not in the group ${group}: nobody is let in`]),
  ];
}

function idOf({ VpcEndpointId = "?" }: VpcEndpoint): string {
  return VpcEndpointId;
}
