// How far a deployment is, read from what Terraform prints while it runs.

/** `Plan: 119 to add, 0 to change, 3 to destroy.` */
const PLAN = /\bPlan: (\d+) to add, (\d+) to change, (\d+) to destroy/;

/** `django  aws_vpc.vpc: Still creating... [10s elapsed]`, and `django  aws_vpc.vpc (vpc): Creation complete after 1s`. */
const EVENT =
  /(\w+\.[\w-]+(?:\[[^\]]+\])?)(?: \([^)]*\))?: (Creating|Modifying|Destroying|Still \w+|Refreshing state|Reading|Creation complete|Modifications complete|Destruction complete)/;

/** What comes before: `django  Initializing provider plugins...`. */
const PREPARATION = /\b((?:Synthesizing|Initializing|Finding|Installing)\b[\w /-]*)/;

export class DeploymentProgress {
  private done = 0;
  private read = 0;
  private wanted = 0;
  private doing = "";
  private rest = "";

  /** Takes what was printed, in whatever pieces it comes. */
  hear(text: string): void {
    const lines = `${this.rest}${text}`.split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      this.hearLine(line);
    }
  }

  /** `34 of 119; aws_vpc.vpc: creating`. */
  get state(): string {
    const read = this.read === 0 ? "" : `${this.read} read`;
    const count = this.wanted === 0 ? read : `${this.done} of ${this.wanted}`;
    return [count, this.doing].filter(Boolean).join("; ") || "preparing";
  }

  /** How many resources were made, changed or destroyed. */
  get count(): number {
    return this.done;
  }

  private hearLine(line: string): void {
    const [, ...planned] = PLAN.exec(line) ?? [];
    this.wanted += planned.reduce((sum, number) => sum + Number(number), 0);
    const [, address, event = ""] = EVENT.exec(line) ?? [];
    if (address === undefined) {
      this.doing = PREPARATION.exec(line)?.[1]?.toLowerCase() ?? this.doing;
      return;
    }
    if (event.endsWith("complete")) {
      this.done += 1;
    } else {
      this.read += event === "Refreshing state" ? 1 : 0;
      this.doing = `${address}: ${event.toLowerCase()}`;
    }
  }
}

/** Milliseconds as people say them: `7s`, `2m 13s`. */
export function clock(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m ${seconds % 60}s`;
}
