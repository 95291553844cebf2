// Runs Python in a container, with the application's settings.
import { manage } from "./commands";
import type { Container } from "./container";

/** @param script prints JSON in its last line */
export async function shellJson<Value>(container: Container, script: string): Promise<Value> {
  const { exitCode, output } = await container.run(manage("shell", "--verbosity", "0", "--command", script));
  if (exitCode !== 0) {
    throw new Error(`The script ended with ${exitCode}:\n${output}`);
  }
  return JSON.parse(output.trim().split("\n").at(-1) ?? "");
}
