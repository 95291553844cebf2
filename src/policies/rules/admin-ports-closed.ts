// The policy `admin-ports-closed`: no rule lets the Internet reach SSH or remote desktop.
import type { Policy } from "../policy";
import { openings } from "../reading/openings";

const PORTS: ReadonlyMap<number, string> = new Map([
  [22, "SSH"],
  [3389, "RDP"],
]);

const adminPortsClosed: Policy = {
  id: "admin-ports-closed",
  severity: "critical",
  rule: "No rule lets the Internet reach SSH or remote desktop.",
  reason:
    "Log-on ports that are open to the Internet are attacked around the clock, and nothing in this platform needs them.",
  remedy: "Remove the rule: ECS Exec opens a session in a task without any open port.",
  check: ({ configs }) => openings(configs, PORTS),
};

export default adminPortsClosed;
