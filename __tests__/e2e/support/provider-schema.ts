// What the AWS provider says of itself, cut to what this project names. Of its 2,100 types of resources and data sources a
// handful make most of the five megabytes, and reading them was most of what every command of Terraform computed.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "./project";

/** Where this project names types of resources, or the modules of their constructs. */
const FOLDERS = ["src", "__tests__", "examples", "docs"];

/** `aws_lb` in Terraform's words, and `@cdktf/provider-aws/lib/lb` or `.../lib/data-aws-lb` in those of the constructs. */
const NAMED = /\baws_[a-z0-9_]+|@cdktf\/provider-aws\/lib\/[a-z0-9-]+/g;

/** The types of resources and data sources that this project names anywhere, which is somewhat more than it uses. */
export function namedTypes(): ReadonlySet<string> {
  const types = new Set<string>();
  for (const folder of FOLDERS) {
    const path = join(projectFolder(), folder);
    for (const file of readdirSync(path, { recursive: true, encoding: "utf8" })) {
      if (/\.(ts|js|json|md|tf)$/.test(file)) {
        for (const [name] of readFileSync(join(path, file), "utf8").matchAll(NAMED)) {
          types.add(name.startsWith("aws_") ? name : typeOf(name));
        }
      }
    }
  }
  return types;
}

function typeOf(module: string): string {
  const name = module.slice(module.lastIndexOf("/") + 1).replace(/^data-aws-/, "");
  return `aws_${name.replaceAll("-", "_")}`;
}

/** In the answer to GetProviderSchema: the maps from a type's name to its schema, for resources and for data sources. */
const RESOURCE_SCHEMAS = 2;
const DATA_SOURCE_SCHEMAS = 3;

/**
 * The same answer with these types of resources and data sources alone; Terraform says of another that the provider does not
 * support it.
 *
 * @param answer a message of Protocol Buffers: GetProviderSchema.Response of Terraform's plugin protocol, version 5 or 6
 */
export function withTypes(answer: Buffer, types: ReadonlySet<string>): Buffer {
  const kept: Buffer[] = [];
  for (let at = 0; at < answer.length; ) {
    const field = fieldAt(answer, at);
    const isSchema = field.number === RESOURCE_SCHEMAS || field.number === DATA_SOURCE_SCHEMAS;
    // The name is the first field of an entry, as all that write maps have it.
    if (!isSchema || types.has(fieldAt(field.content, 0).content.toString())) {
      kept.push(answer.subarray(at, field.end));
    }
    at = field.end;
  }
  return Buffer.concat(kept);
}

interface Field {
  readonly number: number;
  /** Empty where it is a number. */
  readonly content: Buffer;
  readonly end: number;
}

const LENGTH_DELIMITED = 2;

/** https://protobuf.dev/programming-guides/encoding/ */
function fieldAt(message: Buffer, start: number): Field {
  const tag = varintAt(message, start);
  const length = varintAt(message, tag.end);
  const isNumber = tag.value % 8 !== LENGTH_DELIMITED;
  const end = isNumber ? length.end : length.end + length.value;
  return { number: Math.floor(tag.value / 8), content: message.subarray(length.end, end), end };
}

function varintAt(message: Buffer, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  let end = start;
  let byte: number;
  do {
    byte = message.readUInt8(end);
    value += (byte % 128) * 128 ** (end - start);
    end += 1;
  } while (byte >= 128);
  return { value, end };
}
