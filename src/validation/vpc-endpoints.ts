// VPC endpoints instead of NAT: what is not behind one of them cannot be reached, so that tasks would never start.
import { containersOf } from "../model/containers";
import { HTTPS_PORT } from "../model/members";
import { Port, portCovers, toPort } from "../model/traffic/port";
import { neededVpcEndpoints } from "../model/vpc-endpoints";
import { cidrProblem, isPrivate } from "../schema/cidr";
import { parseEcrRepository, parseImage } from "../schema/image";
import type { Service } from "../schema/service";
import { type Check, problem } from "./check";

export const checkVpcEndpoints: Check = (sections) => {
  const { network, region, services, serviceKeys, database } = sections;
  // With a NAT gateway, what has no endpoint goes through it.
  if (network?.natGateways !== "none" || network.vpcEndpoints === false) {
    return [];
  }
  const asked = network.vpcEndpoints;
  const missing =
    asked === true || Object.keys(services).length !== serviceKeys.length
      ? []
      : neededVpcEndpoints(sections).filter((service) => !asked.includes(service));
  return [
    ...(missing.length > 0
      ? [
          problem(
            "network.vpcEndpoints",
            asked,
            `Add ${missing.join(", ")}: without NAT gateways, nothing else leads there. Or write true.`,
          ),
        ]
      : []),
    ...[
      ...Object.entries(services).flatMap(([key, service]) =>
        containersOf(key, service).map(({ path, said: { image } }) => [`${path}.image`, image] as const),
      ),
      ...(database?.applicationUser
        ? [["database.applicationUser.image", database.applicationUser.image] as const]
        : []),
    ].flatMap(([path, image]) => {
      // What is no image is refused elsewhere.
      const reference = image === undefined ? undefined : parseImage(image);
      const remedy =
        `Give an image in ECR in ${region}: without NAT gateways, no other registry can be reached (the section ` +
        '"registry" makes repositories there).';
      return reference && region && parseEcrRepository(reference.repository)?.region !== region
        ? [problem(path, image, remedy)]
        : [];
    }),
    ...Object.entries(services).flatMap(([key, { egress }]) => {
      const remedy =
        "Allow TCP 443 to 0.0.0.0/0: ECR keeps the layers of images in S3, whose addresses are public ones. Without NAT " +
        "gateways, nothing else can be reached by it.";
      return egress === "all" || egress.some(leadsToS3)
        ? []
        : [problem(`services.${key}.egress`, egress, remedy)];
    }),
  ];
};

/** S3 answers at public addresses, which its gateway endpoint leads to. What is no block is refused elsewhere. */
export function leadsToS3({ cidr, port, protocol }: Exclude<Service["egress"], "all">[number]): boolean {
  const isHttps = portCovers(toPort(port, protocol), Port.tcp(HTTPS_PORT));
  return isHttps && (cidrProblem(cidr) !== undefined || !isPrivate(cidr));
}
