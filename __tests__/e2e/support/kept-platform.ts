// What the platform that a demo keeps needs beside the emulator, so that it can be operated like one in AWS: tasks that run,
// healthy targets, and somebody who answers for the load balancer.
import { declaredHosts } from "../../../src/model/declared-hosts";
import type { Environment } from "../../../src/model/environment";
import { targetServices } from "../../../src/operations/live/targets";
import { healthRequest } from "../../../src/operations/verify/health-request";
import { startHealthServer } from "../operations/health-server";
import { beHealthy } from "../operations/healthy-platform";
import { startAwsProxy } from "./aws-proxy";
import { childEnvironment } from "./child-environment";
import type { Emulator } from "./emulator";

export interface KeptPlatform {
  /** Lines for a shell: after them, this project's commands, Terraform and the AWS CLI (1 and 2) work on it. */
  readonly shell: readonly string[];
  stop(): Promise<void>;
}

/** The AWS CLI 1 reads AWS_DEFAULT_REGION alone, and version 2 both; neither is to find an account of the user's. */
const AWS_VARIABLES = [
  "AWS_ENDPOINT_URL",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
  "AWS_CONFIG_FILE",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_EC2_METADATA_DISABLED",
];

/**
 * @param name of the environment's file
 * @param output where it was synthesized to
 */
export async function keepPlatform(
  { endpoint }: Emulator,
  {
    name,
    environment,
    output,
  }: { readonly name: string; readonly environment: Environment; readonly output: string },
): Promise<KeptPlatform> {
  const proxy = await startAwsProxy(endpoint);
  beHealthy(proxy);
  const hosts = targetServices(environment).flatMap((key) => {
    const request = healthRequest(environment, key, "localhost");
    return "host" in request ? request.host : [];
  });
  const [host = "localhost", ...others] = new Set([...hosts, ...(declaredHosts(environment) ?? [])]);
  const health = await startHealthServer(host, ...others);
  const isPlain = environment.dns === undefined;
  // Without a domain, there is nowhere to be sent on to.
  health.redirect(!isPlain);
  const variables = childEnvironment(proxy.endpoint);
  return {
    shell: [
      "unset AWS_PROFILE AWS_SESSION_TOKEN",
      `export ENVIRONMENT=${name}`,
      `export CDKTF_OUTDIR=${output}`,
      ...AWS_VARIABLES.map((each) => `export ${each}=${variables[each]}`),
      // Of version 2, which would open a pager for each answer.
      "export AWS_PAGER=",
      "export NO_PROXY=127.0.0.1,localhost",
      `export NODE_EXTRA_CA_CERTS=${health.certificate}`,
      `export OPS_CONNECT_TO=${isPlain ? health.httpAddress : health.address}`,
      `export OPS_CONNECT_HTTP_TO=${health.httpAddress}`,
    ],
    stop: async () => {
      await health.stop();
      await proxy.stop();
    },
  };
}
