// The paths of all fields of the environment file as a type, so that the compiler names a field that a table has forgotten.
import type { EnvironmentInput } from "./environment";

/** What follows a field in the paths of the fields within it: nothing for a plain value. */
type Within<Value> = Value extends readonly (infer Item)[]
  ? `[]${Within<Item>}`
  : Value extends object
    ? string extends keyof Value
      ? `.*${Within<Value[string]>}`
      : Inner<Value>
    : never;

/** The fields of an object, or of whichever of several forms it has, and what is within each. */
type Inner<Value extends object> = {
  [Key in keyof Value & string]-?: `.${Key}${"" | Within<NonNullable<Value[Key]>>}`;
}[keyof Value & string];

type Bare<Path> = Path extends `.${infer Rest}` ? Rest : never;

/** The path of a field, as `fieldList` writes it: `services.*.routes[].priority`. */
export type FieldPath = Bare<Inner<EnvironmentInput>>;

/** The paths of a section and of all that is within it. */
export type PathsOf<Section extends string> = Extract<FieldPath, Section | `${Section}${"." | "["}${string}`>;
