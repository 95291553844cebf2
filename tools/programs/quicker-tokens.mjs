// What cdktf 0.21 does again and again where it resolves tokens, which is most of a synth's work: done once, in the bundle.
// No value, no order and no message differs for it.
import { readFileSync } from "node:fs";

/** In each of cdktf's files, what stands there and what takes its place. */
export const REPLACED = {
  "tokens/private/resolve.js": [
    // Where a value stands is wanted in errors only, and was spelt out for each.
    ['pathName = "/" + prefix.join("/")', 'pathName = { toString: () => "/" + prefix.join("/") }'],
    // Copying an object of whatever shape costs V8 far more, once a program is large.
    ["...options,", "preparing: options.preparing, scope: options.scope, resolver: options.resolver,"],
    // Plain texts are most of all values, and each was asked four regular expressions.
    ['if (typeof obj === "string") {', 'if (isPlain(obj)) return obj; if (typeof obj === "string") {'],
    ["makeContext(`${i}`)[0].resolve(x)", "(isPlain(x) ? x : makeContext(`${i}`)[0].resolve(x))"],
    ["makeContext()[0].resolve(key)", "isPlain(key) ? key : makeContext()[0].resolve(key)"],
    [
      "makeContext(key)[0].resolve(obj[key])",
      "isPlain(obj[key]) ? obj[key] : makeContext(key)[0].resolve(obj[key])",
    ],
    ["function isConstruct(x) {", `${isPlain.toString()} function isConstruct(x) {`],
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
      "this.resolveArg(context, arg[key])",
      'this.resolveArg(context, arg[key], typeof arg[key] === "object" ? resolvedArg[key] : undefined)',
    ],
  ],
};

/** Whether a value is what it comes to: cdktf hides tokens in texts, those of numbers as numbers of a large exponent. */
function isPlain(value) {
  return typeof value === "string"
    ? !value.includes("{TfToken[") &&
        !value.endsWith(" Map Token Value") &&
        !/[-|\d.+]e[-|\d.eE+]/.test(value)
    : typeof value === "boolean";
}

const FILES = Object.entries(REPLACED).map(([file, pairs]) => ({
  filter: new RegExp(`cdktf/lib/${file}$`.replaceAll("/", "[\\\\/]")),
  pairs,
}));

/**
 * One of cdktf's files with what takes the place of those lines; `undefined` for any other file, and for another version's, which
 * are left as they are.
 */
export function withQuickerTokens(path) {
  const pairs = FILES.find(({ filter }) => filter.test(path))?.pairs;
  const source = pairs && readFileSync(path, "utf8");
  return pairs?.every(([theirs]) => source.split(theirs).length === 2)
    ? pairs.reduce((text, [theirs, ours]) => text.replace(theirs, () => ours), source)
    : undefined;
}

export const quickerTokens = {
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
