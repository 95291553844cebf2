// What a synthesized task definition says of its container, with its references resolved.
import { parseJsonencode } from "../../support/jsonencode";

export interface HealthCheck {
  /** Starts with CMD or CMD-SHELL. */
  readonly command: readonly string[];
  /** Seconds. */
  readonly timeout: number;
}

/** A container as ECS would start it. */
export interface ContainerDefinition {
  readonly name: string;
  /** Undefined: the image's. */
  readonly command: readonly string[] | undefined;
  /** Undefined: the image's. */
  readonly user: string | undefined;
  /** The values of secrets, too. */
  readonly environment: Readonly<Record<string, string>>;
  readonly healthCheck: HealthCheck | undefined;
  readonly port: number | undefined;
  readonly readOnly: boolean;
  readonly writablePaths: readonly string[];
  /** Seconds between SIGTERM and SIGKILL. */
  readonly stopTimeout: number;
  readonly initProcess: boolean;
}

/** The container of a task definition, as written in Terraform's JSON. */
interface Written {
  readonly name: string;
  readonly command?: readonly string[];
  readonly user?: string;
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly healthCheck?: HealthCheck;
  readonly portMappings?: readonly { readonly containerPort: number }[];
  readonly readonlyRootFilesystem?: boolean;
  readonly mountPoints?: readonly { readonly containerPath: string; readonly readOnly: boolean }[];
  readonly stopTimeout: number;
  readonly linuxParameters?: { readonly initProcessEnabled?: boolean };
}

export interface Resolver {
  /** The value of a reference such as `aws_lb.load_balancer.dns_name`. Throws on one that it does not know. */
  value(reference: string): string;
  /** What a `valueFrom` names, its references resolved. */
  secret(valueFrom: string): Promise<string>;
}

/** @param definitions the argument `container_definitions` */
export async function containerDefinition(
  definitions: unknown,
  resolver: Resolver,
): Promise<ContainerDefinition> {
  const [written] = parseJsonencode(String(definitions)) as Written[];
  if (written === undefined) {
    throw new Error("A task definition has no container.");
  }
  const resolved = (text: string) =>
    text.replaceAll(/\$\{([^}]*)\}/g, (_all, it: string) => resolver.value(it));
  const environment: Record<string, string> = {};
  for (const { name, value } of written.environment ?? []) {
    environment[name] = resolved(value);
  }
  for (const { name, valueFrom } of written.secrets ?? []) {
    environment[name] = await resolver.secret(resolved(valueFrom));
  }
  return {
    name: written.name,
    command: written.command,
    user: written.user,
    environment,
    healthCheck: written.healthCheck,
    port: written.portMappings?.[0]?.containerPort,
    readOnly: written.readonlyRootFilesystem ?? false,
    writablePaths: (written.mountPoints ?? [])
      .filter(({ readOnly }) => !readOnly)
      .map(({ containerPath }) => containerPath),
    stopTimeout: written.stopTimeout,
    initProcess: written.linuxParameters?.initProcessEnabled ?? false,
  };
}
