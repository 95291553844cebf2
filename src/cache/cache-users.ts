// Who may log on to the cache: one user that proves itself through IAM or by a password, and nobody by default.

import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group";
import { Construct } from "constructs";
import { cacheOffUser } from "../model/names/data-stores";
import { explain } from "../terraform/notes";

/**
 * Every key, every channel of pub/sub (Celery and Channels use them; from 7 on, Redis itself allows a user none that are not
 * named) and every command but the dangerous ones (CONFIG, KEYS, FLUSHALL, MONITOR, ACL, ...), of which two are
 * harmless enough here: Django's `cache.clear()` is FLUSHDB, and client libraries ask INFO for the server's version.
 *
 * Written as ElastiCache reads it back, or every plan would show a change.
 */
const ACCESS = "on ~* &* +@all -@dangerous +flushdb +info";

/** Off, no commands. */
const NO_ACCESS = "off ~* -@all";

export interface CacheUsersProps {
  /** The replication group's ID; the group of users is called the same. */
  readonly name: string;
  /** The user that services log on as, up to 40 lower-case letters, digits and hyphens. */
  readonly userName: string;
  /** How that user proves who it is; with "none", nobody asks the users of the group. */
  readonly authentication: "iam" | "password" | "none";
}

/**
 * The users of a cache.
 *
 * Why IAM: the alternatives, an AUTH token or a user's password, are arguments that Terraform keeps in its state; the
 * provider (5.100) takes neither of them as write-only. With IAM there is no secret to keep, leak or rotate: a task
 * signs a token with its role's credentials, good for 15 minutes, and ElastiCache asks IAM whether the role may connect.
 *
 * A password does not come from Terraform for that reason: the command `cache-user` gives it to the user that is made here.
 */
export class CacheUsers extends Construct {
  /** The ARN of the user that services log on as. */
  readonly userArn: string;
  /** The ID of the group of users, for a replication group. */
  readonly userGroupId: string;

  constructor(scope: Construct, id: string, { name, userName, authentication }: CacheUsersProps) {
    super(scope, id);
    const service = new ElasticacheUser(this, "service:cache-app", {
      // With IAM, both must be the same: "Authenticating with IAM", Amazon ElastiCache user guide.
      userId: userName,
      userName,
      engine: "redis",
      accessString: ACCESS,
      authenticationMode: { type: "iam" },
      // Terraform knows no password, and takes away none that the command has given.
      ...(authentication !== "iam" && { lifecycle: { ignoreChanges: ["authentication_mode"] } }),
    });
    if (authentication === "password") {
      explain(
        service,
        "Made for IAM, and no role may connect so: nobody can log on until the command cache-user has given it the secret's password, which Terraform then leaves alone.",
      );
    }
    const nobody = new ElasticacheUser(this, "default:cache-default", {
      userId: cacheOffUser(name),
      userName: "default",
      engine: "redis",
      accessString: NO_ACCESS,
      // Not `authenticationMode`: ElastiCache reads that back under another name, a change in every plan.
      noPasswordRequired: true,
    });
    explain(
      nobody,
      'A group must have a user named "default"; ElastiCache\'s own may do everything without a password. This one may do nothing.',
    );
    this.userArn = service.arn;
    this.userGroupId = new ElasticacheUserGroup(this, "group:cache", {
      userGroupId: name,
      engine: "redis",
      userIds: [service.userId, nobody.userId],
    }).userGroupId;
  }
}
