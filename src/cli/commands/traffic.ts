// The command `traffic`: who may reach whom, and who may not, from the environment or from synthesized Terraform.
import { Command, Option } from "commander";
import { modelOf } from "../../model/model";
import { dotDiagram, mermaidDiagram } from "../../model/traffic/render-diagram";
import { markdownPage } from "../../model/traffic/render-markdown";
import { textTables } from "../../model/traffic/render-table";
import {
  pathsIn,
  pathText,
  perhapsIn,
  type Step,
  type TrafficView,
  viewOf,
} from "../../model/traffic/traffic-view";
import { synthCommand } from "../../operations/commands";
import { printable } from "../../project/printable";
import { evaluated } from "../../reachability/evaluated";
import { observedView } from "../../reachability/observed-view";
import { Reachability } from "../../reachability/reachability";
import { type Applied, readApplied } from "../applied";
import { environmentOption } from "../environment-option";
import { examplesText } from "../examples";
import type { Process } from "../operation";
import { OperatorConsole } from "../operator-console";
import { NegativeAnswer, UnknownAnswer, UsageError } from "../outcomes";
import { renderSvg } from "../svg";
import { isSynthesized, synthesizeFirst } from "../synth-output";

const FORMATS = ["table", "markdown", "mermaid", "dot", "svg"] as const;

interface Options {
  readonly environment?: string;
  readonly json?: true;
  readonly format: (typeof FORMATS)[number];
  readonly from?: string;
  readonly path?: string;
}

export function trafficCommand(process: Process): Command {
  return new Command("traffic")
    .description("Print allowed connections and denied pairs, each with the reason.")
    .addOption(environmentOption(process))
    .addOption(new Option("--json", "print JSON").conflicts("format"))
    .addOption(new Option("--format <format>", "how to print").choices(FORMATS).default("table"))
    .option("--from <folder>", "read a synth's output, such as cdktf.out, instead of the environment")
    .addOption(
      new Option(
        "--path <source:destination>",
        "print every way from one to the other, such as internet:postgres",
      ).conflicts("format"),
    )
    .addHelpText(
      "after",
      `${examplesText([
        ["traffic", "of the default environment"],
        ["traffic --path internet:postgres", "is there a way?"],
        ["traffic --from cdktf.out --json", "of what was synthesized, for a script"],
        ["traffic --format svg > traffic.svg", "a picture"],
      ])}\nWith --path, the exit code is 0 if there is a way and 1 if there is none. With --from, it is 4 where something cannot be ` +
        "read before a deployment, so that it cannot be told: what that is, is said.",
    )
    .action(async ({ environment, json, format, from, path }: Options, command: Command) => {
      if (from !== undefined && command.getOptionValueSource("environment") === "cli") {
        refuseOthersOutput(process, from, process.environments.choose(environment));
      }
      const { results } = new OperatorConsole(process.streams, process.variables);
      const name = from ?? process.environments.choose(environment);
      const applied = from === undefined ? undefined : readApplied(from);
      for (const notice of applied?.notices ?? []) {
        console.error(printable(notice));
      }
      const view = applied
        ? observedView(new Reachability(evaluated(applied.configs)), applied.gaps)
        : viewOf(modelOf(process.environments.load(name)).traffic);
      if (path !== undefined) {
        printPaths(results, view, path, { json: json === true, gaps: applied?.gaps ?? [] });
        return;
      }
      if (json) {
        const { allowed, implied, denied, unknown } = view;
        const environment = from === undefined ? name : null;
        const read = applied && { unknown, unread: applied.gaps };
        results.json({ environment, allowed, implied, denied, ...read });
      } else {
        results.document(await render(results, name, view, format));
      }
      if (view.unknown.length > 0 || (applied?.gaps ?? []).length > 0) {
        throw new UnknownAnswer();
      }
    });
}

/** @throws UsageError where a folder holds another environment than the one that the user names */
function refuseOthersOutput({ environments }: Process, from: string, name: string): void {
  const synthesize = synthCommand(name);
  if (!isSynthesized(from, environments.load(name), synthesize, "--from")) {
    throw new UsageError(`Nothing is synthesized in "${from}": ${synthesizeFirst(synthesize, "--from")}.`);
  }
}

async function render(
  console: OperatorConsole,
  title: string,
  view: TrafficView,
  format: Options["format"],
): Promise<string> {
  switch (format) {
    case "markdown":
      return markdownPage(title, view);
    case "mermaid":
      return mermaidDiagram(view);
    case "dot":
      return dotDiagram(view);
    case "svg":
      return renderSvg(dotDiagram(view));
    case "table":
      return textTables(view, (head, rows) => console.drawn(head, rows));
  }
}

/** `gaps`: what could not be read at all, a sentence each. */
function printPaths(
  console: OperatorConsole,
  view: TrafficView,
  ends: string,
  { json, gaps }: { readonly json: boolean } & Pick<Applied, "gaps">,
): void {
  const [source = "", destination = "", ...rest] = ends.split(":");
  const strange = [source, destination].filter((end) => !view.peers.includes(end));
  if (rest.length > 0 || strange.length > 0) {
    const because = gaps.length > 0 ? ` ${gaps.join(". ")}.` : "";
    throw new UsageError(
      `--path takes source:destination, each one of ${view.peers.join(", ")}; "${ends}" has ` +
        `${rest.length > 0 ? "more than two ends" : strange.map((end) => `"${end}"`).join(" and ")}.${because}`,
    );
  }
  const paths = pathsIn(view, source, destination);
  const perhaps = paths.length > 0 ? undefined : perhapsIn(view, source, destination);
  if (json) {
    console.json({ source, destination, paths, ...(perhaps && { perhaps }) });
  } else if (perhaps) {
    console.document(perhapsText(view, perhaps));
  } else {
    console.document(paths.map(pathText).join("\n") || `There is no way from ${source} to ${destination}.`);
  }
  if (paths.length === 0) {
    throw perhaps ? new UnknownAnswer() : new NegativeAnswer();
  }
}

/** The way that there may be, and what would have to be known. */
function perhapsText({ unknown }: TrafficView, way: readonly Step[]): string {
  const reasons = way.slice(1).flatMap(({ to }, index) => {
    const from = way[index]?.to;
    const row = unknown.find(({ source, destination }) => source === from && destination === to);
    return row ? [`  ${from} -> ${to}: ${row.reason}`] : [];
  });
  const [source, destination] = [way[0]?.to, way.at(-1)?.to];
  return [
    `Unknown: whether there is a way from ${source} to ${destination} cannot be told. There may be ${pathText(way)}:`,
    ...reasons,
  ].join("\n");
}
