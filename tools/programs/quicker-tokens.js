// What cdktf 0.21 does again and again where it resolves tokens, which is most of a synth's work: done once, in the bundle.
// No value, no order and no message differs for it.
const { readFileSync } = require("node:fs");

/** cdktf hides tokens in numbers, too: in such that nobody has use for. */
const TOKENS_BELOW = -1e200;

/** In each of cdktf's files, what stands there and what takes its place. */
const REPLACED = {
  "tokens/private/resolve.js": [
    // Where a value stands is wanted in errors only, and was spelt out for each.
    ['pathName = "/" + prefix.join("/")', 'pathName = { toString: () => "/" + prefix.join("/") }'],
    // Copying an object of whatever shape costs V8 far more, once a program is large.
    ["...options,", "preparing: options.preparing, scope: options.scope, resolver: options.resolver,"],
    // Plain texts are most of all values, and each was asked four regular expressions.
    ['if (typeof obj === "string") {', 'if (isPlain(obj)) return obj; if (typeof obj === "string") {'],
    ["makeContext()[0].resolve(key)", "isPlain(key) ? key : makeContext()[0].resolve(key)"],
    // What a list or an object holds was given a context, though only a token takes one, and makes its own.
    ["makeContext(`${i}`)[0].resolve(x)", "(isPlain(x) ? x : resolve(x, within(options, prefix, `${i}`)))"],
    [
      "makeContext(key)[0].resolve(obj[key])",
      "isPlain(obj[key]) ? obj[key] : resolve(obj[key], within(options, prefix, key))",
    ],
    // That it is no map of a token has just been found out.
    ["if ((0, encoding_1.unresolved)(obj)) {", "if (token_1.Tokenization.isResolvable(obj)) {"],
    ["function isConstruct(x) {", `${isPlain} ${within} function isConstruct(x) {`],
  ],
  // A plain text is told from a token without a regular expression, a plain number without a buffer.
  "tokens/private/encoding.js": [
    [
      'xs.some((x) => typeof x === "string" && TokenString.forListToken(x).test())',
      'xs.some((x) => typeof x === "string" && x.includes("#{TfToken[") && TokenString.forListToken(x).test())',
    ],
    [
      'Object.keys(xs).some((x) => typeof x === "string" && TokenString.forMapToken(x).test())',
      'Object.keys(xs).some((x) => x.includes("&{TfToken[") && TokenString.forMapToken(x).test())',
    ],
    [
      "function extractTokenDouble(encoded, list) {",
      `function extractTokenDouble(encoded, list) { if (!(encoded < ${TOKENS_BELOW})) return undefined;`,
    ],
  ],
  // What was rendered to find references between stacks was rendered once more, merged piece by piece, and then walked again.
  "terraform-stack.js": [
    [
      "terraformElements(this).forEach((e) => (0, _tokens_1.resolve)(this, e.toTerraform(), true));",
      "this.prepared = new Map(terraformElements(this).map((e) => [e, (0, _tokens_1.resolve)(this, e.toTerraform(), true)]));",
    ],
    [
      "const fragments = elements.map((e) => (0, _tokens_1.resolve)(this, e.toTerraform()));",
      `// It holds as long as nothing has been added, or changed by an aspect.
      const { prepared } = this;
      this.prepared = undefined;
      const fragments = prepared?.size === elements.length && elements.every((e) => prepared.has(e)) && !this.node.root.aspectsVisited
        ? elements.map((e) => prepared.get(e))
        : elements.map((e) => (0, _tokens_1.resolve)(this, e.toTerraform()));`,
    ],
    ["(0, util_1.deepMerge)(tf, fragment);", "adopt(tf, fragment);"],
    [
      "return (0, _tokens_1.resolve)(this, tf);",
      `for (const section of Object.keys(this.rawOverrides)) {
        tf[section] = (0, _tokens_1.resolve)(this, tf[section]);
      }
      return tf;`,
    ],
    ["function terraformElements(", `${adopt} function terraformElements(`],
  ],
  "synthesize/synthesizer.js": [
    ["aspect.visit(construct);", "root.node.root.aspectsVisited = true; aspect.visit(construct);"],
  ],
  // Few names are asked for again and again.
  "util.js": [
    [
      "function snakeCase(str) {",
      `const snakeCases = new Map();
      function snakeCase(str) {
        if (!snakeCases.has(str)) snakeCases.set(str, newSnakeCase(str));
        return snakeCases.get(str);
      }
      function newSnakeCase(str) {`,
    ],
  ],
  // Newer versions of Node.js warn of what it used, on every synth.
  "terraform-output.js": [["(0, util_2.isArray)(object)", "Array.isArray(object)"]],
  // An argument of a function, and all inside of it, was resolved twice or more at each level.
  "tfExpression.js": [
    [
      "resolveExpressionPart(context, arg) {\n        const resolvedArg = context.resolve(arg);",
      "resolveExpressionPart(context, arg, resolvedArg = context.resolve(arg)) {",
    ],
    [
      "resolveArg(context, arg) {\n        const resolvedArg = context.resolve(arg);",
      "resolveArg(context, arg, resolvedArg = context.resolve(arg)) {",
    ],
    ["resolveExpressionPart(context, arg);", "resolveExpressionPart(context, arg, resolvedArg);"],
    [
      ".map((_, index) => this.resolveArg(context, arg[index]))",
      `.map((value, index) => this.resolveArg(context, arg[index],
        typeof arg[index] === "object" && arg.length === resolvedArg.length ? value : undefined))`,
    ],
    [
      "const tokenList = token_1.Tokenization.reverseString(str);",
      'const tokenList = str.includes("${TfToken[") ? token_1.Tokenization.reverseString(str) : { tokens: [], intrinsic: [] };',
    ],
    [
      "this.resolveArg(context, arg[key])",
      'this.resolveArg(context, arg[key], typeof arg[key] === "object" ? resolvedArg[key] : undefined)',
    ],
  ],
};

/**
 * Whether a value is what it comes to: cdktf hides tokens in texts, those of numbers as numbers of a large exponent. Where it
 * does so, numbers are negative.
 */
function isPlain(value) {
  if (typeof value === "string") {
    return (
      !value.includes("{TfToken[") &&
      !value.endsWith(" Map Token Value") &&
      !/[-|\d.+]e[-|\d.eE+]/.test(value)
    );
  }
  return typeof value === "boolean" || (typeof value === "number" && value >= 0);
}

/** The options with which to resolve what stands within a value. */
function within({ preparing, scope, resolver, previousContext }, prefix, step) {
  return { preparing, scope, resolver, previousContext, prefix: prefix.concat([step]) };
}

/** As cdktf's deepMerge, where nobody else holds what is merged, and no token is in it. */
function adopt(target, source) {
  for (const key of Object.keys(source)) {
    const [known, value] = [target[key], source[key]];
    if (Array.isArray(value)) {
      target[key] = Array.isArray(known) ? [...known, ...value] : value;
    } else if (typeof value === "object" && value !== null && typeof known === "object" && known !== null) {
      adopt(known, value);
    } else {
      target[key] = value;
    }
  }
}

const FILES = Object.entries(REPLACED).map(([file, pairs]) => ({
  filter: new RegExp(`cdktf/lib/${file}$`.replaceAll("/", "[\\\\/]")),
  pairs,
}));

/**
 * One of cdktf's files with what takes the place of those lines; `undefined` for any other file, and for another version's, which
 * are left as they are.
 */
function withQuickerTokens(path) {
  const pairs = FILES.find(({ filter }) => filter.test(path))?.pairs;
  const source = pairs && readFileSync(path, "utf8");
  return pairs?.every(([theirs]) => source.split(theirs).length === 2)
    ? pairs.reduce((text, [theirs, ours]) => text.replace(theirs, () => ours), source)
    : undefined;
}

const quickerTokens = {
  name: "quicker tokens",
  setup({ onLoad }) {
    for (const { filter } of FILES) {
      onLoad({ filter }, ({ path }) => {
        const contents = withQuickerTokens(path);
        return contents && { contents, loader: "js" };
      });
    }
  },
};

module.exports = { REPLACED, withQuickerTokens, quickerTokens };
