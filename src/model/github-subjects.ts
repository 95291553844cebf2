// Which of a repository's jobs the roles of CI trust, as GitHub's tokens name them.
import type { Ci } from "../schema/ci";

/** The subjects of GitHub's tokens that a role trusts; `*` stands for any text. */
export interface GithubSubjects {
  readonly plan: readonly string[];
  readonly deploy: readonly string[];
}

/**
 * What GitHub writes into a token as its subject: "OpenID Connect reference", GitHub docs. A job that names a GitHub
 * environment has that in its subject, and neither its branch nor its pull request.
 *
 * @param name the environment's name
 */
export function githubSubjects({ github }: Ci, name: string): GithubSubjects {
  const { repository, planFrom, deployFrom = { environment: name } } = github;
  const subject = (rest: string) => `repo:${repository}:${rest}`;
  const plan = { "pull-requests": "pull_request", branches: "ref:refs/heads/*" };
  return {
    plan: planFrom.map((source) => subject(plan[source])),
    deploy: [
      subject(
        "branch" in deployFrom
          ? `ref:refs/heads/${deployFrom.branch}`
          : `environment:${deployFrom.environment}`,
      ),
    ],
  };
}
