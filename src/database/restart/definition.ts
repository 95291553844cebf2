// The state machine that restarts services after a change of the database's password, in Amazon States Language: it compares
// when the password changed with when each service's tasks were last started, and never sees the password.

/** Seconds until an execution counts as failed: a deployment that takes longer is one that does not come up. */
const TIMEOUT_SECONDS = 3600;

/** Seconds from one look at a deployment to the next. */
const POLL_SECONDS = 30;

/** What AWS may be asked again: it was busy, or did not answer. */
const RETRY = [{ ErrorEquals: ["States.TaskFailed"], IntervalSeconds: 5, MaxAttempts: 3, BackoffRate: 2 }];

/** Times come as text from some of AWS's services and as seconds from others. */
const MILLIS = "$ms := function($t) { $type($t) = 'number' ? $t * 1000 : $toMillis($t) };";

/**
 * When the password that is current was made, or put into force by a rotation, whichever is later: a version is made before
 * the database takes it.
 */
export const CHANGED_AT =
  `{% (${MILLIS} $current := $states.result.Versions['AWSCURRENT' in VersionStages].CreatedDate; ` +
  "$rotated := $states.input.LastRotatedDate; " +
  "$max($append($exists($current) ? $ms($current) : [], $exists($rotated) ? $ms($rotated) : [])) ) %}";

/** When the deployment that counts was started, and how it is getting on; `MISSING` where there is no such service. */
export const DEPLOYMENT =
  `{% (${MILLIS} $primary := $states.result.Services[0].Deployments[Status = 'PRIMARY'][0]; ` +
  "$exists($primary) ? {'startedAt': $ms($primary.CreatedAt), 'rollout': $primary.RolloutState} " +
  ": {'startedAt': 0, 'rollout': 'MISSING'} ) %}";

export const CONDITIONS = {
  missing: "{% $states.input.rollout = 'MISSING' %}",
  /** Its tasks were started before the password changed: they have the one before. */
  outdated: "{% $states.input.startedAt < $changedAt %}",
  running: "{% $states.input.rollout = 'IN_PROGRESS' %}",
  failed: "{% $states.input.rollout = 'FAILED' %}",
  anyFailed: "{% $count($states.input[ok = false]) > 0 %}",
} as const;

/** What failed, for whoever reads the execution. */
export const FAILED = "{% 'Not restarted: ' & $join($states.input[ok = false].service, ', ') %}";

export interface RestartDefinition {
  readonly secretArn: string;
  readonly clusterName: string;
  /** The names of the services in ECS. */
  readonly serviceNames: readonly string[];
}

/** The definition as a value; whatever Terraform fills in later is a token. */
export function restartDefinition({ secretArn, clusterName, serviceNames }: RestartDefinition) {
  const ecs = <Arguments>(action: string, args: Arguments) => ({
    Type: "Task",
    Resource: `arn:aws:states:::aws-sdk:ecs:${action}`,
    Arguments: args,
    Retry: RETRY,
    // Without it, one service's fault would end the work on the others.
    Catch: [{ ErrorEquals: ["States.ALL"], Next: "Not restarted" }],
  });
  const describe = {
    ...ecs("describeServices", { Cluster: clusterName, Services: ["{% $service %}"] }),
    Output: DEPLOYMENT,
  };
  const ended = (ok: boolean) => ({
    Type: "Pass",
    Output: { service: "{% $service %}", ok },
    End: true,
  });
  return {
    Comment: "Restarts services after a change of the database's password",
    QueryLanguage: "JSONata",
    TimeoutSeconds: TIMEOUT_SECONDS,
    StartAt: "Last rotation",
    States: {
      "Last rotation": {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:secretsmanager:describeSecret",
        Arguments: { SecretId: secretArn },
        Retry: RETRY,
        Next: "Current version",
      },
      "Current version": {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:secretsmanager:listSecretVersionIds",
        Arguments: { SecretId: secretArn },
        Retry: RETRY,
        Assign: { changedAt: CHANGED_AT },
        Next: "Services",
      },
      Services: {
        Type: "Map",
        Items: serviceNames,
        ItemSelector: { service: "{% $states.context.Map.Item.Value %}" },
        ItemProcessor: {
          ProcessorConfig: { Mode: "INLINE" },
          StartAt: "One service",
          States: {
            "One service": {
              Type: "Pass",
              Assign: { service: "{% $states.input.service %}" },
              Next: "Last deployment",
            },
            "Last deployment": { ...describe, Next: "Is it older than the password" },
            "Is it older than the password": {
              Type: "Choice",
              Choices: [
                { Condition: CONDITIONS.missing, Next: "Not restarted" },
                { Condition: CONDITIONS.outdated, Next: "Restart" },
              ],
              Default: "Done",
            },
            Restart: {
              ...ecs("updateService", {
                Cluster: clusterName,
                Service: "{% $service %}",
                ForceNewDeployment: true,
              }),
              Next: "Wait",
            },
            Wait: { Type: "Wait", Seconds: POLL_SECONDS, Next: "New deployment" },
            "New deployment": { ...describe, Next: "Is it up" },
            "Is it up": {
              Type: "Choice",
              Choices: [
                { Condition: CONDITIONS.missing, Next: "Not restarted" },
                { Condition: CONDITIONS.failed, Next: "Not restarted" },
                // ECS has gone back to the tasks from before.
                { Condition: CONDITIONS.outdated, Next: "Not restarted" },
                { Condition: CONDITIONS.running, Next: "Wait" },
              ],
              Default: "Done",
            },
            Done: ended(true),
            "Not restarted": ended(false),
          },
        },
        Next: "Are all restarted",
      },
      "Are all restarted": {
        Type: "Choice",
        Choices: [{ Condition: CONDITIONS.anyFailed, Next: "Failed" }],
        Default: "Succeeded",
      },
      Failed: { Type: "Fail", Error: "NotRestarted", Cause: FAILED },
      Succeeded: { Type: "Succeed" },
    },
  };
}
