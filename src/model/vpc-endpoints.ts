// The interface endpoints that follow from an environment, and the APIs that its services cannot do without.

import { MEMBER_KEYS } from "../schema/member-keys";
import type { Network } from "../schema/network";
import type { Service } from "../schema/service";
import type { VpcEndpointService } from "../schema/vpc-endpoints";
import { isTraced } from "./open-telemetry";
import { existingParameters, hasSecrets, type SecretUsers, type SharedSecrets } from "./secrets";
import { connects } from "./services";

/** The parts of a service that say which of AWS's APIs it uses. */
type Caller = Pick<Service, "connectsTo" | "consumesFrom" | "sendsTo"> &
  SecretUsers & {
    readonly [Field in "django" | "executeCommand" | "publishesMetrics" | "openTelemetry"]?:
      | Service[Field]
      | undefined;
  };

/**
 * The APIs that tasks cannot start or work without: to pull the image, write logs, read secrets and parameters, use queues, publish metrics, send traces. The
 * layers of an image come from S3, which has an endpoint of its own: "Amazon ECR interface VPC endpoints", Amazon ECR
 * user guide.
 */
export function neededVpcEndpoints(sections: {
  readonly services: Readonly<Record<string, Caller>>;
  readonly sharedSecrets?: SharedSecrets | undefined;
}): VpcEndpointService[] {
  const all = Object.values(sections.services);
  const secrets =
    hasSecrets(sections) ||
    all.some(
      ({ django, connectsTo }) => django !== undefined || connects({ connectsTo }, MEMBER_KEYS.database),
    );
  const parameters = existingParameters(sections).length > 0;
  const queues = all.some(({ consumesFrom, sendsTo }) => consumesFrom.length + sendsTo.length > 0);
  const metrics = all.some(({ publishesMetrics = [] }) => publishesMetrics.length > 0);
  return [
    "ecr.api",
    "ecr.dkr",
    "logs",
    ...(secrets ? (["secretsmanager"] as const) : []),
    ...(parameters ? (["ssm"] as const) : []),
    ...(queues ? (["sqs"] as const) : []),
    ...(metrics ? (["monitoring"] as const) : []),
    ...(isTraced(sections.services) ? (["xray"] as const) : []),
  ];
}

/** The interface endpoints of an environment; none unless it asks for them. `true` adds what ECS Exec needs, where it is on. */
export function vpcEndpointsOf({
  network,
  services,
  sharedSecrets,
}: {
  readonly network: { readonly vpcEndpoints: Network["vpcEndpoints"] };
  readonly services: Readonly<Record<string, Caller>>;
  readonly sharedSecrets?: SharedSecrets | undefined;
}): readonly VpcEndpointService[] {
  const asked = network.vpcEndpoints;
  if (typeof asked !== "boolean") {
    return asked;
  }
  const exec = Object.values(services).some(({ executeCommand }) => executeCommand !== false);
  return asked
    ? [...neededVpcEndpoints({ services, sharedSecrets }), ...(exec ? (["ssmmessages"] as const) : [])]
    : [];
}
