// The resources that a configuration comes to: one for each that `count`, `for_each` and `dynamic` make, as far as they say.
import { evaluateAll } from "../terraform/hcl/evaluate";
import type { Lookup } from "../terraform/hcl/evaluator";
import { isList } from "../terraform/hcl/json";
import {
  asNumber,
  asText,
  type Block,
  blocks,
  entries,
  isObject,
  type Json,
  type JsonObject,
  type TerraformConfigs,
} from "./terraform-config";

/** One of what a block makes. */
export interface Instance extends Block {
  /** Which of several it is: `[0]`, `["a"]`; `undefined` where there is but one, or it is not known how many. */
  readonly key: string | undefined;
  /** Whether it is known to be there: not where `count` or `for_each` cannot be told. */
  readonly isCertain: boolean;
}

/** Beyond this, nothing is worked out: it would only take long. */
const MOST = 1000;

/**
 * Every resource and data source. A `dynamic` that cannot be told stays in the body's `dynamic`.
 * @param configs evaluated: see `evaluated`
 */
export function instances(configs: TerraformConfigs): readonly Instance[] {
  // Whoever asks of a configuration asks for these, as for its blocks.
  const found = known.get(configs) ?? instancesOf(configs);
  known.set(configs, found);
  return found;
}

const known = new WeakMap<TerraformConfigs, readonly Instance[]>();

function instancesOf(configs: TerraformConfigs): Instance[] {
  return blocks(configs).flatMap((block): Instance[] => {
    const { count, for_each: each } = block.body;
    if (count === undefined && each === undefined) {
      return [{ ...block, body: withoutDynamic(block.body), key: undefined, isCertain: true }];
    }
    const items = count === undefined ? itemsOf(each) : numbersUpTo(asNumber(count));
    return items === undefined
      ? [{ ...block, body: withoutDynamic(block.body), key: undefined, isCertain: false }]
      : items.map(({ key, value }) => ({
          ...block,
          body: withoutDynamic(filledIn(block.body, { each: { key, value }, count: { index: key } })),
          key: `[${JSON.stringify(key)}]`,
          isCertain: true,
        }));
  });
}

interface Item {
  readonly key: string | number;
  readonly value: Json;
}

function numbersUpTo(count: number | undefined): Item[] | undefined {
  return count === undefined || count > MOST
    ? undefined
    : Array.from({ length: count }, (_, index) => ({ key: index, value: index }));
}

/** The items of a set, a list or a map; `undefined` where they, or the keys of them, are not known. */
function itemsOf(value: Json | undefined): Item[] | undefined {
  const items: Item[] | undefined = isList(value)
    ? value.map((item) => ({ key: typeof item === "string" ? item : JSON.stringify(item), value: item }))
    : isObject(value)
      ? Object.entries(value).map(([key, item]) => ({ key, value: item }))
      : undefined;
  return items && items.length <= MOST && items.every(({ key }) => isText(key)) ? items : undefined;
}

/** Whether nothing of a key is yet to be worked out. */
function isText(key: string | number): boolean {
  return !/[$%]\{/.test(String(key));
}

/** A body in which names such as `each.key` stand for their values. */
function filledIn(
  body: JsonObject,
  names: Readonly<Record<string, Readonly<Record<string, Json>>>>,
): JsonObject {
  const lookup: Lookup = (root, name) => names[root]?.[name];
  const filled = evaluateAll(body, lookup);
  return isObject(filled) ? filled : {};
}

/** A body with the blocks that its `dynamic` makes. */
function withoutDynamic(body: JsonObject): JsonObject {
  if (body.dynamic === undefined) {
    return body;
  }
  const made: Record<string, Json[]> = {};
  const left: Record<string, Json> = {};
  for (const [name, written] of entries(body.dynamic)) {
    const [spec, ...others] = isList(written) ? written : [written];
    const items = isObject(spec) && others.length === 0 ? itemsOf(spec.for_each) : undefined;
    if (!isObject(spec) || items === undefined) {
      left[name] = written;
      continue;
    }
    const [content = {}] = isList(spec.content) ? spec.content : [spec.content ?? {}];
    const iterator = asText(spec.iterator) ?? name;
    made[name] = items.map(({ key, value }) =>
      isObject(content) ? withoutDynamic(filledIn(content, { [iterator]: { key, value } })) : content,
    );
  }
  const { dynamic: _dynamic, ...rest } = body;
  const joined = Object.entries(made).map(([name, added]): [string, Json] => {
    const present = body[name];
    return [name, [...(isList(present) ? present : present === undefined ? [] : [present]), ...added]];
  });
  return {
    ...rest,
    ...Object.fromEntries(joined),
    ...(Object.keys(left).length > 0 && { dynamic: left }),
  };
}
