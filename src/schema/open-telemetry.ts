// The part of a service that has its traces collected: a sidecar that takes them from the application and sends them to X-Ray.
import type { z } from "zod";
import { section, wholeNumber } from "./fields";
import { image } from "./service-parts";
import { type Sidecar, sidecarSchema } from "./sidecar";

/** The name of the collector's container; no sidecar of a file's own is called so. */
export const COLLECTOR = "otel-collector";

/** Where the collector takes what OpenTelemetry sends by HTTP, the port that its protocol has: "OTLP Specification". */
export const COLLECTOR_PORT = 4318;

/** Where it says whether it is well, the port that its program `/healthcheck` asks. */
const HEALTH_PORT = 13133;

/** The ports of the task that the collector listens on. */
export const COLLECTOR_PORTS: readonly number[] = [COLLECTOR_PORT, HEALTH_PORT];

/** AWS's distribution of the collector, in its public registry. */
const IMAGE = "public.ecr.aws/aws-observability/aws-otel-collector:v0.48.0";

/** MiB of the task's memory that are kept for the collector, and beyond which it takes no more spans until it has sent some. */
const MEMORY = { kept: 128, most: 192 } as const;

export const openTelemetrySchema = section({
  /** The collector: AWS's distribution, or a copy of it where its registry is not reached. */
  image: image.default(IMAGE),
  /** Requests of a hundred that are traced; X-Ray charges by the trace. */
  samplePercent: wholeNumber(1, 100, "percent").default(5),
});

export type OpenTelemetry = z.output<typeof openTelemetrySchema>;

/** The collector's configuration: from the application, by way of the task's own facts, to X-Ray in the task's region. */
const CONFIGURATION = {
  extensions: { health_check: { endpoint: `127.0.0.1:${HEALTH_PORT}` } },
  receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${COLLECTOR_PORT}` } } } },
  processors: {
    memory_limiter: { check_interval: "1s", limit_mib: MEMORY.most },
    resourcedetection: { detectors: ["env", "ecs"] },
    batch: { timeout: "1s", send_batch_size: 50 },
  },
  exporters: { awsxray: {} },
  service: {
    extensions: ["health_check"],
    pipelines: {
      traces: {
        receivers: ["otlp"],
        processors: ["memory_limiter", "resourcedetection", "batch"],
        exporters: ["awsxray"],
      },
    },
  },
};

/** The sidecars of a service, the collector among them where it has one. */
export function withCollector({
  sidecars,
  openTelemetry,
}: {
  readonly sidecars: Record<string, Sidecar>;
  readonly openTelemetry?: OpenTelemetry | undefined;
}): Record<string, Sidecar> {
  return openTelemetry === undefined ? sidecars : { ...sidecars, [COLLECTOR]: collector(openTelemetry) };
}

/** The collector as a sidecar: the task goes on where it ends, for requests count more than what is known of them. */
function collector({ image }: Pick<OpenTelemetry, "image">): Sidecar {
  return sidecarSchema.parse({
    image,
    port: COLLECTOR_PORT,
    essential: false,
    memoryReservation: MEMORY.kept,
    // It has no shell.
    healthCheck: { command: ["/healthcheck"], intervalSeconds: 10, startPeriodSeconds: 10 },
    // AWS's distribution reads it in place of a file: "AOT_CONFIG_CONTENT".
    environment: { AOT_CONFIG_CONTENT: JSON.stringify(CONFIGURATION) },
  } satisfies z.input<typeof sidecarSchema>);
}
