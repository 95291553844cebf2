// npm run test:django [-- --rows all] [-- jest's own options]: runs the tests of the Django example, with all that they start in
// namespaces of this run alone: its network, its processes and its mounts are the kernel's to remove, however the run ends.
const { spawn, spawnSync } = require("node:child_process");
const { openSync } = require("node:fs");
const { constants } = require("node:os");
const { dirname, join } = require("node:path");
const { readArguments, refusals } = require("./django/machine");

const ROOT = dirname(__dirname);

/** The number of the file that stands for the machine's own network, from which images are made. */
const OUTSIDE = 3;

const { rows, rest } = readArguments(process.argv.slice(2));
const reasons = refusals({
  platform: process.platform,
  uid: process.getuid?.(),
  rows,
  has: (program) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0,
});
if (reasons.length > 0) {
  console.error(reasons.join("\n"));
  process.exit(1);
}

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
/** With the child, the kernel ends everything that it has started. */
function end(status) {
  child.kill("SIGKILL");
  process.exit(status);
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => end(128 + constants.signals[signal]));
}
// npm hands no signal on, and may be killed: whoever started this has ended then, and waits for nothing any more.
const starter = process.ppid;
setInterval(() => {
  if (process.env.npm_lifecycle_event !== undefined && process.ppid !== starter) {
    end(1);
  }
}, 500).unref();
child.on("exit", (code) => process.exit(code ?? 1));
