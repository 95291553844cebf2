// What people get wrong in an environment file is answered by one sentence, at the place where it is.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Environments } from "../../src/project/environments";
import { EnvironmentError } from "../../src/schema/problem";
import { answer, faultless, fileWith, TYPICAL_MISTAKES } from "../support/typical-mistakes";

const folder = mkdtempSync(join(tmpdir(), "mistakes-"));
const DEFINE = require.resolve("../../src/validation/define-environment");

beforeAll(() => {
  writeFileSync(join(folder, "faultless.ts"), faultless(DEFINE));
  for (const mistake of TYPICAL_MISTAKES) {
    writeFileSync(join(folder, `${mistake.label}.ts`), fileWith(mistake, DEFINE));
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("takes the file without a mistake, whatever its neighbours have", () => {
  expect(new Environments({ folder }).load("faultless").name).toBe("shop-prod");
});

it.each(TYPICAL_MISTAKES)("$label: $edit", (mistake) => {
  let error: unknown;
  try {
    new Environments({ folder }).load(mistake.label);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(EnvironmentError);
  expect(error instanceof EnvironmentError && error.message).toBe(answer(mistake));
});
