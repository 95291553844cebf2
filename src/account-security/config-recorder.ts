// AWS Config's recorder: how every resource is and was configured, for Security Hub's controls and for investigations.
import { ConfigConfigurationRecorder } from "@cdktf/provider-aws/lib/config-configuration-recorder";
import { ConfigConfigurationRecorderStatus } from "@cdktf/provider-aws/lib/config-configuration-recorder-status";
import { ConfigDeliveryChannel } from "@cdktf/provider-aws/lib/config-delivery-channel";
import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import { Construct } from "constructs";
import type { AuditWriter } from "./audit-bucket";

const SERVICE = "config.amazonaws.com";

export interface ConfigRecorderProps {
  readonly name: string;
  /** The bucket that AWS Config may write to. */
  readonly bucketName: string;
}

/**
 * AWS Config's recorder of all resources of the region and of IAM, running. It acts through AWS's service-linked role,
 * which can read configurations and nothing else; Security Hub's control Config.1 accepts no other.
 */
export class ConfigRecorder extends Construct {
  constructor(scope: Construct, id: string, { name, bucketName }: ConfigRecorderProps) {
    super(scope, id);
    const role = new IamServiceLinkedRole(this, "role:config", { awsServiceName: SERVICE });
    const recorder = new ConfigConfigurationRecorder(this, "recorder:account", {
      name,
      roleArn: role.arn,
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
    });
    const channel = new ConfigDeliveryChannel(this, "delivery-channel:account", {
      name,
      s3BucketName: bucketName,
      dependsOn: [recorder],
    });
    new ConfigConfigurationRecorderStatus(this, "status:account", {
      name: recorder.name,
      isEnabled: true,
      // A recorder without a channel cannot be started, and a channel cannot be deleted while it runs.
      dependsOn: [channel],
    });
  }
}

/** AWS Config as a writer: "Permissions for the Amazon S3 Bucket for the AWS Config Delivery Channel". */
export function configWriter(accountId: string): AuditWriter {
  return {
    name: "Config",
    service: SERVICE,
    files: "Config/*",
    bucketActions: ["s3:GetBucketAcl", "s3:ListBucket"],
    onlyFor: { variable: "aws:SourceAccount", value: accountId },
  };
}
