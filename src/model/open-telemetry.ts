// What an application is told of where its traces go, under the names that OpenTelemetry's libraries read.

import { COLLECTOR_PORT } from "../schema/open-telemetry";
import type { Service } from "../schema/service";
import type { Environment } from "./environment";

/** The variables of a service with `openTelemetry`: "Environment Variable Specification" of OpenTelemetry. @param name of the ECS service */
export function telemetryVariables(
  { openTelemetry }: Pick<Service, "openTelemetry">,
  name: string,
  environment: Pick<Environment, "name">,
): Record<string, string> {
  return openTelemetry === undefined
    ? {}
    : {
        OTEL_SERVICE_NAME: name,
        OTEL_RESOURCE_ATTRIBUTES: `deployment.environment.name=${environment.name}`,
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${COLLECTOR_PORT}`,
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
        OTEL_TRACES_EXPORTER: "otlp",
        OTEL_METRICS_EXPORTER: "none",
        OTEL_LOGS_EXPORTER: "none",
        // By the trace's number, not by what a request's header says of its parent: anybody can write that it is traced.
        OTEL_TRACES_SAMPLER: "traceidratio",
        OTEL_TRACES_SAMPLER_ARG: String(openTelemetry.samplePercent / 100),
      };
}

/** Whether any service has its traces collected. */
export function isTraced(services: Readonly<Record<string, { readonly openTelemetry?: unknown }>>): boolean {
  return Object.values(services).some(({ openTelemetry }) => openTelemetry !== undefined);
}

/** What sends traces: the managed policy AWSXRayDaemonWriteAccess, less what asks X-Ray which requests to trace. */
export const SEND_TRACES = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"] as const;
