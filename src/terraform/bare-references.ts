// Corrects the places where cdktf 0.21 writes a reference as "${aws_vpc.main}" though Terraform takes only the bare
// one there: the `dependsOn` of an output, and constructs in `replaceTriggeredBy`.
import { asList, isObject, type Json, type JsonObject } from "./hcl/json";

/** The configuration with those references bare; what has none is not copied. */
export function withBareReferences(config: JsonObject): JsonObject {
  const outputs = edit(config, ["output", ANY], bareList("depends_on"));
  return edit(outputs, ["resource", ANY, ANY, "lifecycle"], bareList("replace_triggered_by"));
}

const ANY = "*";

/** Applies a change to every object at a path, and leaves all else as it is. */
function edit(
  at: JsonObject,
  path: readonly string[],
  change: (found: JsonObject) => JsonObject,
): JsonObject {
  const [step, ...rest] = path;
  if (step === undefined) return change(at);
  let edited: Record<string, Json> | undefined;
  for (const key of step === ANY ? Object.keys(at) : [step]) {
    const value = at[key];
    const changed = isObject(value) ? edit(value, rest, change) : value;
    if (changed !== undefined && changed !== value) {
      edited ??= { ...at };
      edited[key] = changed;
    }
  }
  return edited ?? at;
}

function bareList(name: string): (found: JsonObject) => JsonObject {
  return (found) => {
    const references = found[name];
    if (references === undefined) return found;
    return { ...found, [name]: asList(references).map(withoutBraces) };
  };
}

function withoutBraces(reference: Json): Json {
  return typeof reference === "string" ? reference.replace(/^\$\{(.*)\}$/, "$1") : reference;
}
