// Shows how several things that go on at the same time are getting on, one line each.
import type { WriteStream } from "node:tty";
import { DefaultRenderer, Listr, ListrLogger, ProcessOutput } from "listr2";
import { printableLine } from "../project/printable";
import type { OperatorConsole } from "./operator-console";

/** One thing that goes on. */
export interface Undertaking<Result> {
  readonly title: string;
  /**
   * Does it, and says how it gets on. A rejection ends the others, too.
   * @param ended aborted when another one was rejected, or the command has ended: nobody wants the result any more
   */
  readonly run: (says: Say, ended: AbortSignal) => Promise<Result>;
}

export interface TogetherProps<Result> {
  /** Ends all of them. */
  readonly signal: AbortSignal;
  /** Whether a result gets a tick rather than a cross. */
  readonly isGood: (result: Result) => boolean;
}

type Say = (state: string) => void;

/** One thing on display: resolves to whether it has ended well. */
interface Task {
  readonly title: string;
  readonly run: (says: Say) => Promise<boolean>;
}

/**
 * Runs all of them at the same time. On a terminal each has a line that moves; elsewhere each change is a line.
 * @returns their results, in their order
 * @throws the first rejection, or the signal's reason, when all have ended
 */
export async function together<Result>(
  console: OperatorConsole,
  undertakings: readonly Undertaking<Result>[],
  { signal, isGood }: TogetherProps<Result>,
): Promise<Result[]> {
  signal.throwIfAborted();
  const controller = new AbortController();
  signal.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
  const results: Result[] = [];
  const tasks = undertakings.map(
    ({ title, run }, index): Task => ({
      title,
      run: async (says) => {
        try {
          const result = await run(changes(says), controller.signal);
          results[index] = result;
          return isGood(result);
        } catch (error) {
          controller.abort(error);
          return false;
        }
      },
    }),
  );
  const { terminal } = console;
  await (terminal === undefined
    ? Promise.all(tasks.map(({ title, run }) => run((state) => console.say(`${title}: ${state}`))))
    : onTerminal(terminal, tasks));
  controller.signal.throwIfAborted();
  return results;
}

/** listr2's own would see whether standard output is a terminal, which is for results. */
class TerminalRenderer extends DefaultRenderer {
  static override nonTTY = true;
}

async function onTerminal(terminal: WriteStream, tasks: readonly Task[]): Promise<void> {
  const list = new Listr(
    tasks.map(({ title, run }) => ({
      title,
      task: async (_, line) => {
        const isGood = await run((state) => {
          line.title = `${title}: ${state}`;
        });
        if (!isGood) {
          throw new Error(title);
        }
      },
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
}

/** Calls on only when the state is another than the last one. */
function changes(say: Say): Say {
  let last: string | undefined;
  return (state) => {
    if (state !== last) {
      last = state;
      say(printableLine(state));
    }
  };
}
