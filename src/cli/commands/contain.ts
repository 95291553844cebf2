// The command `contain`: the incident drill. See docs/incident-response.md.
import { Command } from "commander";
import type { Process } from "../operation";
import { blockIpCommand } from "./contain/block-ip";
import { changesCommand } from "./contain/changes";
import { logsCommand } from "./contain/logs";
import { scaleDownCommand } from "./contain/scale-down";
import { undoCommand } from "./contain/undo";

export function containCommand(process: Process): Command {
  const command = new Command("contain").description(
    "In an incident: look for signs, contain, and undo it afterwards.",
  );
  for (const drill of [logsCommand, changesCommand, blockIpCommand, scaleDownCommand, undoCommand]) {
    command.addCommand(drill(process));
  }
  return command;
}
