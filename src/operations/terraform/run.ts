// Runs the Terraform CLI once, so that it always ends in good order: its lock released, its state written.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { TerraformFailure } from "./failure";

/** Lines of Terraform's own that an error message ends with: enough for two of its error boxes. */
const LAST_LINES = 30;

/**
 * Milliseconds that an interrupted Terraform gets to finish what it is doing, before it is told to stop at once: more than
 * any call about security groups takes.
 */
const GRACE = 60_000;

export interface TerraformSettings {
  /** The program: `terraform`, or a path to it or to OpenTofu's. */
  readonly binary: string;
  /** Where it runs: a stack's folder. */
  readonly folder: string;
  /** The environment variables that it sees. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Interrupts it. */
  readonly signal: AbortSignal;
  /** Milliseconds between an interruption and the second one, which stops it at once. @default 60000 */
  readonly grace?: number;
}

/**
 * Runs one command to its end.
 * @param onLine gets each line of its standard output as it comes
 * @returns its standard output
 * @throws TerraformFailure, or the signal's reason where that has interrupted it
 */
export async function runTerraform(
  { binary, folder, variables, signal, grace = GRACE }: TerraformSettings,
  args: readonly string[],
  onLine: (line: string) => void = () => undefined,
): Promise<string> {
  signal.throwIfAborted();
  const child = spawn(binary, args, {
    cwd: folder,
    env: { ...variables, TF_IN_AUTOMATION: "1", TF_INPUT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
    // Ctrl-C in a terminal reaches the whole process group, and a second interrupt makes Terraform stop without
    // writing its state. In a group of its own it gets exactly one: ours.
    detached: true,
  });
  const [stdout, stderr]: [string[], string[]] = [[], []];
  createInterface({ input: child.stdout }).on("line", (line) => {
    stdout.push(line);
    onLine(line);
  });
  createInterface({ input: child.stderr }).on("line", (line) => stderr.push(line));

  let secondInterrupt: NodeJS.Timeout | undefined;
  const interrupt = () => {
    child.kill("SIGINT");
    secondInterrupt = setTimeout(() => child.kill("SIGINT"), grace);
  };
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    signal.throwIfAborted();
    if (exitCode !== 0) {
      const last = (stderr.length > 0 ? stderr : stdout).slice(-LAST_LINES).join("\n").trim();
      const options = args.findIndex((arg) => arg.startsWith("-"));
      const command = args.slice(0, options === -1 ? undefined : options).join(" ");
      throw new TerraformFailure(`"${binary} ${command}" failed in ${folder}. It says:\n${last}`, "failed");
    }
    return stdout.join("\n");
  } catch (error) {
    throw isNotStarted(error) ? notInstalled(binary, error.code) : error;
  } finally {
    signal.removeEventListener("abort", interrupt);
    clearTimeout(secondInterrupt);
  }
}

function isNotStarted(error: unknown): error is { readonly code: string } {
  const { syscall, code }: { syscall?: unknown; code?: unknown } = Object(error);
  return typeof syscall === "string" && syscall.startsWith("spawn") && typeof code === "string";
}

function notInstalled(binary: string, code: string): TerraformFailure {
  return new TerraformFailure(
    `"${binary}" cannot be started (${code}): install Terraform 1.11 or newer, or name it, or OpenTofu, with the ` +
      "variable TERRAFORM_BINARY_NAME.",
    "not-installed",
  );
}
