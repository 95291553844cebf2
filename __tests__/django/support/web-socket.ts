// A WebSocket as a browser has it, by the library that the example's lock brings along.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { eventually } from "./container";
import type { Image } from "./image";
import type { Site } from "./requests";

export interface WebSocketClient {
  send(text: string): void;
  /** What has come so far, in turn. */
  messages(): string[];
  /** The code of RFC 6455 that it was closed with (1006 where none came); undefined while it is open. */
  closeCode(): number | undefined;
  end(): void;
}

/** Opens one through the load balancer. */
export async function openWebSocket(image: Image, site: Site, path: string): Promise<WebSocketClient> {
  const child = spawn("python", ["-B", join(__dirname, "web_socket.py"), site.address, site.host, path], {
    env: image.environment,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const told = () => output;
  await eventually("a WebSocket opens", () => /^open$/m.test(output) || child.exitCode !== null, told);
  if (!/^open$/m.test(output)) {
    throw new Error(`No WebSocket opened:\n${output}`);
  }
  return {
    send: (text) => {
      child.stdin.write(`${text}\n`);
    },
    messages: () => [...output.matchAll(/^message (.*)$/gm)].map(([, text = ""]) => text),
    closeCode: () => {
      const code = /^closed (\d+)$/m.exec(output)?.[1];
      return code === undefined ? undefined : Number(code);
    },
    end: () => {
      child.kill();
    },
  };
}
