// What the run of the Django example's tests is asked for, and whether this machine can do it.

/** The programs that the run itself starts, and the package of Debian that has each; the tests name the rest of what they need. */
const PROGRAMS = {
  unshare: "util-linux",
  setpriv: "util-linux",
  mount: "mount",
  ip: "iproute2",
  tini: "tini",
};

const NAME = "npm run test:django";

function readArguments(args) {
  const at = args.findIndex((arg) => arg === "--rows" || arg.startsWith("--rows="));
  if (at < 0) {
    return { rest: [...args] };
  }
  const [, written] = args[at].split("=");
  const value = written ?? args[at + 1] ?? "";
  const taken = written === undefined ? 2 : 1;
  return { rows: value, rest: [...args.slice(0, at), ...args.slice(at + taken)] };
}

function refusals({ platform, uid, rows, has }) {
  const missing = Object.keys(PROGRAMS).filter((program) => !has(program));
  const packages = [...new Set(missing.map((program) => PROGRAMS[program]))];
  return [
    ...(rows === "" || rows?.startsWith("-")
      ? ["--rows needs a value: all, or names of rows with commas between them"]
      : []),
    ...(platform !== "linux" ? [`${NAME} needs Linux: each container gets namespaces of its own`] : []),
    ...(platform === "linux" && uid !== 0
      ? [`${NAME} needs root, for each container's own network and file system: sudo ${NAME}`]
      : []),
    ...(platform === "linux" && missing.length > 0
      ? [`${NAME} needs ${missing.join(", ")}: apt-get install ${packages.join(" ")}`]
      : []),
  ];
}

module.exports = { readArguments, refusals };
