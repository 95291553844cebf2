// The command `contain block-ip`: keeps an address, or a block of them, out of the VPC.
import { type Command, InvalidArgumentError } from "commander";
import type { AclPlan } from "../../../operations/contain/block-plan";
import { cidrProblem, overlaps, prefixLength } from "../../../schema/cidr";
import type { Process } from "../../operation";
import { operationCommand } from "../../operation-command";
import { UsageError } from "../../outcomes";
import { type JournalOptions, journalOf, journalOption, notedText } from "./journal";

const WORDS = {
  "to-block": "to be denied",
  "blocked-already": "denied already",
  impossible: "impossible",
} as const;

export function blockIpCommand(process: Process): Command {
  return operationCommand<JournalOptions>(process, {
    name: "contain block-ip",
    description: "Deny an address all traffic into the VPC: an entry in every network ACL that a subnet has.",
    examples: [
      ["contain block-ip 203.0.113.7", "show what would be done, ask, and do it"],
      ["contain block-ip 198.51.100.0/24 --yes", "a block, without asking"],
    ],
    timeout: 120_000,
    changes: true,
    run: async (context, options, [cidr = ""]) => {
      const { aws, preview, dryRun, environment, mayChange } = context;
      const vpcCidr = environment.network.cidr;
      if (overlaps(vpcCidr, cidr)) {
        throw new UsageError(
          `${cidr} and the VPC's own ${vpcCidr} overlap: the platform would be cut off from itself. Block addresses outside it.`,
        );
      }
      const { block, planBlock }: typeof import("../../../operations/contain/block-ip") =
        require("../../../operations/contain/block-ip");
      const journal = await journalOf(context, options);
      const session = await aws();
      const plan = await planBlock(session, environment, cidr);
      const isNeeded =
        plan.refusals.length === 0 && plan.networkAcls.some(({ status }) => status === "to-block");
      const addresses = 2 ** (32 - prefixLength(cidr));
      preview.say(
        `${cidr} (${addresses} ${addresses === 1 ? "address" : "addresses"}), inbound, at the network ACLs of ${environment.names.vpc}:`,
      );
      if (plan.networkAcls.length > 0) {
        preview.table(
          ["Network ACL", "Rule number", "Inbound traffic"],
          plan.networkAcls.map((acl) => [acl.networkAclId, ruleNumberText(acl), WORDS[acl.status]]),
        );
      }
      const isDone = isNeeded && (await mayChange("Deny it?"));
      const networkAcls = isDone ? await block(session, environment, plan, journal) : plan.networkAcls;
      const refusals = isDone ? networkAcls.flatMap(refusalOf) : plan.refusals;
      return {
        ok: refusals.length === 0 && (isDone || !isNeeded || dryRun),
        json: { cidr, networkAcls: outcome(networkAcls, isDone), refusals, journal: journal.file },
        show: (results) => {
          for (const refusal of refusals) {
            results.say(results.toned("bad", refusal));
          }
          if (isDone && refusals.length > 0) {
            results.say(`The others deny ${cidr}. ${notedText(context, options, journal)}`);
          } else if (isDone) {
            results.say(results.toned("good", `${cidr} is denied. ${notedText(context, options, journal)}`));
          } else if (refusals.length === 0 && !isNeeded) {
            results.say(results.toned("good", `${cidr} is denied already. Nothing was done.`));
          } else if (!dryRun || refusals.length > 0) {
            results.say("Nothing was done.");
          }
        },
      };
    },
  })
    .argument("<cidr>", "an IPv4 address, or a block of them", parseBlock)
    .addOption(journalOption());
}

/** An address stands for the block that holds nothing else. */
function parseBlock(text: string): string {
  const cidr = text.includes("/") ? text : `${text}/32`;
  const problem = cidrProblem(cidr);
  if (problem !== undefined) {
    throw new InvalidArgumentError(problem);
  }
  return cidr;
}

function refusalOf(acl: AclPlan): string[] {
  return acl.status === "impossible" ? [acl.reason] : [];
}

function ruleNumberText(acl: AclPlan): string {
  return acl.status === "impossible" ? "-" : String(acl.ruleNumber);
}

/** The plan, with what has become of it. */
function outcome(networkAcls: readonly AclPlan[], isDone: boolean): object[] {
  return networkAcls.map((acl) =>
    isDone && acl.status === "to-block" ? { ...acl, status: "blocked" } : acl,
  );
}
