// The command `traffic-docs`: keeps docs/traffic in step with the environments.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { modelOf } from "../../model/model";
import { markdownPage, PAGE_START } from "../../model/traffic/render-markdown";
import { viewOf } from "../../model/traffic/traffic-view";
import type { Environments } from "../../project/environments";
import { makeFolder } from "../../terraform/replace-file";
import { examplesText } from "../examples";
import type { Process } from "../operation";
import { NegativeAnswer } from "../outcomes";

interface Options {
  readonly check?: true;
  readonly json?: true;
  readonly folder: string;
}

export function trafficDocsCommand({ environments }: Pick<Process, "environments">): Command {
  return new Command("traffic-docs")
    .description("Write docs/traffic/<environment>.md for every environment.")
    .option("--check", "write nothing; exit 1 if a page is out of date")
    .option("--json", "print JSON")
    .option("--folder <folder>", "where the pages are", join("docs", "traffic"))
    .addHelpText(
      "after",
      examplesText([
        ["traffic-docs", "after a change to an environment"],
        ["traffic-docs --check", "in CI: exit code 1 if a page is out of date"],
      ]),
    )
    .action(({ check, json, folder }: Options) => {
      const stale = stalePages(folder, environments);
      if (!check) {
        makeFolder(folder);
        for (const { file, content } of stale) {
          const path = join(folder, file);
          if (content === undefined) {
            rmSync(path);
          } else {
            writeFileSync(path, content);
          }
        }
      }
      const files = stale.map(({ file }) => file);
      if (json) {
        console.log(JSON.stringify({ folder, [check ? "outOfDate" : "written"]: files }, null, 2));
      } else if (files.length === 0) {
        console.log(`${folder} is up to date.`);
      } else {
        console.log(
          check
            ? `Out of date in ${folder}: ${files.join(", ")}. Run "npm run ops -- traffic-docs".`
            : `Updated in ${folder}: ${files.join(", ")}.`,
        );
      }
      if (check && files.length > 0) {
        throw new NegativeAnswer();
      }
    });
}

/** Pages that differ from what they should hold; one without content should not be there. */
function stalePages(
  folder: string,
  environments: Environments,
): { readonly file: string; readonly content?: string }[] {
  const wanted = new Map(
    environments
      .names()
      .map((name) => [`${name}.md`, markdownPage(name, viewOf(modelOf(environments.load(name)).traffic))]),
  );
  const present = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".md")) : [];
  // Only a page that this command has written; whatever else is in the folder is somebody's own.
  const left = present
    .filter((file) => !wanted.has(file) && readFileSync(join(folder, file), "utf8").startsWith(PAGE_START))
    .map((file) => ({ file }));
  const changed = [...wanted]
    .filter(
      ([file, content]) => !present.includes(file) || readFileSync(join(folder, file), "utf8") !== content,
    )
    .map(([file, content]) => ({ file, content }));
  return [...changed, ...left];
}
