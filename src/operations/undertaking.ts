// Something that takes its time and can say how it gets on: the command line shows it, line by line.

/** One thing that goes on. */
export interface Undertaking {
  readonly title: string;
  /** Does it, and says how it gets on; a rejection ends it as failed, and ends the others' display, too. */
  readonly run: (says: (state: string) => void) => Promise<void>;
}
