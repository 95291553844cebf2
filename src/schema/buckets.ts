// The part of an environment that describes its buckets, and what a service may do with one.
import { z } from "zod";
import { identifier, section, unique, wholeNumber } from "./fields";
import { NAME_LENGTH } from "./limits";

/**
 * What S3 refuses although its characters are right: two full stops in a row, an IP address, and the beginnings and ends
 * that it keeps for itself ("General purpose bucket naming rules").
 */
const REFUSED_BUCKET_NAME =
  /\.\.|^\d+\.\d+\.\d+\.\d+$|^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;

/** The name of a bucket, which nobody else in the world may have. */
export const bucketNameText = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    `Write an S3 bucket's name: 3 to ${NAME_LENGTH.bucket} lower-case characters.`,
  )
  .refine(
    (name) => !REFUSED_BUCKET_NAME.test(name),
    'Choose another name: S3 takes no "..", no IP address, and keeps some beginnings and ends for itself.',
  );

/** The longest time that S3 counts in days, a hundred years: enough to say "for ever". */
const MOST_DAYS = 36_500;

/** Days that an object is at least in S3 Standard before it may be moved there: "Transitioning objects using Amazon S3 Lifecycle". */
const STANDARD_IA_DAYS = 30;

/** Characters that need no care in a key ("Naming Amazon S3 objects"), and that mean nothing else in an IAM policy. */
const PREFIX = /^[A-Za-z0-9!_.()-][A-Za-z0-9!_.()/-]*$/;

const prefix = z
  .string()
  .max(512, "Use 512 characters at most.")
  .regex(PREFIX, "Write what the keys begin with, in letters, digits and ! _ . ( ) - /, no slash first.");

const lifecycleRule = section({
  /** The objects that it is for: those whose keys begin so. Default: all. */
  prefix: prefix.optional(),
  /** Days after which an object expires. In a versioned bucket it is then kept for `oldVersionDays`. Default: never. */
  expireAfterDays: wholeNumber(1, MOST_DAYS, "days").optional(),
  /** When objects move to a cheaper storage class, which S3 does not do with those under 128 KB. Default: never. */
  transition: section({
    /** The storage class: from GLACIER and DEEP_ARCHIVE, an object has to be restored before it can be read. */
    storageClass: z.enum(["STANDARD_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"]),
    /** Days after which an object moves. */
    afterDays: wholeNumber(1, MOST_DAYS, "days"),
  })
    .refine(
      ({ storageClass, afterDays }) => storageClass !== "STANDARD_IA" || afterDays >= STANDARD_IA_DAYS,
      {
        path: ["afterDays"],
        message: `Give ${STANDARD_IA_DAYS} days or more: S3 moves nothing to STANDARD_IA sooner.`,
      },
    )
    .optional(),
})
  .refine(({ expireAfterDays, transition }) => expireAfterDays !== undefined || transition !== undefined, {
    message: "Say what happens: give expireAfterDays, transition or both.",
  })
  .refine(
    ({ expireAfterDays = Number.POSITIVE_INFINITY, transition }) =>
      transition === undefined || expireAfterDays > transition.afterDays,
    { path: ["expireAfterDays"], message: "Give more days than transition.afterDays." },
  );

/** A website, as browsers name it; one `*` may stand for a part of it. */
const origin = z
  .string()
  .regex(
    /^(\*|https?:\/\/(?!.*\*.*\*)[a-z0-9*.-]+(:(\d+|\*))?)$/,
    "Write an origin without a path, such as https://shop.example.com; one * may stand for a part of it.",
  );

const header = z
  .string()
  .regex(
    /^(?!.*\*.*\*)[A-Za-z0-9*-]+$/,
    "Write the name of a header, such as Content-Type; one * may stand for a part of it.",
  );

const corsRule = section({
  /** The websites whose pages may call, such as `https://shop.example.com`. */
  origins: z.array(origin).min(1, "Name at least one origin.").refine(unique, "Name each origin once."),
  /** What they may do; each request still has to be signed. */
  methods: z
    .array(z.enum(["GET", "HEAD", "PUT", "POST"]))
    .min(1, "Name at least one method.")
    .refine(unique, "Name each method once."),
  /** The headers that a request may have. */
  headers: z.array(header).refine(unique, "Name each header once.").default(["*"]),
  /** The headers of an answer that a page may read; an upload in parts needs `ETag`. */
  exposedHeaders: z
    .array(z.string().regex(/^[A-Za-z0-9-]+$/, "Write the name of a header, such as ETag."))
    .refine(unique, "Name each header once.")
    .default(["ETag"]),
  /** Seconds for which a browser remembers the answer. */
  maxAgeSeconds: wholeNumber(0, 86_400, "seconds").default(3600),
}).refine(({ origins, methods }) => !origins.includes("*") || methods.every(isRead), {
  path: ["origins"],
  message: "Name the websites that upload: * is for GET and HEAD alone.",
});

function isRead(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

export const bucketSchema = section({
  /** Whether what is overwritten or deleted can be brought back, for `oldVersionDays`. */
  versioned: z.boolean().default(true),
  /** Days for which what was overwritten or deleted is kept. */
  oldVersionDays: wholeNumber(1, MOST_DAYS, "days").default(30),
  /** When objects expire, or move to a cheaper storage class. Default: they stay as they are. */
  lifecycle: z
    .array(lifecycleRule)
    .refine(
      (rules) => unique(rules.map((rule) => rule?.prefix ?? "")),
      "Give each prefix one rule, and all objects one.",
    )
    .default([]),
  /** The websites from which browsers use the bucket, by URLs that the application signs. Default: none. */
  cors: z.array(corsRule).max(100, "Use 100 rules at most.").default([]),
});

export type Bucket = z.output<typeof bucketSchema>;

/** What a service may do with a bucket. */
const bucketUse = section({
  /** The bucket. */
  bucket: identifier,
  /** "read" lists and reads, "write" writes, overwrites and deletes. */
  access: z.enum(["read", "write", "read-write"]),
  /** What it may only use: objects whose keys begin so, such as `uploads/`. Default: all. */
  prefix: prefix
    .regex(/\/$/, 'End it with a slash: "uploads" would hold for "uploads-of-others", too.')
    .optional(),
});

export type BucketUse = z.output<typeof bucketUse>;

/** The buckets that a service uses. */
export const bucketUses = z
  .array(bucketUse)
  .refine(
    (uses) => unique(uses.map((use) => `${use?.bucket} ${use?.prefix ?? ""}`)),
    "Name each bucket once, or once for each prefix.",
  );
