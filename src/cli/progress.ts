// Shows how several things that go on at the same time are getting on, one line each.
import type { WriteStream } from "node:tty";
import { DefaultRenderer, Listr, ListrLogger, ProcessOutput } from "listr2";
import type { OperatorConsole } from "./operator-console";

/** One thing that goes on. */
export interface Undertaking {
  readonly title: string;
  /** Does it, and says how it gets on; a rejection ends it as failed, and ends the others' display, too. */
  readonly run: (says: (state: string) => void) => Promise<void>;
}

/**
 * Runs all of them at the same time. On a terminal each has a line that moves; elsewhere each change is a line.
 * @throws the first rejection, when all have ended
 */
export async function together(
  console: OperatorConsole,
  undertakings: readonly Undertaking[],
): Promise<void> {
  const { terminal } = console;
  if (terminal !== undefined) {
    return onTerminal(terminal, undertakings);
  }
  const results = await Promise.allSettled(
    undertakings.map(({ title, run }) => run(changes((state) => console.say(`${title}: ${state}`)))),
  );
  const failed = results.find((result) => result.status === "rejected");
  if (failed) {
    throw failed.reason;
  }
}

/** listr2's own would see whether standard output is a terminal, which is for results. */
class TerminalRenderer extends DefaultRenderer {
  static override nonTTY = true;
}

async function onTerminal(terminal: WriteStream, undertakings: readonly Undertaking[]): Promise<void> {
  const failures: unknown[] = [];
  const list = new Listr(
    undertakings.map(({ title, run }) => ({
      title,
      task: (_, task) =>
        run(
          changes((state) => {
            task.title = `${title}: ${state}`;
          }),
        ).catch((error) => {
          failures.push(error);
          throw error;
        }),
    })),
    {
      concurrent: true,
      exitOnError: false,
      // Ctrl-C is the operation's own affair; listr2 would end the process.
      registerSignalListeners: false,
      renderer: TerminalRenderer,
      rendererOptions: {
        logger: new ListrLogger({
          useIcons: true,
          toStderr: [],
          processOutput: new ProcessOutput(terminal, terminal),
        }),
        // The caller says what failed.
        showErrorMessage: false,
      },
    },
  );
  await list.run();
  if (failures.length > 0) {
    throw failures[0];
  }
}

/** Calls on only when the state is another than the last one. */
function changes(say: (state: string) => void): (state: string) => void {
  let last: string | undefined;
  return (state) => {
    if (state !== last) {
      last = state;
      say(state);
    }
  };
}
