// Reads back through the AWS APIs what watches a platform: its alarms, the topic that they tell, its dashboard, and the rule
// on changes of security groups.
import { awsCli } from "./aws-cli";
import { ACCOUNT, REGION } from "./child-environment";
import { hash } from "./entrance";

/** What watches the environment of this name. */
export async function readMonitoring(endpoint: string, name: string) {
  const aws = (command: string, query: string) => awsCli(endpoint, ...command.split(" "), "--query", query);
  const topic = `arn:aws:sns:${REGION}:${ACCOUNT}:${name}-alarms`;
  const rule = `${name}-security-group-changes`;
  const alarms = {
    fire: "sort_by(MetricAlarms, &AlarmName)[].[AlarmName, ComparisonOperator, Threshold]",
    tellOthers: `MetricAlarms[?AlarmActions != \`["${topic}"]\` || OKActions != \`["${topic}"]\`].AlarmName`,
    saidNothingOf:
      "MetricAlarms[?!contains(AlarmDescription || '', '. Runbook: docs/monitoring.md#')].AlarmName",
  };
  const keyId = await aws(`sns get-topic-attributes --topic-arn ${topic}`, "Attributes.KmsMasterKeyId");
  const pattern = await aws(`events describe-rule --name ${rule}`, "EventPattern");
  return {
    alarms: await aws(`cloudwatch describe-alarms --alarm-name-prefix ${name}/`, hash(alarms)),
    // AWS's own keys say AWS.
    topicKey: await aws(`kms describe-key --key-id ${keyId}`, "KeyMetadata.[KeyManager, Description]"),
    dashboards: await aws(
      `cloudwatch list-dashboards --dashboard-name-prefix ${name}`,
      "DashboardEntries[].DashboardName",
    ),
    events: JSON.parse(String(pattern)),
    eventsTell: await aws(`events list-targets-by-rule --rule ${rule}`, "Targets[].Arn"),
  };
}
