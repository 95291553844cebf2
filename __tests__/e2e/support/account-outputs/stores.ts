// What RDS, ElastiCache, SQS, S3, Secrets Manager, KMS and AWS Backup say of a platform's stores, as the outputs of the stack django
// should.
import { DescribeAccessPointsCommand, DescribeFileSystemsCommand, EFSClient } from "@aws-sdk/client-efs";
import { DescribeReplicationGroupsCommand, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { DescribeSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type Account, byKey } from "./account";

/** @param copyRegion where the copies of the backups are kept */
export async function storeOutputs(account: Account, copyRegion: string) {
  const { base, names } = account;
  const { DBInstances = [] } = await account
    .client(RDSClient)
    .send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: names.database }));
  const [{ Endpoint, MasterUserSecret, ...database } = {}] = DBInstances;
  const { ReplicationGroups = [] } = await account
    .client(ElastiCacheClient)
    .send(new DescribeReplicationGroupsCommand({ ReplicationGroupId: names.cache }));
  const cache = ReplicationGroups[0]?.NodeGroups?.[0]?.PrimaryEndpoint;
  const secrets = account.client(SecretsManagerClient);
  const secret = async (name: string) =>
    (await secrets.send(new DescribeSecretCommand({ SecretId: `${base}/${name}` }))).ARN;
  const efs = account.client(EFSClient);
  const files = await byKey(names.fileSystems, (name) => fileSystemId(efs, name));
  const sqs = account.client(SQSClient);
  const deadLetters = await byKey(names.queues, (queue) => redriveTarget(sqs, queue));
  const { Buckets = [] } = await account.client(S3Client).send(new ListBucketsCommand());
  const nameIn = (arn: string) => arn.split(":").at(-1) ?? "";
  const vault = (what: string, ...where: readonly string[]) =>
    account.cli(what, "backup", "describe-backup-vault", "--backup-vault-name", `${base}-backup`, ...where);
  return {
    database_endpoint: `${Endpoint?.Address}:${Endpoint?.Port}`,
    database_port: Endpoint?.Port,
    database_name: database.DBName,
    database_identifier: database.DBInstanceIdentifier,
    database_resource_id: database.DbiResourceId,
    database_secret_arn: MasterUserSecret?.SecretArn,
    database_user_secret_arn: await secret("database-user"),
    backup_vault: await vault("BackupVaultName"),
    backup_copy_vault_arn: await vault("BackupVaultArn", "--region", copyRegion),
    cache_endpoint: `${cache?.Address}:${cache?.Port}`,
    cache_port: cache?.Port,
    cache_secret_arn: await secret("cache"),
    file_system_ids: files,
    file_system_access_point_ids: await byKey(files, (id) => accessPointId(efs, id)),
    queue_urls: await byKey(names.queues, (queue) => urlOf(sqs, queue)),
    queue_arns: await byKey(names.queues, (queue) => attribute(sqs, queue, "QueueArn")),
    dead_letter_queue_urls: await byKey(deadLetters, (arn) => urlOf(sqs, nameIn(arn))),
    dead_letter_queue_arns: deadLetters,
    bucket_names: await byKey(names.buckets, async ({ name }) =>
      Buckets.map(({ Name = "" }) => Name).find((one) => one.startsWith(`${name}-`)),
    ),
    django_secret_key_arn: await secret("secret-key"),
    kms_key_arn: await account.cli("KeyMetadata.Arn", "kms", "describe-key", "--key-id", `alias/${base}`),
  };
}

async function fileSystemId(efs: EFSClient, CreationToken: string): Promise<string | undefined> {
  return (await efs.send(new DescribeFileSystemsCommand({ CreationToken }))).FileSystems?.[0]?.FileSystemId;
}

async function accessPointId(efs: EFSClient, FileSystemId: string | undefined): Promise<string | undefined> {
  const { AccessPoints } = await efs.send(new DescribeAccessPointsCommand({ FileSystemId }));
  return AccessPoints?.[0]?.AccessPointId;
}

async function urlOf(sqs: SQSClient, QueueName: string): Promise<string | undefined> {
  return (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl;
}

async function attribute(sqs: SQSClient, queue: string, name: "QueueArn" | "RedrivePolicy") {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: await urlOf(sqs, queue), AttributeNames: [name] }),
  );
  return Attributes?.[name];
}

/** The ARN of the queue that a queue's messages go to at last. */
async function redriveTarget(sqs: SQSClient, queue: string): Promise<string> {
  return JSON.parse((await attribute(sqs, queue, "RedrivePolicy")) ?? "{}").deadLetterTargetArn;
}
