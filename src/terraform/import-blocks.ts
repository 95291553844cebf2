// The import blocks that `adopt` puts beside a stack's configuration, in a file of their own that a synth keeps in order.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "./replace-file";

/** Terraform reads it together with `cdk.tf.json`, or `cdk.tf`. */
export const IMPORT_FILE = "adopt.tf.json";

const COMMENT =
  "Written by `npm run -s ops -- adopt`: the next apply takes these rules over. Once they are in the state, or gone, the " +
  "blocks do nothing.";

/** The local value that says in which workspace the blocks do something. */
const WORKSPACE = "adopt_in_workspace";

/** A security group rule that Terraform is to take over. */
export interface ImportBlock {
  /** Where in the state, such as `aws_vpc_security_group_ingress_rule.postgres-from-django-5432-tcp`. */
  readonly address: string;
  /** ID of the rule, such as `sgr-0123456789abcdef0`. */
  readonly id: string;
}

/**
 * The blocks as a Terraform configuration. Terraform refuses to plan at all when it is to import what is not there, so
 * each block stands under the condition that its rule still is: one that was removed in the meantime is made anew. In
 * another workspace, the file has been left over: there it must not bring the same rules into a second state.
 */
export function importConfiguration(blocks: readonly ImportBlock[], workspace: string): object {
  const lookup = ({ address }: ImportBlock) => address.slice(address.indexOf(".") + 1);
  return {
    "//": COMMENT,
    locals: { [WORKSPACE]: workspace },
    data: {
      aws_vpc_security_group_rules: Object.fromEntries(
        blocks.map((block) => [
          lookup(block),
          { filter: [{ name: "security-group-rule-id", values: [block.id] }] },
        ]),
      ),
    },
    import: blocks.map((block) => ({
      for_each:
        `\${terraform.workspace == local.${WORKSPACE} ? ` +
        `toset(data.aws_vpc_security_group_rules.${lookup(block)}.ids) : toset([])}`,
      to: block.address,
      id: block.id,
    })),
  };
}

/**
 * Makes these blocks the only ones in a stack's folder; without any, there is no file.
 * @param workspace the workspace of Terraform's whose state takes the rules over
 * @returns the file's path; `undefined` where there is none
 */
export function writeImports(
  folder: string,
  blocks: readonly ImportBlock[],
  workspace: string,
): string | undefined {
  const file = join(folder, IMPORT_FILE);
  if (blocks.length === 0) {
    rmSync(file, { force: true });
    return undefined;
  }
  // Terraform sees the old blocks or the new ones.
  replaceFile(file, `${JSON.stringify(importConfiguration(blocks, workspace), null, 2)}\n`);
  return file;
}

/**
 * Keeps the blocks in order. Does nothing where there is no file.
 * @param presentAddress what a block's address is now; `undefined` where the block is not to be kept
 * @returns the blocks that are gone
 */
export function keepImports(
  folder: string,
  presentAddress: (address: string) => string | undefined,
): ImportBlock[] {
  const file = join(folder, IMPORT_FILE);
  if (!existsSync(file)) {
    return [];
  }
  const { blocks, workspace } = imports(readFileSync(file, "utf8"));
  const kept = blocks.flatMap(({ address, id }): ImportBlock[] => {
    const now = presentAddress(address);
    return now === undefined ? [] : [{ address: now, id }];
  });
  writeImports(folder, kept, workspace);
  return blocks.filter(({ address }) => presentAddress(address) === undefined);
}

/** What to say of a block that a synth could not keep. @param file the file that it stood in */
export function droppedNotice({ address, id }: ImportBlock, file: string): string {
  return (
    `[warn] ${file} no longer imports ${id} into ${address}, because the stack has no such resource: Terraform would ` +
    "refuse to plan. If the rule is to be taken over, declare its connection and run `npm run -s ops -- adopt` again."
  );
}

/** What is not as `adopt` writes it holds no blocks. */
function imports(text: string): { readonly blocks: ImportBlock[]; readonly workspace: string } {
  const { import: given, locals }: { import?: unknown; locals?: unknown } = parse(text);
  const blocks = (Array.isArray(given) ? given : []).flatMap((block) => {
    const { to, id }: { to?: unknown; id?: unknown } = Object(block);
    return typeof to === "string" && typeof id === "string" ? [{ address: to, id }] : [];
  });
  const workspace: unknown = Reflect.get(Object(locals), WORKSPACE);
  return { blocks, workspace: typeof workspace === "string" ? workspace : "default" };
}

function parse(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
