// What makes a bundle start faster than its parts would: each was measured, and none changes what the program does.

/**
 * cdktf notes for each of its tokens where it was made, for the message of an error: a text of many lines, written thousands
 * of times and read hardly ever. Here it is written when it is read.
 */
export const lazyTraces = {
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

const VIEW = "__toESM=(mod,isNodeMode,target)=>(";

/**
 * Where a module of ours imports one of CommonJS, esbuild makes a view of its exports: of cdktf's, several hundred. Here all
 * importers share one view. (The modes differ in the default export of packages that mark themselves as compiled from ES
 * modules, so each mode has its own.)
 */
export function withSharedViews(code) {
  const shared = `__views=[new WeakMap,new WeakMap],__toESM=(mod,isNodeMode)=>{const known=__views[isNodeMode?1:0];let view=known.get(mod);if(!view)known.set(mod,view=__view(mod,isNodeMode));return view},__view=(mod,isNodeMode,target)=>(`;
  // Places in that one line move by some columns, in a stack trace: it is zod's, and none of ours.
  return Buffer.from(code.toString("latin1").replace(VIEW, shared), "latin1");
}
