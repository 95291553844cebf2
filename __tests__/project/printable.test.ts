// What a log says does nothing to the terminal that shows it.
import { printable } from "../../src/project/printable";

it("shows control characters instead of sending them", () => {
  expect(printable("\u001b[31mred\u001b[0m\tand\rover\b\u009b2J\n")).not.toMatch(/[^\P{Cc}\n\t]/u);
  expect(printable("ERROR\rINFO \n")).toBe("ERROR?INFO");
});
