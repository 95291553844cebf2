// A deployed state whose addresses are renamed back to those of before they were without hashes, planned by this version.
import { existsSync } from "node:fs";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { expectSuccess } from "./command";
import { supportFile } from "./project";
import type { Workspace } from "./workspace";

/** What becomes of a deployment of before. */
export interface Upgrade {
  /** Former addresses that are stored for this stack and that the renamed state lacks, and the other way round. */
  readonly unlike: readonly string[];
  /** How many of the stored addresses are others by now. */
  readonly former: number;
  /** How many resources Terraform moves. */
  readonly moved: number;
  /** How many it leaves as and where they are. */
  readonly kept: number;
  /** What it would do besides: `create aws_s3_bucket.logs`, say. */
  readonly changes: readonly string[];
}

export interface State {
  readonly serial: number;
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly index_key?: string | number }[];
  }[];
}

/** What `terraform show -json` says of a plan, as far as it is read here. */
interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly previous_address?: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/** What is made anew beside what stood, as docs/upgrading.md says: the data subnets' network ACL and its rules. */
const MADE_ANEW = new RegExp(
  [
    "^aws_network_acl(_rule)?\\.",
    // What has come since: the rotation of the database's password, what follows it, and Django's former key.
    "\\.database_(restart(_start)?|rotated|password)$",
    "^aws_cloudwatch_metric_alarm\\.(postgres_restart|redis_refused_logins)$",
    "^aws_secretsmanager_secret_rotation\\.",
    "\\.database_user(_execution)?$",
    "\\.secret_key_previous$",
    "^aws_secretsmanager_secret(_version)?\\.(shared|worker_reporter)_",
    "^(aws_secretsmanager_secret(_version)?|terraform_data)\\.cache$",
    "\\.database(_user)?_url$",
    "^aws_ssm_parameter\\.output_",
    // Shared files, as the environments of the tests call theirs.
    "^aws_efs_",
    "^aws_security_group\\.(media|public)$",
    "^aws_vpc_security_group_ingress_rule\\.(media|public)-from-",
    "^aws_cloudwatch_metric_alarm\\.media_burst_credits$",
    "\\.connectivity(_execution)?$",
    "^aws_appautoscaling_(target|policy|scheduled_action)\\.web(_(cpu|metric|response_time|night|morning))?$",
    "^aws_cloudwatch_event_(rule|target)\\.(guardduty|security_hub)_findings$",
    "^aws_lb_listener_rule\\.(.*_declared|undeclared)_hosts$",
    "^aws_cloudwatch_(log_metric_filter|metric_alarm)\\..*_(errors_critical|failed_logins_axes)$",
    "^aws_s3_bucket(_\\w+)?\\.(media|scratch)$",
    "^aws_service_discovery_",
    "\\.(service[-_])?collector([-_]|$)",
    "^aws_vpc_security_group_ingress_rule\\.(endpoints-from-collector|web-from-worker)-",
    "^aws_ecr_repository_policy\\.",
    // What CI may do no longer fits into two and four policies where everything is on: as they are called now, and as they would have been.
    "^aws_iam_(policy|role_policy_attachment)\\.((deploy|plan)_)?(read[-_]3|write[-_][56])",
    // What runs by the clock.
    "^aws_(scheduler_schedule(_group)?|sfn_state_machine)\\.",
    "^aws_iam_role(_policy)?\\.(\\w+_)?schedules$",
    "^aws_sqs_queue(_policy)?\\.undelivered_schedules$",
    "^aws_cloudwatch_metric_alarm\\..*_(failed_runs|missed_runs|undelivered|scaling_metric)$",
    "^aws_ecs_task_definition\\.(web_clearsessions|worker_report)$",
  ].join("|"),
);

/** The stored managed addresses of an environment, by stack, as they were with hashes. */
export async function formerAddresses(
  environment: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const stored = join(supportFile(".."), "..", "fixtures", "former-addresses.json");
  const all: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = JSON.parse(
    await readFile(stored, "utf8"),
  );
  return Object.fromEntries(
    Object.entries(all[environment] ?? {}).map(([stack, addresses]) => [
      stack,
      addresses.filter((address) => !MADE_ANEW.test(address)),
    ]),
  );
}

/** What an upgrade of all stacks of an environment comes to where everything is found and nothing else happens. */
export async function movesOnly(
  environment: string,
  upgrades: Readonly<Record<string, Upgrade>>,
): Promise<Readonly<Record<string, Upgrade>>> {
  return Object.fromEntries(
    Object.entries(await formerAddresses(environment)).map(([stack, addresses]) => {
      const former = upgrades[stack]?.former ?? addresses.length;
      return [stack, { unlike: [], former, moved: former, kept: addresses.length - former, changes: [] }];
    }),
  );
}

/** A block `moved`, as this project writes it. */
const MOVED = /^moved \{\n +from = (\S+)\n +to += (\S+)\n\}$/gm;

/** The moves of a stack: former addresses by those that they have become. */
export async function movesOf(workspace: Workspace, stack: string): Promise<ReadonlyMap<string, string>> {
  const file = join(workspace.stackFolder(stack), "moved.tf");
  const moves = existsSync(file) ? await readFile(file, "utf8") : "";
  return new Map([...moves.matchAll(MOVED)].map(([, from = "", to = ""]): [string, string] => [to, from]));
}

/** A deployed stack's state. */
export async function stateOf(workspace: Workspace, stack: string): Promise<State> {
  return JSON.parse(expectSuccess("state pull", await workspace.terraform(stack, "state", "pull")).stdout);
}

/** Resources one move back: under the address that they had before, and an instance that was a resource of its own as that. */
export function oneMoveBack(
  resources: State["resources"],
  formerNames: ReadonlyMap<string, string>,
): State["resources"] {
  return resources.flatMap((resource) => {
    const { mode, type, name, instances } = resource;
    const formerly = (address: string) =>
      mode === "managed" ? formerNames.get(address)?.slice(type.length + 1) : undefined;
    const whole = formerly(`${type}.${name}`);
    if (whole !== undefined) return [{ ...resource, name: whole }];
    const apart = instances.map(({ index_key, ...instance }) => ({
      instance,
      name: formerly(`${type}.${name}[${JSON.stringify(index_key)}]`),
    }));
    const left = instances.filter((_, index) => apart[index]?.name === undefined);
    return [
      ...(left.length > 0 || instances.length === 0 ? [{ ...resource, instances: left }] : []),
      ...apart.flatMap(({ instance, name: own }) =>
        own === undefined ? [] : [{ ...resource, name: own, instances: [instance] }],
      ),
    ];
  });
}

/** Plans a copy of a deployed stack, in a folder beside it, from a copy of its state with the former addresses. */
export async function planUpgrade(
  workspace: Workspace,
  environment: string,
  stack: string,
): Promise<Upgrade> {
  const formerNames = await movesOf(workspace, stack);
  const state = await stateOf(workspace, stack);
  // Nothing was moved more than twice.
  const resources = oneMoveBack(oneMoveBack(state.resources, formerNames), formerNames);
  const present = managedIn(state.resources);
  const renamed = managedIn(resources);
  const { [stack]: stored = [] } = await formerAddresses(environment);
  const unlike = [
    ...stored.filter((address) => !renamed.includes(address)),
    ...renamed.filter((address) => !stored.includes(address)),
  ];
  const former = stored.filter((address) => !present.includes(address)).length;
  return { unlike, former, ...(await planState(workspace, stack, JSON.stringify({ ...state, resources }))) };
}

function managedIn(resources: State["resources"]): string[] {
  return resources
    .filter(({ mode }) => mode === "managed")
    .map(({ type, name }) => `${type}.${name}`)
    .filter((address) => !MADE_ANEW.test(address));
}

/** Plans a stack's configuration from a state that is given as text. */
export async function planState(
  workspace: Workspace,
  stack: string,
  state: string,
): Promise<Pick<Upgrade, "moved" | "kept" | "changes">> {
  const copy = `${stack}-former`;
  const folder = workspace.stackFolder(copy);
  await cp(workspace.stackFolder(stack), folder, { recursive: true, verbatimSymlinks: true });
  // What Terraform remembers of the stack's backend, and the state of a stack without one: it would ask to migrate them.
  await rm(join(folder, ".terraform", "terraform.tfstate"), { force: true });
  await rm(join(folder, "terraform.tfstate"), { force: true });
  const backend = { terraform: { backend: { local: { path: "former.tfstate" } } } };
  await writeFile(join(folder, "backend_override.tf.json"), JSON.stringify(backend));
  await writeFile(join(folder, "former.tfstate"), state);
  await workspace.terraformInit(copy);
  const terraform = async (...args: readonly string[]) =>
    expectSuccess(`terraform ${args[0]}`, await workspace.terraform(copy, ...args));
  // What stands is what the state says: the plan of the stack itself has asked.
  await terraform("plan", "-refresh=false", "-input=false", "-no-color", "-out=upgrade.bin");
  const plan: Plan = JSON.parse((await terraform("show", "-json", "upgrade.bin")).stdout);
  await rm(folder, { recursive: true, force: true });
  const planned = (plan.resource_changes ?? []).filter(
    ({ mode, address, change }) =>
      mode === "managed" && !(MADE_ANEW.test(address) && isDeepStrictEqual(change.actions, ["no-op"])),
  );
  const untouched = planned.filter(({ change }) => isDeepStrictEqual(change.actions, ["no-op"]));
  // Counted as what they were: several may be one by now.
  const moves = untouched.flatMap(({ previous_address: address }) =>
    address === undefined ? [] : [{ address }],
  );
  const kept = untouched.filter(({ previous_address }) => previous_address === undefined);
  return {
    moved: resourcesOf(moves),
    kept: resourcesOf(kept),
    changes: planned
      .filter((change) => !untouched.includes(change))
      .map(({ address, change }) => `${change.actions.join(", ")} ${address}`),
  };
}

/** How many resources there are, each of which may have several instances: `aws_route53_record.validation["a"]`. */
function resourcesOf(planned: readonly { readonly address: string }[]): number {
  return new Set(planned.map(({ address }) => address.replace(/\[.*$/, ""))).size;
}
