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
  /** A text that is shorter holds no name: most are, and need not be taken apart. */
  private readonly shortest: number;

  constructor(private readonly groups: ObservedGroups) {
    this.phrases = [...groups.all].filter((name) => !/^[\w-]+$/.test(name));
    this.shortest = Math.min(...[...groups.all].map((name) => name.length));
  }

  /**
   * Every expression in a value, at any depth, that names a security group: whatever stands in an argument made for groups;
   * and in any other, a reference to a group, its name, an ID, and another stack's output that is, or is called after, one.
   */
  in(stack: string, value: Json | undefined): string[] {
    const found: string[] = [];
    this.collect(found, stack, value, "");
    return found;
  }

  private collect(found: string[], stack: string, value: Json | undefined, argument: string): void {
    if (typeof value === "string") {
      this.inText(found, stack, value, argument);
    } else if (Array.isArray(value)) {
      for (const inner of asList(value)) this.collect(found, stack, inner, argument);
    } else if (isObject(value)) {
      // A setting by name, as Elastic Beanstalk has them.
      const setting = asText(value.name);
      const outer = isMade(argument) ? argument : undefined;
      for (const [key, inner] of Object.entries(value)) {
        if (PASSED_OVER.includes(key)) continue;
        const ofInterface = key === "groups" && MAY_HOLD_GROUPS.test(argument);
        const named = ofInterface
          ? "security_groups"
          : key === "value" && setting !== undefined
            ? setting
            : key;
        this.collect(found, stack, inner, outer ?? named);
      }
    }
  }

  private inText(found: string[], stack: string, text: string, argument: string): void {
    const before = found.length;
    const isExpression = text.includes("${");
    if (isExpression && PERHAPS.test(text)) {
      for (const traversal of text.match(TRAVERSAL) ?? []) {
        if (this.isGroup(stack, traversal)) found.push(`\${${traversal}}`);
      }
    }
    if (text.includes("SecurityGroups")) found.push(...inDocument(text));
    if (text.includes("sg-")) found.push(...(text.match(GROUP_ID) ?? []));
    if (text.length >= this.shortest) {
      for (const word of text.match(WORD) ?? []) if (this.groups.has(word)) found.push(word);
      for (const name of this.phrases) if (holds(text, name)) found.push(name);
    }
    if (found.length === before && text !== "") {
      const isUnread = isMade(argument) || (isExpression && MAY_HOLD_GROUPS.test(argument));
      if (isUnread) found.push(text);
    }
  }

  private isGroup(stack: string, traversal: string): boolean {
    return NAMED.test(traversal)
      ? SAYS_GROUP.test(traversal) || this.groups.resolve(stack, `\${${traversal}}`).isKnown
      : GROUP.test(traversal);
  }
}

/** What AWS calls the groups in its own documents, such as a state machine's: as JSON, or within `jsonencode`. */
const IN_DOCUMENT = /\bSecurityGroups\\?"?\s*[=:]\s*\[([^\]]*)\]/g;

function inDocument(text: string): string[] {
  return [...text.matchAll(IN_DOCUMENT)].flatMap(([, list = ""]) =>
    list
      .split(",")
      .map((item) => item.replaceAll(/^[\s"\\]+|[\s"\\]+$/g, ""))
      .filter((item) => item !== "")
      .map((item) => (/^[a-z]\w*[.[]/.test(item) ? `\${${item}}` : item)),
  );
}

/** Whether a text holds a name as a word of its own. */
function holds(text: string, name: string): boolean {
  const [before, after] = text.includes(name) ? text.split(name, 2) : [];
  return before !== undefined && !/[\w.-]$/.test(before) && !/^[\w-]/.test(after ?? "");
}

/** Arguments are few, and each is asked for again with every resource. */
const made = new Map<string, boolean>();

function isMade(argument: string): boolean {
  const known = made.get(argument) ?? (MADE_FOR_GROUPS.test(argument) && !HOLDS_NONE.test(argument));
  made.set(argument, known);
  return known;
}
