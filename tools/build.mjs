// Compiles the app into dist/. TypeScript leaves the output of deleted sources behind, where Node would still find it
// (a removed environment, say), so that goes first.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");

for (const entry of existsSync(dist) ? readdirSync(dist, { recursive: true, withFileTypes: true }) : []) {
  const output = join(entry.parentPath, entry.name);
  const source = join(root, relative(dist, output)).replace(/\.js$/, ".ts");
  if (entry.isFile() && output.endsWith(".js") && !existsSync(source)) {
    rmSync(output);
  }
}

try {
  execFileSync(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), "-p", root], {
    stdio: "inherit",
  });
} catch {
  // The compiler has said what is wrong.
  process.exit(1);
}
