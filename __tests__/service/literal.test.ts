// Text that Terraform would read otherwise, which has to reach the container as it stands. e2e proves it end to end.
import { Fn, TerraformOutput } from "cdktf";
import { literal } from "../../src/service/literal";
import { synthScope } from "../support/synth-scope";

function encoded(text: string): string {
  const synth = synthScope((scope) => {
    new TerraformOutput(scope, "text", { value: Fn.jsonencode([literal(text)]) });
  });
  return JSON.parse(synth).output.text.value;
}

describe("literal", () => {
  it.each([
    ["plain", '"plain"'],
    ['say "hi"', '"say \\"hi\\""'],
    ['"quoted"', '"\\"quoted\\""'],
    ["back\\slash", '"back\\\\slash"'],
    ["${HOME}", '"$${HOME}"'],
    ["%{time}", '"%%{time}"'],
    ["two\nlines\r", '"two\\nlines\\r"'],
  ])("writes %p as %s", (text, written) => {
    expect(encoded(text)).toBe(`\${jsonencode([${written}])}`);
  });
});
