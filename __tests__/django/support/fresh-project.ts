// A project as startproject writes it, with what docs/django-settings.md says done to it, by the page's own words.
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandsOf, lineFor, quotedFile } from "../../support/settings-page";
import { ignored } from "./image";

/** What the team has of its own: an app with a task. */
const APP = {
  "core/__init__.py": "",
  "core/tasks.py": [
    "from celery import shared_task",
    "",
    "",
    "@shared_task",
    "def greet(name):",
    '    print(f"Good morning, {name}.", flush=True)',
    "",
  ].join("\n"),
};

/**
 * @param folder where it goes: a folder that is not there yet
 * @param example the folder of the example, from which the page has the package copied
 * @param environment variables by which `python` is the one that has the libraries
 */
export function createFreshProject(
  folder: string,
  example: string,
  environment: Readonly<Record<string, string>>,
): void {
  mkdirSync(folder);
  const run = (program: string, ...args: readonly string[]) => {
    execFileSync(program, [...args], { cwd: folder, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  };
  const write = (file: string, content: string) => writeFileSync(join(folder, file), content);
  run("python", "-m", "django", "startproject", "config", ".");
  mkdirSync(join(folder, "core"));
  for (const [file, content] of Object.entries(APP)) {
    write(file, content);
  }
  appendFileSync(join(folder, "config", "settings.py"), '\nINSTALLED_APPS += ["core"]\n');

  cpSync(join(example, "django_on_aws"), join(folder, "django_on_aws"), {
    recursive: true,
    filter: (path) => !ignored(path),
  });
  run("bash", "-ec", commandsOf("An existing project"));
  for (const file of ["config/settings/production.py", "config/celery.py"]) {
    write(file, quotedFile(file));
  }
  write("config/__init__.py", `${lineFor("config/__init__.py")}\n`);
}
