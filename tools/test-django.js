// npm run test:django [-- --rows all] [-- jest's own options]: runs the tests of the Django example, with all that they start in
// namespaces of this run alone: its network, its processes and its mounts are the kernel's to remove, however the run ends.
const { spawn, spawnSync } = require("node:child_process");
const { openSync } = require("node:fs");
const { constants } = require("node:os");
const { dirname, join } = require("node:path");

const ROOT = dirname(__dirname);

/** The programs of this file; the tests name the rest of what they need. */
const PROGRAMS = {
  unshare: "util-linux",
  setpriv: "util-linux",
  mount: "mount",
  ip: "iproute2",
  tini: "tini",
};

/** The number of the file that stands for the machine's own network, from which images are made. */
const OUTSIDE = 3;

/** @returns jest's arguments, and the rows of versions that are asked for */
function read(args) {
  const at = args.indexOf("--rows");
  return at < 0
    ? { rest: args }
    : { rows: args[at + 1] ?? "", rest: [...args.slice(0, at), ...args.slice(at + 2)] };
}

function problem() {
  if (process.platform !== "linux") {
    return "npm run test:django needs Linux: each container gets namespaces of its own.";
  }
  if (process.getuid() !== 0) {
    return "npm run test:django needs root, for each container's own network and file system: sudo npm run test:django";
  }
  const missing = Object.keys(PROGRAMS).filter(
    (program) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0,
  );
  const packages = [...new Set(missing.map((program) => PROGRAMS[program]))];
  return missing.length === 0
    ? undefined
    : `npm run test:django needs ${missing.join(", ")}: apt-get install ${packages.join(" ")}`;
}

const refusal = problem();
if (refusal !== undefined) {
  console.error(refusal);
  process.exit(1);
}

const { rows, rest } = read(process.argv.slice(2));
const inside = [
  // What the run writes is gone with it, too.
  "mount -t tmpfs -o mode=755 django /mnt",
  "mkdir -p /mnt/tmp /run/netns",
  "chmod 1777 /mnt/tmp",
  "mount -t tmpfs netns /run/netns",
  "ip link set lo up",
  'exec tini -s -- "$@"',
].join("\n");
const jest = [
  join(ROOT, "node_modules", "jest", "bin", "jest.js"),
  "--selectProjects=django",
  "--runInBand",
  "--forceExit",
];
const child = spawn(
  "setpriv",
  [
    ...[
      "--pdeathsig",
      "KILL",
      "unshare",
      "--mount",
      "--net",
      "--pid",
      "--fork",
      "--kill-child",
      "--mount-proc",
    ],
    ...["sh", "-euc", inside, "sh", process.execPath, ...jest, ...rest],
  ],
  {
    cwd: ROOT,
    stdio: ["inherit", "inherit", "inherit", openSync("/proc/self/ns/net", "r")],
    env: {
      ...process.env,
      TMPDIR: "/mnt/tmp",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      DJANGO_TEST_OUTSIDE: String(OUTSIDE),
      ...(rows !== undefined && { DJANGO_TEST_ROWS: rows }),
    },
  },
);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  // With it, the kernel ends everything that it has started.
  process.on(signal, () => {
    child.kill("SIGKILL");
    process.exit(128 + constants.signals[signal]);
  });
}
child.on("exit", (code) => process.exit(code ?? 1));
