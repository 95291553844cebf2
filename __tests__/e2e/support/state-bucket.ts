// Looks into a bucket of Terraform states, independently of Terraform.
import {
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CREDENTIALS, REGION } from "./child-environment";

export interface StateBucket {
  /** The names of all buckets there are, in order. */
  buckets(): Promise<readonly string[]>;
  /** Whether the bucket is there, and keeps old versions. */
  isVersioned(): Promise<boolean>;
  /** The keys of the objects that are there, old versions aside, in order. */
  keys(): Promise<readonly string[]>;
  /** The versions of one object, the newest first. */
  versions(key: string): Promise<readonly string[]>;
  read(key: string, version?: string): Promise<string>;
  write(key: string, content: string): Promise<void>;
  remove(key: string): Promise<void>;
  destroy(): void;
}

/** Its caller destroys it. */
export function stateBucket(endpoint: string, Bucket: string): StateBucket {
  const client = new S3Client({ endpoint, region: REGION, credentials: CREDENTIALS, forcePathStyle: true });
  const listed = () => client.send(new ListObjectVersionsCommand({ Bucket }));
  return {
    buckets: async () => {
      const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
      return Buckets.flatMap(({ Name }) => Name ?? []).sort();
    },
    isVersioned: () =>
      client.send(new GetBucketVersioningCommand({ Bucket })).then(
        ({ Status }) => Status === "Enabled",
        () => false,
      ),
    keys: async () => {
      const { Versions = [] } = await listed();
      return Versions.flatMap(({ Key, IsLatest }) => (IsLatest && Key !== undefined ? [Key] : [])).sort();
    },
    versions: async (key) => {
      const { Versions = [] } = await listed();
      return Versions.flatMap(({ Key, VersionId }) => (Key === key && VersionId ? [VersionId] : []));
    },
    read: async (Key, VersionId) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, VersionId }));
      return (await Body?.transformToString()) ?? "";
    },
    write: async (Key, Body) => {
      await client.send(new PutObjectCommand({ Bucket, Key, Body }));
    },
    remove: async (Key) => {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },
    destroy: () => client.destroy(),
  };
}
