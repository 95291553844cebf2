// VPC endpoints instead of NAT: what is not behind one of them cannot be reached, so that tasks would never start.
import { parseEcrRepository, parseImage } from "../image";
import { neededVpcEndpoints } from "../vpc-endpoints";
import { type Check, problem } from "./check";

export const checkVpcEndpoints: Check = ({ network, region, services, serviceKeys }) => {
  // With a NAT gateway, what has no endpoint goes through it.
  if (network?.natGateways !== "none" || network.vpcEndpoints === false) {
    return [];
  }
  const asked = network.vpcEndpoints;
  const missing =
    asked === true || Object.keys(services).length !== serviceKeys.length
      ? []
      : neededVpcEndpoints(services).filter((service) => !asked.includes(service));
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
    ...Object.entries(services).flatMap(([key, { image }]) => {
      // What is no image is refused elsewhere.
      const reference = typeof image === "string" ? parseImage(image) : undefined;
      const remedy =
        `Give an image in ECR in ${region}: without NAT gateways, no other registry can be reached (the section ` +
        '"registry" makes repositories there).';
      return reference && region && parseEcrRepository(reference.repository)?.region !== region
        ? [problem(`services.${key}.image`, image, remedy)]
        : [];
    }),
  ];
};
