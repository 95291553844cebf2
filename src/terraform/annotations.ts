// Gathers the warnings and errors that constructs have noted about themselves, for main.ts to show.
import { AnnotationMetadataEntryType } from "cdktf";
import type { IConstruct } from "constructs";

/** How grave an annotation is; an error stops the synth. */
export type AnnotationLevel = "info" | "warn" | "error";

/** A message that a construct carries. */
export interface Annotation {
  readonly level: AnnotationLevel;
  /** The path of the construct in the tree, for example `django/service/web`. */
  readonly path: string;
  readonly message: string;
}

const LEVELS: Readonly<Record<string, AnnotationLevel>> = {
  [AnnotationMetadataEntryType.INFO]: "info",
  [AnnotationMetadataEntryType.WARN]: "warn",
  [AnnotationMetadataEntryType.ERROR]: "error",
};

/**
 * All annotations of a tree, in its order.
 *
 * Aspects add theirs while the app is synthesized, so ask afterwards. Under the CDKTF CLI (which sets
 * `CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS`) don't print them: it does.
 */
export function annotations(root: IConstruct): Annotation[] {
  return root.node.findAll().flatMap((construct) =>
    construct.node.metadata.flatMap(({ type, data }) => {
      const level = LEVELS[type];
      return level === undefined ? [] : [{ level, path: construct.node.path, message: String(data) }];
    }),
  );
}
