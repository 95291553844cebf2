// The OIDC provider for GitHub: AWS trusts its signed tokens, which last minutes and say which repository a job runs in.
import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";
import { callersProviderOf } from "../terraform/base-stack";

/** Who signs the tokens; conditions name the tokens' claims after it. */
export const GITHUB_ISSUER = "token.actions.githubusercontent.com";

/** Whom a token is for: "Configuring OpenID Connect in Amazon Web Services", GitHub docs. */
export const AUDIENCE = "sts.amazonaws.com";

export interface GithubProviderProps {
  /** Whether to make it. An account has one; another one of the same address is refused. */
  readonly create: boolean;
}

/**
 * GitHub's OIDC provider in IAM, new or looked up.
 *
 * Without thumbprints: AWS knows GitHub's certificate authority ("Obtain the thumbprint for an OpenID Connect identity
 * provider", IAM user guide), and the provider takes none from 5.81 on.
 */
export class GithubProvider extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { create }: GithubProviderProps) {
    super(scope, id);
    const url = `https://${GITHUB_ISSUER}`;
    this.arn = create
      ? new IamOpenidConnectProvider(this, "provider:github", {
          url,
          clientIdList: [AUDIENCE],
          tags: { Name: GITHUB_ISSUER },
        }).arn
      : this.known(url);
  }

  /** The one that is there: a child module looks nothing up, and IAM calls it after the address. */
  private known(url: string): string {
    const caller = callersProviderOf(this);
    return caller
      ? `arn:aws:iam::${caller.accountId}:oidc-provider/${GITHUB_ISSUER}`
      : new DataAwsIamOpenidConnectProvider(this, "provider:github", { url }).arn;
  }
}
