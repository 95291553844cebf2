// What a container's command and variables say of its server or worker: which one it is, and the numbers among its options.
import type { Service } from "../schema/service";

/** What of a service says it. */
export type CommandSource = {
  readonly [Field in "entryPoint" | "command" | "environment"]?: Service[Field] | undefined;
};

/** The words of a command and of what starts it, also of one that a shell gets in one piece. */
export function wordsOf({ entryPoint = [], command = [] }: CommandSource): string[] {
  return [...entryPoint, ...command].join(" ").split(/\s+/);
}

/** Whether one of the words is this program: by its name, behind a path, or as the module of `python -m`. */
export function runs(words: readonly string[], ...programs: readonly string[]): boolean {
  return words.some((word) => programs.includes(word.split(/[./]/).at(-1) ?? ""));
}

/** The whole number that an option has, as `--workers 4`, `--workers=4`, `-w 4` or `-w4`; of `--autoscale 10,3` the first. */
export function numberOption(words: readonly string[], names: readonly string[]): number | undefined {
  for (const [index, word] of words.entries()) {
    const [, short = "", attached = ""] = /^(-[a-zA-Z])(\d+)$/.exec(word) ?? [];
    const [name = "", value = words[index + 1] ?? ""] = short === "" ? word.split("=", 2) : [short, attached];
    const [number] = /^\d+(?=$|,\d+$)/.exec(value) ?? [];
    if (names.includes(name) && number !== undefined) {
      return Number(number);
    }
  }
  return undefined;
}

/** The whole number that a variable holds. */
export function numberIn({ environment = {} }: CommandSource, name: string): number | undefined {
  const value = environment[name];
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
}
