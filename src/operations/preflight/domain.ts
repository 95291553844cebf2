// The checks on the domain: its certificate, its hosted zone, and the records that a deployment adds there.
import { ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import {
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { aliasNames, hasHostedZone } from "../../model/dns";
import type { Environment } from "../../model/environment";
import type { Dns } from "../../schema/dns";
import type { AwsSession } from "../aws/session";
import { unlessAbsent } from "../live/absent";
import {
  type HostedZoneFacts,
  isSameName,
  judgeCertificate,
  judgeHostedZone,
  judgeRecords,
} from "./domain-judgement";
import { hostedZones } from "./hosted-zones";
import { type PlannedCheck, skipped } from "./planned-check";

const NO_DOMAIN = "The environment has no domain: its load balancer speaks plain HTTP.";
const BY_HAND =
  "No hosted zone is given: records are to be entered by hand, as the deployment's outputs say.";

export function domainChecks(environment: Environment): PlannedCheck[] {
  const { dns } = environment;
  return [certificateCheck(environment, dns), ...zoneChecks(environment, dns)];
}

function certificateCheck({ region }: Environment, dns: Dns | undefined): PlannedCheck {
  const named = { id: "certificate", title: "The certificate can be used" };
  if (dns === undefined) {
    return { ...named, find: () => skipped(NO_DOMAIN) };
  }
  const { certificateArn, domain } = dns;
  if (certificateArn === undefined) {
    const proof = hasHostedZone(dns)
      ? "its validation records are written into the hosted zone"
      : "the deployment waits until somebody has entered its validation records";
    return { ...named, find: () => skipped(`A certificate for ${domain} will be made: ${proof}.`) };
  }
  return {
    ...named,
    ask: async (aws) => {
      const answer = await unlessAbsent(
        // A certificate of another region is found, and said to be there, where it is.
        aws
          .client(ACMClient, certificateArn.split(":")[3])
          .send(new DescribeCertificateCommand({ CertificateArn: certificateArn })),
        "ResourceNotFoundException",
      );
      const certificate = answer?.Certificate;
      return judgeCertificate(
        certificate && {
          status: certificate.Status ?? "unknown",
          names: [certificate.DomainName ?? "", ...(certificate.SubjectAlternativeNames ?? [])],
          expires: certificate.NotAfter,
        },
        { arn: certificateArn, region, wanted: [domain, ...dns.alternativeNames], now: new Date() },
      );
    },
  };
}

function zoneChecks(environment: Environment, dns: Dns | undefined): PlannedCheck[] {
  const named = { id: "hosted-zone", title: "The hosted zone is that of the domain" };
  if (dns === undefined || !hasHostedZone(dns)) {
    return [{ ...named, find: () => skipped(dns === undefined ? NO_DOMAIN : BY_HAND) }];
  }
  let asked: ReturnType<typeof hostedZones> | undefined;
  // Asked once: both checks go by the answer.
  const find = (aws: AwsSession) => {
    asked ??= hostedZones(aws, dns);
    return asked;
  };
  return [
    { ...named, ask: async (aws) => judgeHostedZone(await find(aws), dns) },
    recordsCheck(environment, dns, find),
  ];
}

function recordsCheck(
  { names, region }: Environment,
  dns: Dns,
  find: (aws: AwsSession) => Promise<readonly HostedZoneFacts[]>,
): PlannedCheck {
  return {
    id: "names:records",
    title: "The domain has no other address record",
    ask: async (aws) => {
      const [zone, ...others] = await find(aws);
      if (!zone || others.length > 0) {
        return skipped('There is no such hosted zone: see the check "hosted-zone".');
      }
      const taken: ResourceRecordSet[] = [];
      for (const name of aliasNames(dns)) {
        const { ResourceRecordSets = [] } = await aws.client(Route53Client).send(
          // Sorted by name and type, so that the record itself, if there is one, is the first.
          new ListResourceRecordSetsCommand({
            HostedZoneId: zone.id,
            StartRecordName: name,
            StartRecordType: "A",
            MaxItems: 1,
          }),
        );
        const [first] = ResourceRecordSets;
        if (first?.Type === "A" && isSameName(first.Name ?? "", name)) {
          taken.push(first);
        }
      }
      const facts = taken.map(({ Name = "", AliasTarget, ResourceRecords = [] }) => ({
        name: Name,
        target: AliasTarget?.DNSName ?? ResourceRecords.map(({ Value }) => Value).join(", "),
      }));
      return judgeRecords(facts, { loadBalancer: names.loadBalancer, region, wanted: aliasNames(dns) });
    },
  };
}
