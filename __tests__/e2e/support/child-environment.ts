// The environment variables under which Terraform and the CDKTF CLI run in a test: the emulator instead of AWS, and
// nothing of the account, profile or region of whoever runs the test.

import { existsSync } from "node:fs";
import { devNull } from "node:os";
import { delimiter, join } from "node:path";
import { supportFile } from "./project";
import { findProviderMirror } from "./provider-source";

export const REGION = "us-east-1";

/** moto knows one account, whatever the credentials. */
export const ACCOUNT = "123456789012";

/** Credentials that no real account accepts. */
export const CREDENTIALS = { accessKeyId: "testing", secretAccessKey: "testing" };

// Nearly all the time of a deployment goes into waits that the provider makes between two looks at a resource, and
// Terraform's ten at once are soon all waiting.
const MANY_AT_ONCE = "-no-color -parallelism=30";

/**
 * S3 Control puts the account's number before the endpoint's name, and no such name leads to this machine. So its
 * endpoint has a name that exists nowhere, and the emulator is the proxy through which to reach it.
 */
const S3_CONTROL = "http://s3-control.emulator";

// Variables that could lead to a real account or change what Terraform does. Kept: how it logs and caches downloads.
const DROPPED = /^(AWS_|TF_|CDKTF_|ENVIRONMENT$|SYNTH_HCL_OUTPUT$|FORCE_COLOR$)/;
const KEPT = /^TF_(LOG|LOG_.*|PLUGIN_CACHE_DIR)$/;

/** What the child processes of a test see; `given` is what this process itself sees. */
export function childEnvironment(
  endpoint: string,
  given: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && (KEPT.test(name) || !DROPPED.test(name))) {
      result[name] = value;
    }
  }
  const direct = [given.NO_PROXY ?? given.no_proxy, "127.0.0.1", "localhost"].filter(Boolean).join(",");
  return {
    ...result,
    ...providerSource(given),
    ...withoutChecksums(given),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3_CONTROL: S3_CONTROL,
    HTTP_PROXY: endpoint,
    http_proxy: endpoint,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    // The provider otherwise makes 25 attempts over many minutes before a test hears of a fault.
    AWS_MAX_ATTEMPTS: "2",
    AWS_RETRY_MODE: "standard",
    // Reading the provider's schema is most of what a command of Terraform computes, and a fifth of that was Go's collector.
    GOGC: "400",
    // Neither Terraform nor cdktf asks its maker for news.
    CHECKPOINT_DISABLE: "1",
    CI: "1",
    NO_COLOR: "1",
    TF_IN_AUTOMATION: "1",
    TF_CLI_ARGS_plan: "-no-color",
    TF_CLI_ARGS_apply: MANY_AT_ONCE,
    // What a test destroys, it has planned to no changes before.
    TF_CLI_ARGS_destroy: `${MANY_AT_ONCE} -refresh=false`,
    NO_PROXY: direct,
    no_proxy: direct,
  };
}

/** Puts support/bin before the PATH, where Terraform is on it. */
function withoutChecksums({ PATH = "" }: NodeJS.ProcessEnv): Record<string, string> {
  const wrapper = supportFile("bin");
  const real = PATH.split(delimiter)
    .map((folder) => join(folder, "terraform"))
    .find((file) => existsSync(file));
  return real === undefined ? {} : { PATH: `${wrapper}${delimiter}${PATH}`, E2E_TERRAFORM: real };
}

function providerSource(given: NodeJS.ProcessEnv): Record<string, string> {
  const mirror = findProviderMirror(given);
  if (mirror !== undefined) {
    return {
      TF_CLI_ARGS_init: `-no-color -plugin-dir=${mirror}`,
      // `cdktf deploy` locks providers after init, and would ask the registry to do so.
      TF_CLI_ARGS_providers_lock: `-fs-mirror=${mirror}`,
    };
  }
  // Terraform warns about a configuration file that is not there, on every command.
  const file = given.TF_CLI_CONFIG_FILE;
  return file !== undefined && existsSync(file) ? { TF_CLI_CONFIG_FILE: file } : {};
}
