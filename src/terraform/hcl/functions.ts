// Terraform's functions that are worked out before anything is deployed: those that put lists and maps together, and limits of numbers.
import { isList, isObject, type Json } from "./json";

type Evaluated = (...args: readonly (Json | undefined)[]) => Json | undefined;

const asSet = (items: readonly Json[]): Json => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];

const flat = (items: readonly Json[]): Json[] =>
  items.flatMap((item) => (isList(item) ? flat(item) : [item]));

const listed: Evaluated = (list) => (isList(list) ? list : undefined);
const deduplicated: Evaluated = (list) => (isList(list) ? asSet(list) : undefined);

const ofNumbers =
  (choose: (...numbers: number[]) => number): Evaluated =>
  (...args) => {
    const numbers = args.filter((arg) => typeof arg === "number");
    return numbers.length > 0 && numbers.length === args.length ? choose(...numbers) : undefined;
  };

/** By name. Each gives `undefined` where it is called with what it does not take, or what is not known. */
export const FUNCTIONS: ReadonlyMap<string, Evaluated> = new Map<string, Evaluated>([
  ["min", ofNumbers(Math.min)],
  ["max", ofNumbers(Math.max)],
  ["tolist", listed],
  ["toset", deduplicated],
  ["distinct", deduplicated],
  ["flatten", (list) => (isList(list) ? flat(list) : undefined)],
  ["concat", (...lists) => (lists.every(isList) ? lists.flat() : undefined)],
  ["tomap", (map) => (isObject(map) ? map : undefined)],
  ["merge", (...maps) => (maps.every(isObject) ? Object.assign({}, ...maps) : undefined)],
  ["keys", (map) => (isObject(map) ? Object.keys(map).sort() : undefined)],
  // In the order of the keys.
  [
    "values",
    (map) =>
      isObject(map)
        ? Object.keys(map)
            .sort()
            .map((key) => map[key] ?? null)
        : undefined,
  ],
  [
    "length",
    (value) => (isList(value) ? value.length : isObject(value) ? Object.keys(value).length : undefined),
  ],
]);
