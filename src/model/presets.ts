// What presets come to: bindings of the names that many images read, for as much as a service uses.
import type { Binding } from "../schema/binding";
import { MEMBER_KEYS } from "../schema/member-keys";
import { DEFAULT_PRESETS, type Preset } from "../schema/presets";
import type { Service } from "../schema/service";
import { connects } from "./services";

/** What of a service decides; in a file that may still be wrong, as much as is known. */
export type PresetSource = {
  readonly [Field in
    | "presets"
    | "connectsTo"
    | "django"
    | "buckets"
    | "environment"
    | "secrets"
    | "bindings"]?: Service[Field] | undefined;
};

/** The bindings of a preset, by what a service has to have for them. */
interface PresetBindings {
  readonly database?: Readonly<Record<string, Binding>>;
  readonly cache?: Readonly<Record<string, Binding>>;
  readonly django?: Readonly<Record<string, Binding>>;
  /** With the service's only bucket. */
  readonly bucket?: (bucket: string) => Readonly<Record<string, Binding>>;
}

export type PresetTable = Readonly<Partial<Record<Preset, PresetBindings>>>;

/** The platform's own names are no bindings: every service has them whose `presets` name them. */
const BINDINGS: PresetTable = {
  // What its entry point and its production settings read.
  "cookiecutter-django": {
    database: {
      POSTGRES_HOST: "database.host",
      POSTGRES_PORT: "database.port",
      POSTGRES_DB: "database.name",
      POSTGRES_USER: "database.user",
      POSTGRES_PASSWORD: "database.password",
    },
    cache: { REDIS_URL: "cache.url" },
    django: { DJANGO_SECRET_KEY: "django.secretKey", DJANGO_ALLOWED_HOSTS: "django.allowedHosts" },
    bucket: (bucket) => ({
      DJANGO_AWS_STORAGE_BUCKET_NAME: `buckets.${bucket}.name`,
      DJANGO_AWS_S3_REGION_NAME: "environment.region",
    }),
  },
  urls: {
    database: { DATABASE_URL: "database.url" },
    cache: { REDIS_URL: "cache.url" },
    django: { SECRET_KEY: "django.secretKey" },
  },
};

/** A variable that a preset fills. */
export interface PresetVariable {
  readonly preset: Preset;
  readonly variable: string;
  readonly binding: Binding;
}

/** What a service's presets fill; not what it says itself, in `environment`, `secrets` or `bindings`: that wins. */
export function presetVariables(
  { presets = DEFAULT_PRESETS, connectsTo = [], django, buckets = [], ...own }: PresetSource,
  table: PresetTable = BINDINGS,
): PresetVariable[] {
  const said = [own.environment, own.secrets, own.bindings];
  const [bucket, ...others] = buckets;
  return presets.flatMap((preset) =>
    Object.entries({
      ...(connects({ connectsTo }, MEMBER_KEYS.database) ? table[preset]?.database : {}),
      ...(connects({ connectsTo }, MEMBER_KEYS.cache) ? table[preset]?.cache : {}),
      ...(django ? table[preset]?.django : {}),
      ...(bucket && others.length === 0 ? table[preset]?.bucket?.(bucket.bucket) : {}),
    })
      .filter(([variable]) => !said.some((one) => one !== undefined && Object.hasOwn(one, variable)))
      .map(([variable, binding]) => ({ preset, variable, binding })),
  );
}

/** All that a service is bound to: by its presets, and by what it says itself. */
export function bindingsOf(service: PresetSource): Service["bindings"] {
  return {
    ...Object.fromEntries(presetVariables(service).map(({ variable, binding }) => [variable, binding])),
    ...service.bindings,
  };
}

/** Whether a service has the platform's own names. */
export function hasPlatformNames({ presets = DEFAULT_PRESETS }: Pick<PresetSource, "presets">): boolean {
  return presets.includes("platform");
}
