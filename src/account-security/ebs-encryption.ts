// EBS encryption by default: every new volume and snapshot of the region, whoever makes it and whatever they ask for.
import { EbsEncryptionByDefault } from "@cdktf/provider-aws/lib/ebs-encryption-by-default";
import { Construct } from "constructs";

/** EBS encryption by default, with EBS's own key. Destroying it switches it off; volumes stay as they are. */
export class EbsEncryption extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new EbsEncryptionByDefault(this, "encryption:account", { enabled: true });
  }
}
