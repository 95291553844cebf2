// The web ACL's log: each request that a rule blocked or counted, without what would let a reader pose as its sender.
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";
import { LogGroup } from "../observability/log-group";

/** Headers that prove who somebody is, in lower case. WAF logs "REDACTED" in their place. */
const REDACTED_HEADERS = ["authorization", "cookie", "proxy-authorization", "x-api-key", "x-csrftoken"];

/**
 * What is logged. All else is in the load balancer's access log already. A rule of AWS's that is overridden to count is
 * EXCLUDED_AS_COUNT: ActionCondition API reference.
 */
const LOGGED_ACTIONS = ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"];

export interface WebAclLogProps {
  readonly webAclArn: string;
  /** The log group's name; WAF wants it to begin with `aws-waf-logs-`. */
  readonly logGroupName: string;
  /** Days that log events are kept. */
  readonly retentionDays: number;
  /** See `LogGroupProps`. */
  readonly kmsKeyArn?: string | undefined;
}

/** A log group that WAF writes to; AWS adds the resource policy that lets it. */
export class WebAclLog extends Construct {
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: WebAclLogProps) {
    super(scope, id);
    const { webAclArn, logGroupName: name, retentionDays, kmsKeyArn } = props;
    const group = new LogGroup(this, "log", { resourceName: "web-acl", name, retentionDays, kmsKeyArn });
    new Wafv2WebAclLoggingConfiguration(this, "logging:load-balancer", {
      resourceArn: webAclArn,
      logDestinationConfigs: [group.arn],
      redactedFields: REDACTED_HEADERS.map((header) => ({ singleHeader: { name: header } })),
      loggingFilter: {
        defaultBehavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: LOGGED_ACTIONS.map((action) => ({ actionCondition: { action } })),
          },
        ],
      },
    });
    this.logGroupName = group.name;
  }
}
