// Items that only people can answer: reviews, assessments and tests, with where to look.
import { place } from "../answers";
import type { Item } from "../item";

/** An item that is always for a person to confirm. */
function forPeople(
  about: Pick<Item, "id" | "title" | "why">,
  detail: string,
  ...types: readonly [string, ...string[]]
): Item {
  return {
    ...about,
    group: "nice to have",
    answer: ({ resources }) => ({
      state: "confirm",
      where: resources.of(...types).map(place),
      detail,
    }),
  };
}

const accessReview = forPeople(
  {
    id: "access-review",
    title: "Somebody goes through who has access, at least every quarter",
    why: "People change jobs; their keys, roles and admin accounts stay.",
  },
  "Look at aws iam generate-credential-report, at IAM Identity Center's assignments, at Access Analyzer's findings, at the " +
    "repository's members, at Django's is_staff and is_superuser accounts, and at \"traffic\" for the networks let in.",
  "aws_accessanalyzer_analyzer",
);

const assessments = forPeople(
  {
    id: "assessments",
    title: "Vulnerabilities are assessed on a schedule, and what is found is worked off",
    why: "A list that nobody reads closes no hole.",
  },
  "Look at Security Hub's failed controls (aws securityhub get-findings), at Inspector or ECR for images, at pip-audit in CI, and " +
    "at who has to act on each by when.",
  "aws_securityhub_account",
  "aws_securityhub_standards_subscription",
);

const penetrationTest = forPeople(
  {
    id: "penetration-test",
    title: "Somebody who did not build it has tried to break in",
    why: "Broken access control is in no scanner's list: it takes somebody who logs in as one user and asks for another's data.",
  },
  "Look for a report of this year, or of the last large change, and for what became of it. AWS allows tests of one's own load " +
    "balancers, containers and databases without asking (aws.amazon.com/security/penetration-testing); floods need its consent. The " +
    "firewall will block the tester: say beforehand whether it is part of the test.",
  "aws_lb",
);

const loadTest = forPeople(
  {
    id: "load-test",
    title: "The platform has been tried at twice the load of its busiest hour",
    why: "Connections to the database, memory and the autoscaling's pace give out at a number that is better found on a quiet day.",
  },
  "Look for a test (k6, Locust) on an environment of the same sizes, with autoscaling watched until it came to rest, and alarms that fired " +
    "as they should. A rate limit by address counts the tester as one: test from several.",
  "aws_appautoscaling_target",
);

const securityAudit = forPeople(
  {
    id: "security-audit",
    title: "Somebody who did not write it has read code, settings and this platform's configuration",
    why: "Whoever made a mistake is the last to see it.",
  },
  "Look for the review's date and its open points; manage.py check --deploy, the traffic pages and this checklist are where to begin.",
  "aws_cloudtrail",
);

export const peopleItems: readonly Item[] = [
  accessReview,
  assessments,
  penetrationTest,
  loadTest,
  securityAudit,
];
