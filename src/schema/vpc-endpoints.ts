// Which of AWS's APIs the platform reaches inside its own network, instead of through NAT or the Internet.
import { z } from "zod";
import { unique } from "./fields";
import type { Service } from "./service";

/** The APIs that can have an interface endpoint, as AWS names them behind `com.amazonaws.<region>.`. */
export const VPC_ENDPOINT_SERVICES = [
  "ecr.api",
  "ecr.dkr",
  "logs",
  "secretsmanager",
  "ssmmessages",
  "sqs",
  "kms",
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

/** The parts of a service that say which of AWS's APIs it uses. */
type Caller = Pick<Service, "secrets" | "django" | "connectsTo" | "consumesFrom" | "sendsTo">;

/**
 * The APIs that tasks cannot start or work without: to pull the image, write logs, read secrets, use queues. The
 * layers of an image come from S3, which has an endpoint of its own: "Amazon ECR interface VPC endpoints", Amazon ECR
 * user guide.
 */
export function neededVpcEndpoints(services: Readonly<Record<string, Caller>>): VpcEndpointService[] {
  const all = Object.values(services);
  const secrets = all.some(
    ({ secrets, django, connectsTo }) =>
      django !== undefined || connectsTo.includes("postgres") || Object.keys(Object(secrets)).length > 0,
  );
  const queues = all.some(({ consumesFrom, sendsTo }) => consumesFrom.length + sendsTo.length > 0);
  return [
    "ecr.api",
    "ecr.dkr",
    "logs",
    ...(secrets ? (["secretsmanager"] as const) : []),
    ...(queues ? (["sqs"] as const) : []),
  ];
}

/** The Name tag of an endpoint: `<name>-ecr.api`. */
export function vpcEndpointName(base: string, service: string): string {
  return `${base}-${service}`;
}

/** The interface endpoints of an environment; none unless it asks for them. `true` adds what ECS Exec needs. */
export function vpcEndpointsOf({
  network,
  services,
}: {
  readonly network: { readonly vpcEndpoints: z.output<typeof vpcEndpoints> };
  readonly services: Readonly<Record<string, Caller>>;
}): readonly VpcEndpointService[] {
  const asked = network.vpcEndpoints;
  if (typeof asked !== "boolean") {
    return asked;
  }
  return asked ? [...neededVpcEndpoints(services), "ssmmessages"] : [];
}
