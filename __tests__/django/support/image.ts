// The example's image without an engine for containers: this machine's system and Python, a virtual environment of a hashed lock that
// is kept between runs, and a copy of the application.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { interpreter } from "./prerequisites";
import type { Row } from "./rows";

/** The user of the image, as in the example's Dockerfile. */
export const IMAGE_USER = 1000;

/** Where the application is in the image. */
export const WORKING_FOLDER = "/app";

export interface Image {
  /** Folders of this machine that the image has at the same place. */
  readonly folders: readonly string[];
  /** The folder that the image has as `/app`. */
  readonly application: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * @param example the folder of the application and of its locks
 * @param application where the copy of the application goes
 */
export function createImage(row: Row, example: string, application: string): Image {
  const python = interpreter(row.python);
  if (python === undefined) {
    throw new Error(`Python ${row.python} was not found.`);
  }
  const venv = virtualEnvironment(join(python, "bin", `python${row.python}`), join(example, row.lock));
  cpSync(example, application, { recursive: true, filter: (path) => !ignored(path) });
  return {
    folders: [python, venv],
    application,
    environment: {
      PATH: `${venv}/bin:/usr/local/bin:/usr/bin`,
      HOME: "/home/app",
      ...dockerfileEnvironment(join(example, "Dockerfile")),
    },
  };
}

/** What no image gets, as the example's .dockerignore has it. */
export function ignored(path: string): boolean {
  return /(^|\/)(__pycache__|staticfiles|tests|\.git|\.env)$/.test(path);
}

/** The variables that the Dockerfile's last stage sets. */
function dockerfileEnvironment(path: string): Record<string, string> {
  const stage =
    readFileSync(path, "utf8")
      .split(/^FROM /m)
      .at(-1) ?? "";
  const words = [...stage.matchAll(/^ENV (.*(?:\\\n.*)*)/gm)].flatMap(([, line = ""]) =>
    line.split(/[\s\\]+/),
  );
  return Object.fromEntries(
    words
      .filter((word) => word.includes("=") && !word.startsWith("PATH="))
      .map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]),
  );
}

/**
 * The virtual environment of a lock, made once for each content of it.
 * @param python the interpreter: where a system has several, its `python3` is another one
 */
function virtualEnvironment(python: string, lock: string): string {
  const content = createHash("sha256").update(python).update(readFileSync(lock)).digest("hex").slice(0, 16);
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "django-on-aws-cdktf");
  const folder = join(cache, content);
  const finished = join(folder, "finished");
  if (!existsSync(finished)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    execFileSync(python, ["-m", "venv", folder], { stdio: "pipe" });
    // This run's own network leads nowhere.
    const outside = `/proc/${process.pid}/fd/${process.env.DJANGO_TEST_OUTSIDE}`;
    const pip = [join(folder, "bin", "python"), "-m", "pip", "install", "--quiet", "--require-hashes"];
    try {
      execFileSync("nsenter", [`--net=${outside}`, ...pip, "-r", lock], {
        stdio: ["ignore", "pipe", "pipe"],
      });
    } catch (error) {
      throw new Error(`What ${lock} names could not be installed:\n${error}`);
    }
    writeFileSync(finished, "");
  }
  return folder;
}

/**
 * The files in /etc of every container.
 * @param authorities certificates that its programs trust
 * @param more files of this machine, by their place in /etc
 */
export function etcFolder(
  folder: string,
  authorities: readonly string[],
  more: Readonly<Record<string, string>>,
): string {
  const certificates = join(folder, "ssl", "certs");
  mkdirSync(certificates, { recursive: true });
  const files = {
    passwd: `root:x:0:0::/root:/bin/sh\napp:x:${IMAGE_USER}:${IMAGE_USER}::/home/app:/bin/sh\n`,
    group: `root:x:0:\napp:x:${IMAGE_USER}:\n`,
    "nsswitch.conf": "hosts: files\npasswd: files\ngroup: files\n",
    "resolv.conf": "",
    "ssl/certs/ca-certificates.crt": authorities.map((path) => readFileSync(path, "utf8")).join(""),
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  authorities.forEach((path, index) => {
    cpSync(path, join(certificates, `authority-${index}.pem`));
  });
  for (const [name, path] of Object.entries(more)) {
    cpSync(path, join(folder, name));
  }
  execFileSync("openssl", ["rehash", certificates], { stdio: "ignore" });
  if (existsSync("/etc/ld.so.cache")) {
    cpSync("/etc/ld.so.cache", join(folder, "ld.so.cache"));
  }
  for (const part of ["", "ssl", "ssl/certs"]) {
    chmodSync(join(folder, part), 0o755);
  }
  return folder;
}
