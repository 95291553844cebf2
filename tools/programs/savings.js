// What makes a bundle start faster than its parts would: each was measured, and none changes what the program does.

/**
 * cdktf notes for each of its tokens where it was made, for the message of an error: a text of many lines, written thousands
 * of times and read hardly ever. Here it is written when it is read.
 */
const lazyTraces = {
  name: "lazy traces",
  setup({ onLoad }) {
    onLoad({ filter: /cdktf[\\/]lib[\\/]tokens[\\/]private[\\/]stack-trace\.js$/ }, () => ({
      contents: `exports.captureStackTrace = ${captureStackTrace};`,
      loader: "js",
    }));
  },
};

function captureStackTrace(below = captureStackTrace) {
  const limit = Error.stackTraceLimit;
  const taken = { stack: "" };
  Error.stackTraceLimit = Number.MAX_SAFE_INTEGER;
  Error.captureStackTrace(taken, below);
  Error.stackTraceLimit = limit;
  let lines;
  return new Proxy([], {
    get(_, key) {
      lines ??= taken.stack
        .split("\n")
        .slice(1)
        .map((line) => line.replace(/^\s*at\s+/, ""));
      return Reflect.get(lines, key);
    },
  });
}

/**
 * Packages that are loaded when something of them is used: of the provider's modules, a platform has some and not all; and
 * cdktf wants archives for assets only.
 */
const lazyPackages = {
  name: "lazy packages",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(@cdktf\/provider-aws\/lib\/.*|archiver)$/ }, ({ path, namespace, resolveDir }) =>
      namespace === LAZY ? undefined : { path, namespace: LAZY, pluginData: resolveDir },
    );
    onLoad({ filter: /.*/, namespace: LAZY }, ({ path, pluginData }) => {
      const loaded = `require(${JSON.stringify(path)})`;
      // Exports are looked for behind the prototype, which esbuild's view of a module has as well.
      const exported = `Object.create(new Proxy({}, { get: (_, name) => ${loaded}[name] }), { __esModule: { value: true } })`;
      return {
        contents: `module.exports = ${path === "archiver" ? `(...args) => ${loaded}(...args)` : exported};`,
        resolveDir: pluginData,
        loader: "js",
      };
    });
  },
};

const LAZY = "lazy";

const VIEW = "__toESM=(mod,isNodeMode,target)=>(";

/**
 * Where a module of ours imports one of CommonJS, esbuild makes a view of its exports: of cdktf's, several hundred. Here all
 * importers share one view. (The modes differ in the default export of packages that mark themselves as compiled from ES
 * modules, so each mode has its own.)
 */
function withSharedViews(code) {
  const shared = `__views=[new WeakMap,new WeakMap],__toESM=(mod,isNodeMode)=>{const known=__views[isNodeMode?1:0];let view=known.get(mod);if(!view)known.set(mod,view=__view(mod,isNodeMode));return view},__view=(mod,isNodeMode,target)=>(`;
  // Places in that one line move by some columns, in a stack trace: it is zod's, and none of ours.
  return Buffer.from(code.toString("latin1").replace(VIEW, shared), "latin1");
}

module.exports = { lazyTraces, lazyPackages, withSharedViews };
