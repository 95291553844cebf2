// Draws SVG with Graphviz as WebAssembly from npm: pictures without anything to install.

/** A DOT graph as SVG. Loaded only when asked for, since Graphviz takes a while to start. */
export async function renderSvg(dot: string): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  const graphviz = await instance();
  return graphviz.renderString(dot, { format: "svg" });
}
