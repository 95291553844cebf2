// What the bundles have in place of some lines of cdktf's must come to the same, for every kind of value and in every error.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const scratch = mkdtempSync(join(tmpdir(), "quicker-tokens-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Resolves what cdktf treats apart, and exports a line each: the value, or the error's first line. */
const PROGRAM = `
  import { readFileSync } from "node:fs";
  import { App, Aspects, Fn, DefaultTokenResolver, Lazy, Op, StringConcat, TerraformOutput, TerraformResource, TerraformStack, TerraformVariable, Token, Tokenization, conditional, propertyAccess, ref } from "cdktf";
  export const lines = [];
  const app = new App({ stackTraces: false, outdir: ${JSON.stringify(scratch)} });
  const stack = new TerraformStack(app, "stack");
  const other = new TerraformStack(app, "other");
  const variable = new TerraformVariable(stack, "variable", { type: "string" });
  const elsewhere = new TerraformOutput(other, "elsewhere", { value: "value" });
  const number = Token.asNumber(variable.value);
  const list = Token.asList(variable.value);
  const map = Token.asStringMap(variable.value);
  const resolver = new DefaultTokenResolver(new StringConcat());
  const circle = {};
  circle.circle = circle;
  let nested = { deepest: variable.stringValue, number, list: ["plain", variable.stringValue] };
  for (let depth = 0; depth < 6; depth++) nested = { [\`depth\${depth}\`]: Fn.jsonencode({ nested, also: [nested.list, undefined] }) };
  const values = {
    plain: () => ({ text: "text", empty: "", yes: true, no: false, number: 1.5e9, none: null, absent: undefined, date: new Date(0) }),
    numbersInText: () => ["1e5", "a-e-b", \`\${number} of them\`, "-1.8881545897087626e+289", "x".repeat(50) + number],
    numbers: () => [0, -1, -1e250, 1e250, Number.NaN, Number.POSITIVE_INFINITY, number, { within: [number] }],
    lists: () => [list, [1, 2, undefined, 3], [], Token.asNumberList(variable.value)],
    numberList: () => Token.asNumberList(variable.value),
    listsOfLists: () => [[variable.stringValue, ["a", { b: [undefined, list] }]], { c: null, d: undefined }],
    maps: () => [map, Token.asAnyMap(variable.value), Token.asNumberMap(variable.value)],
    keys: () => ({ [variable.stringValue]: 1, ["key-" + variable.stringValue]: 2, "1e5": 3, "\${aws_x.y}": 4 }),
    escapes: () => ["\${raw.reference}", "a \${\${variable}} b", "}", "%{if true}x%{endif}", variable.stringValue + "\${raw}"],
    expressions: () => [Op.add(number, 1), conditional(Op.not(variable.booleanValue), "yes", variable.stringValue), propertyAccess(ref("local.x"), ["a", 0, "*"])],
    encoded: () => Fn.jsonencode({
      text: "it's \\"quoted\\"\\n", list: ["a", variable.stringValue, \`\${variable.stringValue}-b\`], objects: [{ a: [{ b: null }] }, {}],
      undefinedInside: [undefined, "x", { y: undefined }], number, yes: true, map, reference: elsewhere.value, lazy: Lazy.anyValue({ produce: () => ({ a: [1] }) }),
      ["key-" + variable.stringValue]: { x: 1 },
    }),
    lazyLists: () => [Lazy.listValue({ produce: () => ["a"] }), Lazy.listValue({ produce: () => ["a", variable.stringValue] })],
    nested: () => nested,
    merged: () => Fn.merge([{ a: 1 }, { b: Fn.lookup(map, "x", "y") }]),
    crossStack: () => [ref("aws_x.y.id", other), Fn.join(",", [Token.asString(ref("aws_x.z.id", other))])],
    listAsText: () => Fn.jsonencode({ list }) + list[0],
    lazyListEncoded: () => Fn.jsonencode({ list: Lazy.listValue({ produce: () => ["a"] }) }),
    mapEncoded: () => Fn.jsonencode({ map: { ...map } }),
    listElement: () => ({ a: { b: list[0] } }),
    mapElement: () => ({ a: [map[Object.keys(map)[0]]] }),
    keyOfNoText: () => ({ a: { [Token.asString(ref("x"))]: 1, [Token.asString({ resolve: () => 5 })]: 2 } }),
    failing: () => ({ a: Lazy.stringValue({ produce: () => { throw new Error("produced nothing"); } }) }),
    function: () => ({ a: { b: [() => 1] } }),
    construct: () => ({ a: { b: [stack] } }),
    listTokenInList: () => ["a", list[0]],
    numberMapElement: () => ({ a: Object.values(Token.asNumberMap(variable.value)) }),
    circle: () => circle,
  };
  for (const [name, value] of Object.entries(values)) {
    let text;
    try {
      text = JSON.stringify(Tokenization.resolve(value(), { scope: stack, preparing: false, resolver }));
    } catch (error) {
      text = "throws " + error.message.split("\\n")[0].slice(0, 200);
    }
    lines.push(name + ": " + text.replace(/TOKEN\\.\\d+/, "TOKEN"));
  }
  const rendered = {
    alone: () => {},
    aspect: ({ made }) => Aspects.of(made).add({ visit: (found) => { if (found instanceof TerraformResource) found.addOverride("seen", true); } }),
    aspectOfTheApp: ({ app }) => Aspects.of(app).add({ visit: (found) => { if (found instanceof TerraformResource) found.addOverride("seen", true); } }),
    otherStack: ({ made, there }) => new TerraformOutput(made, "referring", { value: there.getStringAttribute("id") }),
    added: ({ resource, made }) => resource.addOverride("late", Lazy.stringValue({ produce: () => { made.node.tryFindChild("late") ?? new TerraformOutput(made, "late", { value: "late" }); return "x"; } })),
    overrides: ({ made, resource }) => {
      made.addOverride("terraform.required_version", Fn.lookup({ a: variable.stringValue }, "a"));
      made.addOverride("resource.aws_x.one.name", undefined);
      made.addOverride("resource.aws_x.two", { name: "only here", list: [1] });
      made.addOverride("locals.new", variable.stringValue);
      resource.addOverride("dependsOnSnakeCase", { keptAsItIs: null });
    },
  };
  for (const [name, change] of Object.entries(rendered)) {
    const app = new App({ stackTraces: false, outdir: ${JSON.stringify(scratch)} });
    const [made, elsewhere] = ["made", "elsewhere"].map((id) => new TerraformStack(app, id));
    class Resource extends TerraformResource {
      synthesizeAttributes() { return { name: "name", list: [this.getStringAttribute("x"), "b"], nested: { block: [{ of: Fn.jsonencode({ a: this.fqn }) }] } }; }
    }
    const resource = new Resource(made, "one", { terraformResourceType: "aws_x", lifecycle: { preventDestroy: true } });
    const there = new Resource(elsewhere, "there", { terraformResourceType: "aws_x", dependsOn: [] });
    new Resource(made, "three", { terraformResourceType: "aws_y", dependsOn: [resource], forEach: undefined });
    change({ app, made, resource, there });
    app.synth();
    for (const stack of [made, elsewhere]) {
      const file = app.outdir + "/" + app.manifest.forStack(stack).synthesizedStackPath;
      lines.push(name + ", " + stack.node.id + ": " + readFileSync(file, "utf8") + JSON.stringify(stack.toTerraform()));
    }
  }
`;

const { theirs, ours, replaced }: { theirs: string[]; ours: string[]; replaced: number[] } = JSON.parse(
  asked(`
    import { readFileSync } from "node:fs";
    import { createRequire } from "node:module";
    import { build } from "esbuild";
    import { quickerTokens, REPLACED } from "./tools/programs/quicker-tokens.js";
    const contents = ${JSON.stringify(PROGRAM)};
    async function linesWith(name, plugins) {
      const outfile = ${JSON.stringify(scratch)} + "/" + name + ".cjs";
      await build({ stdin: { contents, resolveDir: process.cwd() }, bundle: true, platform: "node", plugins, outfile, logLevel: "error" });
      return createRequire(outfile)(outfile).lines;
    }
    const replaced = Object.entries(REPLACED).flatMap(([file, pairs]) => {
      const source = readFileSync("node_modules/cdktf/lib/" + file, "utf8");
      return pairs.map(([theirs]) => source.split(theirs).length - 1);
    });
    const [theirs, ours] = await Promise.all([linesWith("theirs", []), linesWith("ours", [quickerTokens])]);
    console.log(JSON.stringify({ theirs, ours, replaced }));
  `),
);

/** What a module prints, run in the project's folder. */
function asked(script: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: root,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout;
}

it("comes to the same values and the same errors", () => {
  expect(theirs).toHaveLength(39);
  expect(theirs.filter((line) => line.includes(": throws "))).toHaveLength(11);
  expect(ours).toEqual(theirs);
});

it("replaces lines that this version of cdktf has, each once", () => {
  expect(replaced).toEqual(Array.from({ length: 25 }, () => 1));
});
