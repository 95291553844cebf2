// Runs a state machine in Amazon States Language with the answers that AWS would give.
import jsonata from "jsonata";

export type Json =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Json[]
  | { readonly [key: string]: Json };
export type Values = Readonly<Record<string, Json>>;

/** A state, as far as it is run here: "Amazon States Language", with JSONata. */
interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Resource?: string;
  readonly Arguments?: Json;
  readonly Output?: Json;
  readonly Assign?: Json;
  readonly Default?: string;
  readonly Cause?: string;
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[];
  readonly Catch?: readonly { readonly Next: string }[];
  readonly Seconds?: Json;
  readonly Items?: readonly string[];
  readonly ItemSelector?: Json;
  readonly ItemProcessor?: Machine;
}

export interface Machine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** Answers a call of AWS's, such as `ecs:updateService`. */
export type Aws = (call: string, args: Values) => Json;

/** What a machine is run in. */
export interface Circumstances {
  /** What an execution knows of itself: `$states.context`. */
  readonly context?: Values;
  /** The time in milliseconds, which a state of the type Wait puts forward. */
  readonly clock?: { now: number };
  /** The variables of what it is in. */
  readonly variables?: Values;
}

/** Runs a machine to its end. Throws with the cause of a state of the type Fail. */
export async function run(
  machine: Machine,
  aws: Aws,
  input: Json,
  { context = {}, clock = { now: 0 }, variables: outer = {} }: Circumstances = {},
): Promise<Json> {
  let variables: Values = outer;
  let value = input;
  for (let at: string | undefined = machine.StartAt; at !== undefined; ) {
    const state: State | undefined = machine.States[at];
    if (state === undefined) throw new Error(`No state ${at}`);
    const current = value;
    const evaluate = (json: Json, more: Values = {}): Promise<Json> =>
      filled(json, { ...variables, states: { input: current, context, ...more } }, clock);
    let result: Json = current;
    try {
      if (state.Type === "Task") {
        const [service = "", action = ""] = (state.Resource ?? "").split(":").slice(-2);
        const args = await evaluate(state.Arguments);
        result = aws(`${service}:${action}`, args as Values);
      } else if (state.Type === "Map") {
        const results: Json[] = [];
        for (const item of state.Items ?? []) {
          const each = await evaluate(state.ItemSelector, { context: { Map: { Item: { Value: item } } } });
          if (state.ItemProcessor)
            results.push(await run(state.ItemProcessor, aws, each, { context, clock, variables }));
        }
        result = results;
      } else if (state.Type === "Wait") {
        clock.now += Number(await evaluate(state.Seconds)) * 1000;
      } else if (state.Type === "Fail") {
        throw new Error(String(await evaluate(state.Cause)));
      }
    } catch (error) {
      if (!state.Catch) throw error;
      at = state.Catch[0]?.Next;
      continue;
    }
    const assigned = await evaluate(state.Assign, { result });
    value = state.Output === undefined ? result : await evaluate(state.Output, { result });
    variables = { ...variables, ...(assigned as Values | undefined) };
    let next = state.Next ?? state.Default;
    for (const { Condition, Next } of [...(state.Choices ?? [])].reverse()) {
      if ((await evaluate(Condition)) === true) next = Next;
    }
    at = next;
  }
  return value;
}

/** What stands between `{%` and `%}`, evaluated. */
async function filled(json: Json, variables: Values, clock: { readonly now: number }): Promise<Json> {
  if (typeof json === "string") {
    const [, expression] = /^\{%([\s\S]*)%\}$/.exec(json) ?? [];
    return expression === undefined ? json : await evaluated(expression, variables, clock);
  }
  if (Array.isArray(json)) {
    return await Promise.all(json.map((each) => filled(each, variables, clock)));
  }
  if (typeof json === "object" && json !== null) {
    const entries = Object.entries(json);
    return Object.fromEntries(
      await Promise.all(
        entries.map(async ([key, each]) => [key, await filled(each, variables, clock)] as const),
      ),
    );
  }
  return json;
}

/** Throws where there is no value, as Step Functions does. */
async function evaluated(
  expression: string,
  variables: Values,
  clock: { readonly now: number },
): Promise<Json> {
  const value: Json = await jsonata(expression).evaluate({}, { ...variables, millis: () => clock.now });
  if (value === undefined) throw new Error(`Nothing comes of ${expression}`);
  return value;
}
