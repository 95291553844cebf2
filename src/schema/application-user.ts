// The part of an environment that describes the database's user for the application alone, beside the master user.
import { z } from "zod";
import { section } from "./fields";
import { image } from "./service-parts";

/** Words that PostgreSQL or RDS keep for themselves as a user's name. */
export const RESERVED_USERS = ["admin", "postgres", "rdsadmin", "rds_superuser", "user"];

/** What CREATE ROLE refuses besides: "CREATE ROLE", PostgreSQL documentation; `RoleSpec` in its grammar. */
const NO_ROLES = ["current_role", "current_user", "none", "public", "session_user"];

/** As PostgreSQL takes it unquoted. */
export const postgresName = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,62}$/,
    "Use up to 63 lower-case letters, digits and underscores, a letter first.",
  );

/** PostgreSQL's official image, of which its client is used: tag 17.6-alpine. */
const CLIENT_IMAGE =
  "public.ecr.aws/docker/library/postgres@sha256:ef257d85f76e48da1c64832459b59fcaba1a4dac97bf5d7450c77753542eee94";

export const applicationUserSchema = section({
  /** What PostgreSQL calls the user. */
  name: postgresName
    .refine(
      (name) => ![...RESERVED_USERS, ...NO_ROLES].includes(name),
      "Choose another name: PostgreSQL or RDS reserve this one.",
    )
    .refine(
      (name) => !/^(pg|rds)_/.test(name),
      'Choose a name without "pg_" or "rds_" in front: they are reserved.',
    ),
  /**
   * An image with `psql` and `sh`, in which the command `database-user` runs: public, or in ECR. Where there is no NAT gateway,
   * only one in ECR can be pulled.
   */
  image: image.default(CLIENT_IMAGE),
});

export type ApplicationUser = z.output<typeof applicationUserSchema>;
