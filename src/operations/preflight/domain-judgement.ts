// Whether a certificate, a hosted zone and its records fit to the environment's domain.
import type { Dns } from "../../schema/dns";
import { type Finding, failed, passed } from "./planned-check";

/** What ACM says of a certificate. */
export interface CertificateFacts {
  /** `ISSUED` is the one that a load balancer takes. */
  readonly status: string;
  /** The names that it is for; one may stand there twice. */
  readonly names: readonly string[];
  readonly expires: Date | undefined;
}

export interface CertificateWanted {
  readonly arn: string;
  /** The environment's. */
  readonly region: string;
  /** The names that it has to be for. */
  readonly wanted: readonly string[];
  readonly now: Date;
}

/** @param facts `undefined` where there is no such certificate */
export function judgeCertificate(
  facts: CertificateFacts | undefined,
  { arn, region, wanted, now }: CertificateWanted,
): Finding {
  if (facts === undefined) {
    return failed(
      `There is no certificate ${arn}: correct dns.certificateArn, or leave it out to have one made.`,
    );
  }
  const { status, names, expires } = facts;
  const place = arn.split(":")[3];
  const missing = wanted.filter((name) => !names.some((given) => covers(given, name)));
  const problems = [
    ...(place === region ? [] : [`it is in ${place}, and the load balancer takes one of ${region}`]),
    ...(status === "ISSUED" ? [] : [`its status is ${status}, and has to be ISSUED`]),
    ...(expires !== undefined && expires <= now ? [`it expired on ${day(expires)}`] : []),
    ...(missing.length > 0 ? [`it is not for ${missing.join(", ")}`] : []),
  ];
  if (problems.length > 0) {
    return failed(
      `The certificate ${arn} cannot be used: ${problems.join("; ")}. Choose another in dns.certificateArn, or leave it out to have one made.`,
    );
  }
  return passed(
    `Issued for ${wanted.join(", ")}${expires === undefined ? "" : `, valid until ${day(expires)}`}.`,
  );
}

/** A wildcard stands for one label. */
function covers(given: string, name: string): boolean {
  const [first, second] = [given.toLowerCase(), name.toLowerCase()];
  return first === second || (first.startsWith("*.") && second.replace(/^[^.*]+/, "*") === first);
}

/** What Route 53 says of a hosted zone. */
export interface HostedZoneFacts {
  readonly id: string;
  /** With a full stop at its end, as Route 53 writes it. */
  readonly name: string;
  /** Answers within VPCs only. */
  readonly isPrivate: boolean;
}

/** @param found the zones that the environment may mean: one, if all is well */
export function judgeHostedZone(found: readonly HostedZoneFacts[], dns: Dns): Finding {
  const { domain, alternativeNames, hostedZoneId, hostedZoneName } = dns;
  const [field, wanted] =
    hostedZoneId === undefined
      ? (["hostedZoneName", `public hosted zone ${hostedZoneName}`] as const)
      : (["hostedZoneId", `hosted zone ${hostedZoneId}`] as const);
  const [zone, ...others] = found;
  if (!zone) {
    return failed(
      `There is no ${wanted} in this account: correct dns.${field}, or leave it out and enter records by hand.`,
    );
  }
  if (others.length > 0) {
    const ids = found.map(({ id }) => id).join(", ");
    return failed(
      `This account has ${found.length} public hosted zones ${hostedZoneName} (${ids}), and Terraform could not choose: say which one by dns.hostedZoneId.`,
    );
  }
  const name = withoutDot(zone.name);
  const domains = [domain, ...alternativeNames];
  const outside = domains.filter((each) => each !== name && !each.endsWith(`.${name}`));
  const problems = [
    ...(zone.isPrivate ? ["it is private: nobody outside its VPCs would find the platform"] : []),
    ...(outside.length > 0 ? [`it cannot hold records of ${outside.join(", ")}`] : []),
  ];
  return problems.length > 0
    ? failed(
        `The hosted zone ${zone.id} (${name}) does not fit: ${problems.join("; ")}. Correct dns.${field}.`,
      )
    : passed(`The public hosted zone ${name} holds ${domains.join(", ")}.`);
}

/** An address record that exists. */
export interface RecordFacts {
  readonly name: string;
  /** What it leads to. */
  readonly target: string;
}

export interface RecordsWanted {
  /** The load balancer's name. */
  readonly loadBalancer: string;
  readonly region: string;
  /** Names that a deployment points at the load balancer. */
  readonly wanted: readonly string[];
}

/** Route 53 refuses a second address record of a name. */
export function judgeRecords(
  facts: readonly RecordFacts[],
  { loadBalancer, region, wanted }: RecordsWanted,
): Finding {
  const taken = facts.filter(({ target }) => !leadsTo(target, loadBalancer, region));
  if (taken.length > 0) {
    const records = taken.map(({ name, target }) => `${withoutDot(name)} leads to ${target}`);
    return failed(
      `Another record stands in the way: ${records.join("; ")}. Remove it before the deployment, or import it.`,
    );
  }
  const free = wanted.filter((name) => !facts.some((fact) => isSameName(fact.name, name)));
  return passed(free.length > 0 ? `Free: ${free.join(", ")}.` : `Deployed already: ${wanted.join(", ")}.`);
}

/** Whether it is a load balancer's address: `<name>-<number>.<region>.elb.amazonaws.com`. */
function leadsTo(target: string, loadBalancer: string, region: string): boolean {
  const address = withoutDot(target.toLowerCase()).replace(/^dualstack\./, "");
  const [host = "", ...rest] = address.split(".");
  return (
    host.replace(/-\d+$/, "") === loadBalancer.toLowerCase() &&
    rest.join(".") === `${region}.elb.amazonaws.com`
  );
}

/** Route 53 ends names with a full stop. */
export function isSameName(first: string, second: string): boolean {
  return withoutDot(first).toLowerCase() === withoutDot(second).toLowerCase();
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, "");
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
