// The domain against itself and the region: names and their zone, a certificate and its region.
import { placeOf } from "../schema/arn";
import type { Problem } from "../schema/problem";
import { type Check, problem } from "./check";

export const checkDns: Check = ({ dns, region, account, refused }) => {
  if (!dns) {
    return [];
  }
  const { hostedZoneName, hostedZoneId, certificateArn } = dns;
  const names = [
    { path: "dns.domain", name: dns.domain },
    ...dns.alternativeNames.map((name, index) => ({ path: `dns.alternativeNames[${index}]`, name })),
  ];
  const problems: Problem[] = names
    .filter(({ name }, index) => names.findIndex((other) => other.name === name) < index)
    .map(({ path, name }) => problem(path, name, "Name each domain once: the certificate has it already."));
  if (hostedZoneName !== undefined && !refused("dns.hostedZoneName")) {
    const outside = names.filter(
      ({ name }) => name !== hostedZoneName && !name.endsWith(`.${hostedZoneName}`),
    );
    for (const { path, name } of outside) {
      const remedy = `Name a domain in the hosted zone ${hostedZoneName}, or the zone that is this one's parent.`;
      problems.push(problem(path, name, remedy));
    }
    if (hostedZoneId !== undefined) {
      const remedy = "Keep hostedZoneName or hostedZoneId: each names the zone by itself.";
      problems.push(problem("dns.hostedZoneId", hostedZoneId, remedy));
    }
  }
  const certificate = placeOf(certificateArn);
  if (region !== undefined && certificate.region !== undefined && certificate.region !== region) {
    const remedy = `Give a certificate of ${region}: a load balancer takes those of its own region.`;
    problems.push(problem("dns.certificateArn", certificateArn, remedy));
  }
  if (account !== undefined && certificate.account !== undefined && certificate.account !== account) {
    const remedy = `Give a certificate of the account ${account}: a load balancer takes those of its own account.`;
    problems.push(problem("dns.certificateArn", certificateArn, remedy));
  }
  return problems;
};
