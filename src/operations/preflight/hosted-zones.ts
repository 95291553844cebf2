// The hosted zones that an environment's file can mean: by their ID or by their name.
import {
  GetHostedZoneCommand,
  type HostedZone,
  paginateListHostedZones,
  Route53Client,
} from "@aws-sdk/client-route-53";
import type { Dns } from "../../schema/dns";
import type { AwsSession } from "../aws/session";
import { unlessAbsent } from "../live/absent";
import { type HostedZoneFacts, isSameName } from "./domain-judgement";

/**
 * The zone of the ID, or the public zones of the name: of those, an account may have more than one. None where the
 * environment names no zone.
 */
export async function hostedZones(
  aws: AwsSession,
  { hostedZoneId, hostedZoneName }: Dns,
): Promise<HostedZoneFacts[]> {
  const client = aws.client(Route53Client);
  if (hostedZoneId !== undefined) {
    const answer = await unlessAbsent(
      client.send(new GetHostedZoneCommand({ Id: hostedZoneId })),
      "NoSuchHostedZone",
    );
    return answer?.HostedZone ? [facts(answer.HostedZone)] : [];
  }
  if (hostedZoneName === undefined) {
    return [];
  }
  const found: HostedZoneFacts[] = [];
  // As Terraform looks for it, so that the same permission is enough.
  for await (const { HostedZones = [] } of paginateListHostedZones({ client }, {})) {
    found.push(...HostedZones.map(facts));
  }
  return found.filter(({ name, isPrivate }) => isSameName(name, hostedZoneName) && !isPrivate);
}

function facts({ Id = "", Name = "", Config }: HostedZone): HostedZoneFacts {
  return { id: Id.replace("/hostedzone/", ""), name: Name, isPrivate: Config?.PrivateZone === true };
}
