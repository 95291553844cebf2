// IAM Access Analyzer: tells what of the account somebody outside of it can reach, such as a bucket, a key or a role.
import { AccessanalyzerAnalyzer } from "@cdktf/provider-aws/lib/accessanalyzer-analyzer";
import { Construct } from "constructs";

export interface AccessAnalyzerProps {
  readonly name: string;
}

/** IAM Access Analyzer of external access, with the account as what is trusted. AWS does not charge for it. */
export class AccessAnalyzer extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name }: AccessAnalyzerProps) {
    super(scope, id);
    this.arn = new AccessanalyzerAnalyzer(this, "analyzer:account", {
      analyzerName: name,
      type: "ACCOUNT",
      tags: { Name: name },
    }).arn;
  }
}
