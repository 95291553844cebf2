// Which security group an expression stands for: a resource of the same stack, or one that is looked up by Name tag.
import {
  asList,
  asText,
  type Block,
  blocks,
  isObject,
  parseReference,
  type TerraformConfigs,
} from "./terraform-config";

/** A security group as Terraform describes it, known by its Name tag. */
export interface ObservedGroup {
  /** Its Name tag, or its address where it has none. */
  readonly name: string;
  readonly block: Block;
}

/** The security groups of some stacks. */
export class ObservedGroups {
  readonly all: readonly ObservedGroup[];
  private readonly byReference = new Map<string, string>();

  constructor(configs: TerraformConfigs) {
    const every = blocks(configs);
    this.all = every
      .filter(({ mode, type }) => mode === "resource" && type === "aws_security_group")
      .map((block) => ({ name: nameTag(block) ?? `${block.type}.${block.name}`, block }));
    for (const { name, block } of this.all) {
      this.byReference.set(referenceKey(block.stack, block), name);
    }
    for (const block of every) {
      if (block.mode === "data" && block.type === "aws_security_group") {
        const name = filteredName(block);
        // A lookup that finds nothing stays unknown, so that its rules are not taken for those of a group.
        if (name !== undefined && this.all.some((group) => group.name === name)) {
          this.byReference.set(referenceKey(block.stack, block), name);
        }
      }
    }
  }

  /** The Name tag of the group that an expression in a stack stands for; the expression itself if none is known. */
  resolve(stack: string, expression: string): string {
    const reference = parseReference(expression);
    return (reference && this.byReference.get(referenceKey(stack, reference))) ?? expression;
  }
}

function referenceKey(stack: string, { mode, type, name }: Pick<Block, "mode" | "type" | "name">): string {
  return [stack, mode, type, name].join(" ");
}

function nameTag({ body }: Block): string | undefined {
  return isObject(body.tags) ? asText(body.tags.Name) : undefined;
}

/** The Name tag that a data source filters by. */
function filteredName({ body }: Block): string | undefined {
  const filters = asList(body.filter).filter(isObject);
  const values = filters.find(({ name }) => name === "tag:Name")?.values;
  const [only, ...others] = asList(values);
  const tags = isObject(body.tags) ? asText(body.tags.Name) : undefined;
  return others.length === 0 ? (asText(only) ?? tags) : undefined;
}
