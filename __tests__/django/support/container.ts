// Starts a container as ECS would: its own network, processes and file system, read-only but for what the task definition mounts,
// the user of the image, and on stopping SIGTERM, then SIGKILL.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { IMAGE_USER, type Image, WORKING_FOLDER } from "./image";
import { createNamespace, removeNamespace } from "./network";
import type { ContainerDefinition } from "./task-definition";

export interface ContainerOptions {
  readonly definition: ContainerDefinition;
  readonly image: Image;
  readonly command: readonly string[];
  /** Where its files are put together: a folder of its own. */
  readonly folder: string;
  /** Its address, with its prefix. */
  readonly address: string;
  /** What its /etc has. */
  readonly etc: string;
  /** The lines of /etc/hosts: names and addresses. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Variables beside the task definition's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Default: the task definition's, else the image's. */
  readonly user?: number;
}

export interface Finished {
  /** Undefined where a signal ended it. */
  readonly exitCode: number | undefined;
  readonly output: string;
}

export interface Container {
  readonly address: string;
  readonly definition: ContainerDefinition;
  /** What it has printed so far. */
  log(): string;
  /** Runs a command in it, as the agent of ECS does for health checks. */
  run(command: readonly string[], user?: number): Promise<Finished>;
  /** The health check of the task definition: whether it ended well in its time. */
  isHealthy(): Promise<boolean>;
  /** Sends a signal to its first process. */
  signal(signal: NodeJS.Signals): void;
  readonly ended: Promise<Finished>;
  kill(): Promise<void>;
  /** SIGTERM, and SIGKILL after the stop time-out. @returns how it ended, and after how many seconds */
  stop(): Promise<Finished & { readonly seconds: number }>;
}

const DEVICES = ["null", "zero", "full", "random", "urandom", "tty"];

/** A word as the shell takes it. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The lines of a script that makes the container's file system and becomes its first process. */
function script({ definition, image, command, folder, etc, ...options }: ContainerOptions): string {
  const root = join(folder, "root");
  const inside = (path: string) => quoted(join(root, path));
  const user = options.user ?? Number(definition.user ?? IMAGE_USER);
  const bind = (from: string, to: string, writable = false) => [
    `mkdir -p ${inside(to)}`,
    `mount -o ${writable ? "bind" : "bind,ro"} ${quoted(from)} ${inside(to)}`,
  ];
  const { readOnly } = definition;
  const variables = { ...image.environment, ...definition.environment, ...options.environment };
  return [
    `mkdir -p ${inside("/")}`,
    `mount -t tmpfs -o mode=755 image ${inside("/")}`,
    ...bind("/usr", "/usr"),
    ...["bin", "lib", "lib64", "sbin"].map((name) => `ln -s usr/${name} ${inside(name)}`),
    `cp -a ${quoted(etc)} ${inside("/etc")}`,
    `cp ${quoted(join(folder, "hosts"))} ${inside("/etc/hosts")}`,
    `mkdir -p ${inside("/home/app")} ${inside("/root")} ${inside("/var/tmp")} ${inside("/tmp")}`,
    ...image.folders.flatMap((path) => bind(path, path)),
    // An engine makes the place of a volume where the image has none.
    ...definition.writablePaths
      .filter((path) => path.startsWith(`${WORKING_FOLDER}/`))
      .map((path) => `mkdir -p ${quoted(join(image.application, path.slice(WORKING_FOLDER.length)))}`),
    ...bind(image.application, WORKING_FOLDER, !readOnly),
    `mkdir -p ${inside("/dev/shm")} ${inside("/proc")}`,
    `mount -t tmpfs -o mode=755 devices ${inside("/dev")}`,
    ...DEVICES.flatMap((name) => [
      `touch ${inside(`/dev/${name}`)}`,
      `mount -o bind /dev/${name} ${inside(`/dev/${name}`)}`,
    ]),
    `ln -s /proc/self/fd ${inside("/dev/fd")}`,
    `ln -s /proc/self/fd/1 ${inside("/dev/stdout")}`,
    `ln -s /proc/self/fd/2 ${inside("/dev/stderr")}`,
    `mkdir ${inside("/dev/shm")}`,
    `mount -t tmpfs -o mode=1777 shm ${inside("/dev/shm")}`,
    `mount -t proc proc ${inside("/proc")}`,
    `echo ${hostname(options.address)} > ${inside("/proc/sys/kernel/hostname")}`,
    ...definition.writablePaths.flatMap((path) => [
      `mkdir -p ${inside(path)}`,
      `mount -t tmpfs -o ${ownership(path)} volume ${inside(path)}`,
    ]),
    ...(readOnly ? [`mount -o remount,ro ${inside("/")}`] : []),
    [
      ...["exec", "setpriv", "--no-new-privs", "chroot", `--userspec=${user}:${user}`, "--groups=", root],
      ...["env", "-i", `--chdir=${WORKING_FOLDER}`],
      ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
      ...(definition.initProcess ? ["/usr/bin/tini", "--"] : []),
      ...command,
    ]
      .map((word, index) => (index === 0 ? word : quoted(word)))
      .join(" "),
  ].join("\n");
}

/** As Fargate takes it over from the image, whose Dockerfile names them as volumes. */
function ownership(path: string): string {
  if (path === "/tmp") {
    return "mode=1777";
  }
  return path.startsWith("/var/") ? "mode=755" : `mode=755,uid=${IMAGE_USER},gid=${IMAGE_USER}`;
}

/** As Fargate names a task's host: Celery tells workers apart by it. */
function hostname(address: string): string {
  const [own = ""] = address.split("/");
  return `ip-${own.replaceAll(".", "-")}`;
}

let made = 0;

export async function startContainer(options: ContainerOptions): Promise<Container> {
  const { definition, folder, image } = options;
  made += 1;
  const namespace = `c${made}`;
  createNamespace(namespace, options.address);
  mkdirSync(folder, { recursive: true });
  const hosts = Object.entries({
    localhost: "127.0.0.1",
    [hostname(options.address)]: options.address.split("/")[0] ?? "",
    ...options.hosts,
  });
  writeFileSync(join(folder, "hosts"), hosts.map(([name, address]) => `${address} ${name}\n`).join(""));
  const child = spawn(
    "nsenter",
    [
      ...[`--net=/run/netns/${namespace}`, "unshare", "--mount", "--pid", "--uts", "--fork", "--kill-child"],
      ...["sh", "-euc", script(options)],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = once(child, "close").then(([exitCode]: (number | null)[]) => {
    removeNamespace(namespace);
    // A shell's way to say that a signal ended its child.
    return { exitCode: exitCode ?? undefined, output };
  });
  const { pid } = child;
  if (pid === undefined) {
    throw new Error("unshare could not be started.");
  }
  /** The container's first process, as this namespace counts. */
  const first = (): number => {
    const [found = ""] = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
    if (found === "") {
      throw new Error("The container has no process yet.");
    }
    return Number(found);
  };
  const signal = (name: NodeJS.Signals) => {
    process.kill(first(), name);
  };
  /** With its first process, the kernel ends all of a container: with unshare alone, none that runs as another user. */
  const end = () => {
    try {
      signal("SIGKILL");
    } catch {
      child.kill("SIGKILL");
    }
  };
  const variables = { ...image.environment, ...definition.environment, ...options.environment };
  const run = async (command: readonly string[], user = options.user ?? IMAGE_USER): Promise<Finished> => {
    const enter = spawn(
      "nsenter",
      [
        ...["--target", String(first()), "--net", "--mount", "--pid", "--uts", "--root", "--wd"],
        ...["setpriv", `--reuid=${user}`, `--regid=${user}`, "--clear-groups", "--no-new-privs"],
        ...["env", "-i", `--chdir=${WORKING_FOLDER}`],
        ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
        ...command,
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    let said = "";
    for (const stream of [enter.stdout, enter.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    }
    const [exitCode] = (await once(enter, "close")) as [number | null];
    return { exitCode: exitCode ?? undefined, output: said };
  };
  return {
    address: options.address.split("/")[0] ?? "",
    definition,
    log: () => output,
    run,
    isHealthy: async () => {
      const { command = [], timeout = 5 } = definition.healthCheck ?? {};
      const [kind, ...words] = command;
      const line = kind === "CMD-SHELL" ? ["/bin/sh", "-c", ...words] : words;
      const { exitCode } = await run(["timeout", String(timeout), ...line]);
      return exitCode === 0;
    },
    signal,
    ended,
    kill: async () => {
      end();
      await ended;
    },
    stop: async () => {
      const began = Date.now();
      if (child.exitCode === null && child.signalCode === null) {
        signal("SIGTERM");
        const timer = setTimeout(end, definition.stopTimeout * 1000);
        await ended;
        clearTimeout(timer);
      }
      return { ...(await ended), seconds: (Date.now() - began) / 1000 };
    },
  };
}

/** Waits until what is asked for holds. Throws with what is known of it when the time (milliseconds) is up. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  told: () => string = () => "",
  time = 120_000,
): Promise<void> {
  for (const began = Date.now(); !(await holds()); await sleep(100)) {
    if (Date.now() - began > time) {
      throw new Error(`${what}: not within ${time / 1000} s.\n${told().split("\n").slice(-60).join("\n")}`);
    }
  }
}
