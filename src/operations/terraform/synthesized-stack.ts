// A synthesized stack as the Terraform CLI knows it: its state, and plans to destroy.
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { TerraformFailure } from "./failure";
import { type PlannedChange, plannedChanges } from "./plan";
import { runTerraform, type TerraformSettings } from "./run";
import { managedResources } from "./state";

/** What Terraform calls it when `-target` leaves out a resource that a `moved` block names. */
const MOVES_PENDING = "Moved resource instances excluded by targeting";

export interface SynthesizedStackProps extends TerraformSettings {
  /** The workspace whose state Terraform works on. */
  readonly workspace: string;
  /** Whether the configuration says where the state is kept. */
  readonly hasBackend: boolean;
  /** Gets how Terraform is getting on, line by line. */
  readonly say: (line: string) => void;
}

/** What there is to do about a plan. */
export interface DestroyPlan {
  readonly changes: readonly PlannedChange[];
  /** Does exactly what was planned. Terraform refuses where the state has changed since. */
  apply(): Promise<void>;
}

/** Every method throws TerraformFailure, or the signal's reason. */
export class SynthesizedStack {
  constructor(private readonly props: SynthesizedStackProps) {}

  /** Where the stack was synthesized to. */
  get folder(): string {
    return this.props.folder;
  }

  /** The workspace whose state Terraform works on. */
  get workspace(): string {
    return this.props.workspace;
  }

  /** Address to ID of every resource that the stack's state holds. */
  async managedResources(): Promise<ReadonlyMap<string, string>> {
    await this.initialize();
    // `state pull` knows no -no-color, and prints JSON in any case.
    return managedResources(await runTerraform(this.props, ["state", "pull"]));
  }

  /**
   * Plans to destroy, and lets `use` decide; the plan is gone afterwards.
   * @param targets addresses to destroy; empty for all
   */
  async planDestroy<Result>(
    targets: readonly string[],
    use: (plan: DestroyPlan) => Promise<Result>,
  ): Promise<Result> {
    const only = targets.map((address) => `-target=${address}`);
    return await this.planned(["-destroy", ...only], async (file, changes) =>
      use({
        changes,
        apply: async () => {
          await this.run("apply", ["-input=false", file], this.props.say);
        },
      }),
    );
  }

  /** What a deployment would change. Nothing is locked: whoever only looks stands in nobody's way. */
  async plannedChanges(): Promise<readonly PlannedChange[]> {
    return await this.planned(["-lock=false"], async (_, changes) => changes);
  }

  /** Makes a plan for `use`; it is gone afterwards. */
  private async planned<Result>(
    args: readonly string[],
    use: (file: string, changes: readonly PlannedChange[]) => Promise<Result>,
  ): Promise<Result> {
    await this.initialize();
    // A plan may hold what a state holds, so nobody else may read it, and it does not stay.
    const folder = await mkdtemp(join(tmpdir(), "terraform-plan-"));
    const file = join(folder, "plan");
    try {
      this.props.say(`Terraform is planning in ${this.folder} ...`);
      await this.plan(["-input=false", `-out=${file}`, ...args]);
      return await use(file, plannedChanges(await this.run("show", ["-json", file])));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async initialize(): Promise<void> {
    const { folder, hasBackend, say, variables } = this.props;
    const has = (file: string) => existsSync(resolve(folder, variables.TF_DATA_DIR || ".terraform", file));
    // The second names the backend that was set up: a synth of another environment removes it.
    if (!has("providers") || (hasBackend && !has("terraform.tfstate"))) {
      await this.run("init", ["-input=false"], say);
    }
  }

  /** Terraform moves either everything that is called otherwise now, or nothing. */
  private async plan(args: readonly string[]): Promise<void> {
    try {
      await this.run("plan", args);
    } catch (error) {
      if (error instanceof TerraformFailure && error.message.includes(MOVES_PENDING)) {
        throw new TerraformFailure(
          `Terraform plans for some resources alone only once it knows all of ${this.props.folder} by its present ` +
            "addresses. Deploy this stack once as a whole, and try again: docs/upgrading.md.",
          error.kind,
        );
      }
      throw error;
    }
  }

  private run(command: string, args: readonly string[], onLine?: (line: string) => void): Promise<string> {
    return runTerraform(this.props, [command, "-no-color", ...args], onLine);
  }
}
