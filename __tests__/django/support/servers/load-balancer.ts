// An nginx in the load balancer's place: it never tries a second target, keeps connections to targets, and sets the headers that an
// Application Load Balancer sets.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "../container";
import { type Server, startServer } from "./process";

export interface LoadBalancerOptions {
  readonly folder: string;
  readonly address: string;
  /** The listener that forwards: what it says in X-Forwarded-Proto and X-Forwarded-Port. */
  readonly protocol: "http" | "https";
  /** Seconds. */
  readonly idleTimeout: number;
}

/** Where a target listens: `10.0.32.10:8000`. */
export type Target = string;

export interface LoadBalancer extends Server {
  /** Whom new requests go to, in turn; what is under way ends where it is. */
  setTargets(targets: readonly Target[]): Promise<void>;
}

/** The port of the listener that forwards. The tests leave its TLS out: no container sees it. */
export const LISTENER_PORT = 80;

function configuration(
  { folder, address, protocol, idleTimeout }: LoadBalancerOptions,
  targets: readonly Target[],
) {
  const servers = targets.map((target) => `    server ${target} max_fails=0;`).join("\n");
  const upstream =
    targets.length === 0
      ? "upstream targets { server unix:/nowhere; }"
      : `upstream targets {\n${servers}\n    keepalive 64;\n    keepalive_timeout ${idleTimeout}s;\n    keepalive_requests 100000;\n  }`;
  return `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr notice;
events { worker_connections 2048; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  map $http_upgrade $connection_upgrade { default upgrade; "" ""; }
  # Targets: ${targets.join(" ")}
  ${upstream}
  server {
    # A worker takes no connection before its request is there: while it reads new targets, it would close one.
    listen ${address}:${LISTENER_PORT} deferred;
    keepalive_timeout ${idleTimeout}s;
    keepalive_requests 100000;
    client_max_body_size 0;
    location / {
      proxy_pass http://targets;
      proxy_bind ${address};
      proxy_next_upstream off;
      proxy_http_version 1.1;
      proxy_buffering off;
      proxy_request_buffering off;
      proxy_read_timeout ${idleTimeout}s;
      proxy_send_timeout ${idleTimeout}s;
      proxy_set_header Host $http_host;
      proxy_set_header Connection $connection_upgrade;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto ${protocol};
      proxy_set_header X-Forwarded-Port ${protocol === "https" ? 443 : 80};
    }
  }
}
`;
}

export async function startLoadBalancer(options: LoadBalancerOptions): Promise<LoadBalancer> {
  const { folder } = options;
  mkdirSync(folder);
  const file = join(folder, "nginx.conf");
  writeFileSync(file, configuration(options, []));
  const server = await startServer("nginx", ["-c", file, "-p", folder, "-e", "stderr"], {
    ready: /start worker process \d+/,
  });
  const count = (line: RegExp) => server.log().match(line)?.length ?? 0;
  const begun = () => count(/start worker process \d+/g);
  // Until then it takes requests, too, for the targets that it knows.
  const left = () => count(/gracefully shutting down/g);
  return {
    ...server,
    setTargets: async (targets) => {
      const [before, leftBefore] = [begun(), left()];
      writeFileSync(file, configuration(options, targets));
      execFileSync("nginx", ["-c", file, "-p", folder, "-e", "stderr", "-s", "reload"], { stdio: "ignore" });
      await eventually("nginx reads its targets", () => begun() > before && left() > leftBefore, server.log);
    },
  };
}
