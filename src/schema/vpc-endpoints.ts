// Which of AWS's APIs the platform reaches inside its own network, instead of through NAT or the Internet.
import { z } from "zod";
import { unique } from "./fields";

/** The APIs that can have an interface endpoint, as AWS names them behind `com.amazonaws.<region>.`. */
export const VPC_ENDPOINT_SERVICES = [
  "ecr.api",
  "ecr.dkr",
  "logs",
  "secretsmanager",
  "ssm",
  "ssmmessages",
  "sqs",
  "kms",
  "monitoring",
  "xray",
] as const;

export type VpcEndpointService = (typeof VPC_ENDPOINT_SERVICES)[number];

export const vpcEndpoints = z.union(
  [
    z.boolean(),
    z
      .array(
        z.literal([...VPC_ENDPOINT_SERVICES], `Choose one of: ${VPC_ENDPOINT_SERVICES.join(", ")}.`),
        "Write true, or a list.",
      )
      .min(1, "Name at least one service, or write false.")
      .refine(unique, "Name each service once."),
  ],
  {
    error: ({ input, errors }) =>
      (Array.isArray(input) ? errors.flat().at(-1)?.message : undefined) ??
      `Write true for all that the platform uses, or a list out of: ${VPC_ENDPOINT_SERVICES.join(", ")}.`,
  },
);
