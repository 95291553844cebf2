// Text of an account in Markdown: it makes no link, no picture and no line of its own.
import { checklistMarkdown } from "../../src/checklist/markdown";
import { codeSpan, plainMarkdown } from "../../src/model/markdown-text";

it.each([
  ["a plain sentence: 10.0.0.0/16, sgr-1, us-east-1a.", "a plain sentence: 10.0.0.0/16, sgr-1, us-east-1a."],
  ["[all is well](https://evil.example)", "\\[all is well\\](https://evil.example)"],
  ["![](https://evil.example/pixel)", "!\\[\\](https://evil.example/pixel)"],
  ["<img src=x onerror=y>", "\\<img src=x onerror=y\\>"],
  ["&#64;", "\\&#64;"],
  ["a | b", "a \\| b"],
  ["`code` **bold** _it_ ~no~ snake_case", "\\`code\\` \\*\\*bold\\*\\* \\_it\\_ \\~no\\~ snake_case"],
  ["one\n- [x] **all**: passed", "one - \\[x\\] \\*\\*all\\*\\*: passed"],
])("%j", (text, markdown) => {
  expect(plainMarkdown(text)).toBe(markdown);
});

it("calls nobody", () => {
  expect(plainMarkdown("see @team, mail me@example.com")).toBe("see @\u2060team, mail me@example.com");
});

it.each([
  ["django/aws_lb.web", "`django/aws_lb.web`"],
  ["a`b", "`` a`b ``"],
  ["``` <b>", "```` ``` <b> ````"],
  ["one\ntwo", "`one two`"],
])("%j as code", (text, markdown) => {
  expect(codeSpan(text)).toBe(markdown);
});

it("a name that the account gives cannot tick a box of the checklist", () => {
  const page = checklistMarkdown("shop-prod", "the account", [
    {
      id: "security-groups",
      title: "Only declared traffic passes",
      group: "required",
      why: "",
      state: "not met",
      where: ["sg-1` \n- [x] **https**"],
      detail: "security group sg-1 (x\n- [x] **secrets**: all is well) could reach postgres.",
    },
  ]);
  expect(page).not.toMatch(/^- \[x\]/m);
});
