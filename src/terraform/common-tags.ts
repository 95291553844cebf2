// Puts the common tags on each resource of a child module, whose provider, and with it the default tags, is the caller's.
import { Fn, type IAspect, TerraformResource, Token } from "cdktf";
import type { IConstruct } from "constructs";

/** A resource that has an argument `tags`, as the provider's bindings write it. */
interface Taggable {
  readonly tagsInput?: Readonly<Record<string, string>>;
  tags: Record<string, string>;
}

/** Adds tags to every resource that takes some. A resource's own win, as they do over a provider's default tags. */
export class CommonTags implements IAspect {
  constructor(private readonly tags: Readonly<Record<string, string>>) {}

  visit(node: IConstruct): void {
    if (!isTaggable(node)) return;
    const own = node.tagsInput ?? {};
    node.tags = Token.isUnresolved(own)
      ? Token.asStringMap(Fn.merge([this.tags, own]))
      : { ...this.tags, ...own };
  }
}

function isTaggable(node: IConstruct): node is IConstruct & Taggable {
  return TerraformResource.isTerraformResource(node) && "tagsInput" in node;
}
