// The project's lock file in each stack's folder.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pinProviders } from "../../src/terraform/provider-lock";

let project: string;
const stack = (id: string, ...path: string[]) => join(project, "cdktf.out", "stacks", id, ...path);
const lockOf = (id: string) => readFileSync(stack(id, ".terraform.lock.hcl"), "utf8");

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "lock-"));
  for (const id of ["django", "security-group-rules"]) mkdirSync(stack(id), { recursive: true });
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

it("is handed to every stack, in place of what was there", () => {
  writeFileSync(join(project, ".terraform.lock.hcl"), "# pinned\n");
  writeFileSync(stack("django", ".terraform.lock.hcl"), "# of an earlier init\n");
  pinProviders(project, join(project, "cdktf.out"));
  expect(lockOf("django")).toBe("# pinned\n");
  expect(lockOf("security-group-rules")).toBe("# pinned\n");
});

it("is not asked for: without one, Terraform's own stays", () => {
  writeFileSync(stack("django", ".terraform.lock.hcl"), "# of an earlier init\n");
  pinProviders(project, join(project, "cdktf.out"));
  expect(lockOf("django")).toBe("# of an earlier init\n");
  expect(existsSync(stack("security-group-rules", ".terraform.lock.hcl"))).toBe(false);
});
