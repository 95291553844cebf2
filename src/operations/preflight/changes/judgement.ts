// Whether a plan may be applied to a platform that runs: what it would add, change, replace and take away.
import type { PlannedChange } from "../../terraform/plan";
import { type Finding, failed, passed } from "../planned-check";
import { lossesOf } from "./losses";

/** @param accepted addresses that may be replaced or destroyed, with their stack (`django/aws_sqs_queue.jobs`) or without */
export function judgeChanges(
  stack: string,
  changes: readonly PlannedChange[],
  accepted: readonly string[],
): Finding {
  const isAccepted = (address: string) =>
    [address, `${stack}/${address}`].some((one) => accepted.includes(one));
  const losses = lossesOf(changes);
  const refused = losses.filter(({ address }) => !isAccepted(address));
  if (refused.length > 0) {
    const remedy =
      "Change the environment so that the plan keeps what stands; where it is meant, accept it by its address: " +
      `--accept ${refused.map(({ address }) => `${stack}/${address}`).join(" ")}`;
    return failed([...refused.map(({ text }) => text), remedy].join("\n"));
  }
  const known = new Set(losses.map(({ address }) => address));
  const replaced = changes.filter(({ actions }) => actions.includes("create") && actions.includes("delete"));
  return passed(
    [
      summary(changes),
      ...replaced
        .filter(({ address }) => !known.has(address))
        .map(
          ({ address, forcedBy }) =>
            `${address} is made anew, because of ${forcedBy.join(", ")}: nothing is missing meanwhile.`,
        ),
      ...losses.map(({ text }) => `Accepted: ${text}`),
    ].join("\n"),
  );
}

function summary(changes: readonly PlannedChange[]): string {
  const count = (words: string, is: (actions: readonly string[]) => boolean) => {
    const found = changes.filter(({ actions }) => is(actions)).length;
    return found === 0 ? [] : [`${found} ${words}`];
  };
  const parts = [
    ...count("added", (actions) => actions.includes("create") && !actions.includes("delete")),
    ...count("changed in place", (actions) => actions.includes("update")),
    ...count("made anew", (actions) => actions.includes("create") && actions.includes("delete")),
    ...count("removed", (actions) => actions.includes("delete") && !actions.includes("create")),
  ];
  return parts.length === 0 ? "Nothing would change." : `Resources: ${parts.join(", ")}.`;
}
