// Shows how several things that go on at the same time are getting on, one line each.
import { Listr, ListrLogger, ProcessOutput } from "listr2";
import type { Undertaking } from "../operations/undertaking";
import type { OperatorConsole } from "./operator-console";

/**
 * Runs all of them at the same time. On a terminal each has a line that moves; elsewhere each change is a line.
 * @throws the first rejection, when all have ended
 */
export async function together(
  console: OperatorConsole,
  undertakings: readonly Undertaking[],
): Promise<void> {
  const { terminal } = console;
  if (terminal === undefined) {
    const results = await Promise.allSettled(
      undertakings.map(({ title, run }) => run(changes((state) => console.say(`${title}: ${state}`)))),
    );
    const failed = results.find((result) => result.status === "rejected");
    if (failed) {
      throw failed.reason;
    }
    return;
  }
  // Listr itself forgets them.
  const failures: unknown[] = [];
  const list = new Listr(
    undertakings.map(({ title, run }) => ({
      title,
      task: (_, task) =>
        run(
          changes((state) => {
            task.title = `${title}: ${state}`;
          }),
        ).catch((error: unknown) => {
          failures.push(error);
          throw error;
        }),
    })),
    {
      concurrent: true,
      exitOnError: false,
      // It would end the process at Ctrl-C, before what has been started is stopped.
      registerSignalListeners: false,
      // It would look at standard output to decide, which is for results.
      fallbackRendererCondition: false,
      rendererOptions: {
        logger: new ListrLogger({
          useIcons: true,
          toStderr: [],
          processOutput: new ProcessOutput(terminal, terminal),
        }),
        collapseErrors: false,
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
