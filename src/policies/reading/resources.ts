// The resources of all stacks as a policy reads them: by type, with their references followed.
import {
  asText,
  type Block,
  blocks,
  type Json,
  parseReference,
  type TerraformConfigs,
} from "../../reachability/terraform-config";

/** A resource or a data source. */
export interface Resource extends Block {
  /** Its address within its stack: `aws_lb.web`, `data.aws_vpc.main`. */
  readonly address: string;
}

/** References that lead to references end somewhere, or else in a circle. */
const LONGEST_CHAIN = 5;

export class Resources {
  /** All of them, in the order in which they stand. */
  readonly all: readonly Resource[];
  private readonly byType = new Map<string, Resource[]>();
  private readonly byAddress = new Map<string, Resource>();

  constructor(configs: TerraformConfigs) {
    this.all = blocks(configs).map((block) => ({ ...block, address: addressOf(block) }));
    for (const resource of this.all) {
      const ofType = this.byType.get(typeKey(resource)) ?? [];
      ofType.push(resource);
      this.byType.set(typeKey(resource), ofType);
      this.byAddress.set(`${resource.stack}/${resource.address}`, resource);
    }
  }

  /** The resources of these types; a data source's type begins with `data.`. */
  of(...types: readonly string[]): Resource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** What a value of a resource refers to, such as `${aws_lb.web.arn}`; `undefined` if that is not in its stack. */
  referredTo({ stack }: Pick<Resource, "stack">, value: Json | undefined): Resource | undefined {
    const reference = parseReference(asText(value) ?? "");
    return reference && this.byAddress.get(`${stack}/${addressOf(reference)}`);
  }

  /**
   * The resource of a type that a value stands for: by reference, also by way of another resource's argument; or by
   * what is written in the argument that names such resources.
   *
   * @param named the argument, such as `bucket` of an `aws_s3_bucket`
   */
  find(
    from: Pick<Resource, "stack">,
    value: Json | undefined,
    type: string,
    named: string,
  ): Resource | undefined {
    let text = asText(value);
    for (let step = 0; step < LONGEST_CHAIN && text !== undefined; step += 1) {
      const resource = this.referredTo(from, text);
      if (resource === undefined) {
        return this.of(type).find(({ body }) => body[named] === text);
      }
      if (typeKey(resource) === type) {
        return resource;
      }
      text = asText(resource.body[/\.(\w+)\}$/.exec(text)?.[1] ?? ""]);
    }
    return undefined;
  }

  /** The resources of a type whose `argument` stands for the given resource; see `find`. */
  attached(type: string, argument: string, to: Resource, named: string): Resource[] {
    return this.of(type).filter((each) => this.find(each, each.body[argument], typeKey(to), named) === to);
  }
}

function typeKey({ mode, type }: Pick<Block, "mode" | "type">): string {
  return mode === "data" ? `data.${type}` : type;
}

function addressOf(block: Pick<Block, "mode" | "type" | "name">): string {
  return `${typeKey(block)}.${block.name}`;
}
