// The checklist as the account answers it; what an account cannot answer is for a person to confirm.
import { type Answered, answered, ITEMS, written } from "../../checklist/checklist";
import type { Answer, Item } from "../../checklist/item";
import type { Environment } from "../../model/environment";
import type { Model } from "../../model/model";
import type { AwsSession } from "../aws/session";
import { opsCommand } from "../commands";
import type { LiveResources } from "../live/resources";
import { NOT_DEPLOYED } from "../verify/check";
import { judgeLivePlatform, type LivePlatform, readLivePlatform } from "../verify/live-platform";
import { accountView } from "./account-view";
import type { Resources } from "./resources";

interface Subject {
  /** The environment's name: that of its file. */
  readonly name: string;
  readonly model: Model;
}

/** What has to be deployed before an item can be answered. */
type Needed = "services" | "database" | "cache" | "loadBalancer";

/** What an item needs of the account, and what of it the account does not say. */
interface Reading {
  readonly needs: readonly Needed[];
  /** With it, what is in order as far as it can be seen still has to be confirmed. */
  readonly unseen?: string;
  /** What is said where the item is met, if that is less than what a synth's output tells. */
  readonly seen?: string;
}

const EVERYTHING: readonly Needed[] = ["services", "database", "cache", "loadBalancer"];

/** The items that are judged by the account's answers, by ID. */
const READINGS: Readonly<Record<string, Reading>> = {
  https: { needs: ["loadBalancer"] },
  "http-redirect": { needs: ["loadBalancer"] },
  authentication: { needs: [] },
  cors: { needs: ["services"] },
  csrf: { needs: ["services"] },
  "non-root": { needs: ["services"] },
  "minimal-image": { needs: [] },
  patches: { needs: ["database", "cache"] },
  "debug-off": { needs: ["services"] },
  "secret-key": { needs: ["services"] },
  secrets: {
    needs: ["services"],
    unseen:
      "No variable of a running service looks like a secret. The state and the code were not read: see the checklist without --live.",
  },
  "database-private": {
    needs: ["database"],
    seen: "It has no public address. The routes of its subnets were not read: aws ec2 describe-route-tables.",
  },
  "database-encrypted": { needs: ["database"] },
  "cache-encrypted": { needs: ["cache"] },
  backups: { needs: ["database", "cache"] },
  logs: { needs: ["services", "loadBalancer"] },
  roles: {
    needs: ["services"],
    unseen:
      "No two services share a role. What the roles may do was not read: see the checklist without --live.",
  },
  "multi-az": { needs: ["database", "cache"] },
  "deletion-protection": {
    needs: ["loadBalancer", "database"],
    seen:
      "Load balancers and databases are protected from deletion. Whether a cache leaves a last snapshot, only Terraform " +
      "knows: see the checklist without --live.",
  },
  "image-pinned": { needs: ["services"] },
  autoscaling: { needs: ["services"] },
  "access-review": { needs: [] },
  assessments: { needs: [] },
  "penetration-test": { needs: [] },
  "load-test": { needs: [] },
  "security-audit": { needs: [] },
};

/** Where to look for what is not read here. */
const ELSEWHERE: Readonly<Record<string, string | ((resources: LiveResources) => string)>> = {
  "rate-limiting": firewallText,
  waf: firewallText,
  "files-closed": "Policies of file systems are not read: aws efs describe-file-system-policy.",
  "database-tls": "RDS says so of a parameter group: aws rds describe-db-parameters, rds.force_ssl.",
  "password-rotation":
    "The state machine is not read: aws stepfunctions list-state-machines shows it, and list-executions whether its last run succeeded.",
  "buckets-private":
    'Buckets are not read: "verify" asks whether those of the environment block public access (bucket:*), and aws s3api get-bucket-policy shows the rest.',
  "state-encrypted": "The state is not part of the platform: see the checklist without --live.",
  "response-headers": 'Listeners\' headers are not read: "verify" asks for them over the wire (headers:*).',
  "image-scanning":
    "Repositories are not read: aws ecr describe-repositories shows scanOnPush, and describe-image-scan-findings what was found.",
  cdn: "Distributions are not looked for: aws cloudfront list-distributions.",
  monitoring:
    "Alarms and subscribers are not read: aws cloudwatch describe-alarms, aws sns list-subscriptions.",
  audit:
    "The account's trails and detectors are not read: aws cloudtrail describe-trails, aws guardduty list-detectors.",
};

/** Its calls: see `PERMISSIONS.checklist`. */
export async function liveChecklist(aws: AwsSession, subject: Subject): Promise<Answered[]> {
  const { model } = subject;
  const platform = await readLivePlatform(aws, model);
  const [refused] = platform.unread.values();
  if (refused) {
    throw refused;
  }
  return judgeAccount(subject, platform, await accountView(aws, model.environment, platform));
}

/** Every item, answered from what was read. */
export function judgeAccount(subject: Subject, platform: LivePlatform, resource: Resources): Answered[] {
  const { environment } = subject.model;
  const view = written(subject.model, { account: { resource } });
  return ITEMS.map((item) => {
    const verified = VERIFIED[item.id];
    if (verified) {
      return answered(item, verified(subject, platform));
    }
    const reading = READINGS[item.id];
    if (!reading) {
      return answered(item, elsewhere(item, platform.resources));
    }
    const missing = reading.needs.some((need) => isMissing(need, environment, platform.resources));
    const answer = missing ? confirm(`It is ${NOT_DEPLOYED}.`) : item.answer(view);
    return answered(item, answer.state === "met" ? limited(answer, reading) : answer);
  });
}

/** An answer that says no more than what was read. */
function limited(answer: Answer, { unseen, seen }: Reading): Answer {
  return unseen === undefined ? { ...answer, detail: seen ?? answer.detail } : confirm(unseen);
}

function confirm(detail: string): Answer {
  return { state: "confirm", where: [], detail };
}

function isMissing(need: Needed, environment: Environment, live: LiveResources): boolean {
  return need === "services"
    ? Object.keys(environment.services).some((key) => !live.services.has(key))
    : environment[need] !== undefined && live[need] === undefined;
}

function elsewhere({ id }: Item, resources: LiveResources): Answer {
  const text = ELSEWHERE[id] ?? "The account is not asked about this: see the checklist without --live.";
  return confirm(typeof text === "string" ? text : text(resources));
}

function firewallText({ loadBalancer }: LiveResources): string {
  const arn = loadBalancer?.LoadBalancerArn ?? "<the load balancer's ARN>";
  return `Firewalls are not read: aws wafv2 get-web-acl-for-resource --resource-arn ${arn}.`;
}

/** The items that checks of `verify` answer, by ID. */
const VERIFIED: Readonly<Record<string, (subject: Subject, platform: LivePlatform) => Answer>> = {
  "security-groups": (subject, platform) =>
    byVerify(subject, platform, /^(group|flow|undeclared):/, {
      where: [...platform.groupIds.values()],
      detail: "The rules in the account equal the traffic matrix, and nothing is in a strange group.",
    }),
  "network-acls": (subject, platform) =>
    subject.model.dataSubnetAcl.length > 0
      ? byVerify(subject, platform, /^acl:/, {
          where: ["acl:data"],
          detail: "The data subnets' network ACL lets through what follows from the flows, and nothing else.",
        })
      : confirm("The environment declares none (network.dataSubnetAcl), and no other is looked for."),
};

/** What `verify` says in checks of some names. */
function byVerify(
  { name, model }: Subject,
  platform: LivePlatform,
  names: RegExp,
  met: Pick<Answer, "where" | "detail">,
): Answer {
  if (EVERYTHING.some((need) => isMissing(need, model.environment, platform.resources))) {
    return confirm(`Some of it is ${NOT_DEPLOYED}.`);
  }
  const checks = judgeLivePlatform(name, model, platform).filter(({ id }) => names.test(id));
  const failed = checks.filter(({ status }) => status === "fail");
  if (failed.length > 0) {
    return {
      state: "not met",
      where: failed.map(({ id }) => id),
      detail: `${failed.map(({ detail }) => detail).join(" ")} "${opsCommand(name, "verify")}" says more.`,
    };
  }
  if (!checks.some(({ status }) => status === "pass")) {
    return confirm(`None of it could be checked: "${opsCommand(name, "verify")}" says why.`);
  }
  const untold = checks.filter(({ status }) => status === "skipped");
  return untold.length === 0
    ? { state: "met", ...met }
    : confirm(`${untold.map(({ id, detail }) => `${id}: ${detail}`).join(". ")}.`);
}
