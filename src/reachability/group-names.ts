// Where a resource names security groups: in whichever argument, as whichever kind of value.
import type { ObservedGroups } from "./groups";
import { asList, asText, isObject, type Json } from "./terraform-config";

/** Arguments made for security groups: `vpc_security_group_ids`, `emr_managed_master_security_group`, `SecurityGroups`, ... */
const MADE_FOR_GROUPS = /security_?group|^group_set$/i;
/** Arguments of the AWS provider that are called so and hold none. */
const HOLDS_NONE =
  /^(enforce_security_group_inbound_rules_on_private_link_traffic|security_group_referencing_support|replace_security_groups_on_destroy|associate_default_security_group|block_public_security_group_rules|app_security_group_management)$/;
/** Arguments with an argument for groups inside: where they are an expression as a whole, that cannot be seen. */
const MAY_HOLD_GROUPS =
  /^(vpc_(config|options|configuration|settings|connection_properties)|network_(configuration|interfaces?|settings)|ec2_attributes)$/;
/** Being called like a group is not being in it, nor is waiting for it. */
const PASSED_OVER = ["depends_on", "//", "tags", "tags_all", "provider", "lifecycle"];

/** A name with its attributes, in an expression: `data.aws_security_group.db.id`. */
const TRAVERSAL = /\b[a-z]\w*(?:\.[\w-]+|\[[^\]]*\])+/g;
const WORD = /(?<![\w.-])[\w-]+/g;
const GROUP_ID = /\bsg-[0-9a-f]{8,17}\b/g;
/** A reference to a group, or to what a resource says of its groups. */
const GROUP = /^(?:data\.)?(?:\w*security_groups?\.|\w+\.[\w-]+(?:\[[^\]]*\])?\.\w*security_?group)/i;
/** What is known by its name alone: where that says so, it holds a group. */
const NAMED = /^(?:var|local|each|module|data\.terraform_remote_state)\b/;
const SAYS_GROUP = /security.?group|(?<![a-z])sg(?![a-z])/i;

/** What stands in every expression that names a group: in few, so that the others need not be taken apart. */
const PERHAPS = /security_?group|terraform_remote_state|\b(?:var|local|each|module)\./i;

/** Finds the expressions that name security groups in what a resource is given. */
export class GroupNames {
  /** Names of groups that are not one word, which have to be looked for one by one. */
  private readonly phrases: readonly string[];

  constructor(private readonly groups: ObservedGroups) {
    this.phrases = [...groups.all].filter((name) => !/^[\w-]+$/.test(name));
  }

  /**
   * Every expression in a value, at any depth, that names a security group: whatever stands in an argument made for groups;
   * and in any other, a reference to a group, its name, an ID, and another stack's output that is, or is called after, one.
   */
  in(stack: string, value: Json | undefined, argument = ""): string[] {
    if (typeof value === "string") {
      return this.inText(stack, value, argument);
    }
    if (isObject(value)) {
      // A setting by name, as Elastic Beanstalk has them.
      const setting = asText(value.name);
      return Object.entries(value).flatMap(([key, inner]) => {
        const ofInterface = key === "groups" && MAY_HOLD_GROUPS.test(argument);
        const named = ofInterface
          ? "security_groups"
          : key === "value" && setting !== undefined
            ? setting
            : key;
        return PASSED_OVER.includes(key) ? [] : this.in(stack, inner, isMade(argument) ? argument : named);
      });
    }
    return Array.isArray(value) ? asList(value).flatMap((inner) => this.in(stack, inner, argument)) : [];
  }

  private inText(stack: string, text: string, argument: string): string[] {
    const isExpression = text.includes("${");
    const found = [
      ...(isExpression && PERHAPS.test(text) ? (text.match(TRAVERSAL) ?? []) : [])
        .filter((traversal) => this.isGroup(stack, traversal))
        .map((traversal) => `\${${traversal}}`),
      ...(text.includes("sg-") ? (text.match(GROUP_ID) ?? []) : []),
      ...(text.match(WORD) ?? []).filter((word) => this.groups.has(word)),
      ...this.phrases.filter((name) => holds(text, name)),
    ];
    const isUnread = isMade(argument) || (isExpression && MAY_HOLD_GROUPS.test(argument));
    return found.length === 0 && isUnread && text !== "" ? [text] : found;
  }

  private isGroup(stack: string, traversal: string): boolean {
    return NAMED.test(traversal)
      ? SAYS_GROUP.test(traversal) || this.groups.resolve(stack, `\${${traversal}}`).isKnown
      : GROUP.test(traversal);
  }
}

/** Whether a text holds a name as a word of its own. */
function holds(text: string, name: string): boolean {
  const [before, after] = text.includes(name) ? text.split(name, 2) : [];
  return before !== undefined && !/[\w.-]$/.test(before) && !/^[\w-]/.test(after ?? "");
}

function isMade(argument: string): boolean {
  return MADE_FOR_GROUPS.test(argument) && !HOLDS_NONE.test(argument);
}
