// Everything that a project of your own may import, where this one is installed as a package, and code in src/extensions. All
// else is private: it may change with any version, and the package's `exports` do not let it be imported.
// What an environment file needs is also at `django-on-aws-cdktf/environment`, which does without cdktf.

export { type RunAppProps, runApp } from "./app";
export type { Cache } from "./cache/cache";
export type { CiRole } from "./ci/ci-role";
export type { Database } from "./database/database";
export * from "./environment";
export type { Conditions, Principal, Statement } from "./iam/document";
export { policyDocument, type Trust, trustDocument } from "./iam/policy-document";
export type { LoadBalancer } from "./load-balancer/load-balancer";
export type { Names } from "./model/names/resolved";
export type { Network } from "./network/network";
export { LogGroup, type LogGroupProps } from "./observability/log-group";
export type { Queue } from "./queue/queue";
export type { Repository } from "./registry/repository";
export type { SecurityGroups } from "./security-groups/security-groups";
export type { Cluster } from "./service/cluster";
export type { Service } from "./service/service";
export type { DjangoStack } from "./stacks/django";
export type { DjangoParts } from "./stacks/django-parts";
export { EnvironmentStack, type EnvironmentStackProps } from "./stacks/environment-stack";
export type { Monitoring } from "./stacks/monitoring";
export { addPlatform, type Platform } from "./stacks/platform";
export type { SecurityGroupRulesStack } from "./stacks/security-group-rules";
export type { Bucket } from "./storage/bucket";
export { PrivateBucket, type PrivateBucketProps } from "./storage/private-bucket";
export { type AppOptions, createApp, InvalidAppError, synthesize } from "./terraform/synthesize";
