// docs/django-settings.md quotes examples/django as it stands, and has each variable that the platform gives a container.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HANDOVER } from "../../src/model/handover";
import { type ServiceSettings, serviceEnvironment } from "../../src/service/environment";
import { QUOTES, quotedFile, SETTINGS_PAGE } from "../support/settings-page";

const example = join(__dirname, "..", "..", "examples", "django");
const settings = "config/settings/production.py";

describe("what the page quotes", () => {
  it.each(QUOTES)("stands in $file", ({ file, code }) => {
    expect(readFileSync(join(example, file), "utf8")).toContain(code);
  });

  it("makes up production's settings, put together in the page's order", () => {
    expect(quotedFile(settings)).toBe(readFileSync(join(example, settings), "utf8"));
  });

  it("is whole where a piece is left out: Celery's need nothing of Redis's", () => {
    const celery = SETTINGS_PAGE.slice(
      SETTINGS_PAGE.indexOf("\n## Celery"),
      SETTINGS_PAGE.indexOf("\n## WebSockets"),
    );
    const [any, ...others] = QUOTES.filter(({ file, code }) => file === settings && celery.includes(code));
    expect(any?.code).toMatch(/^broker = /m);
    expect(others.map(({ code }) => code).join("\n")).not.toMatch(/^broker = /m);
    expect([any, ...others].map((quote) => quote?.code).join("\n")).not.toMatch(/\bREDIS\b/);
  });

  it("is all of its Python and all of its Dockerfile, but for what is about other libraries", () => {
    const blocks = [...SETTINGS_PAGE.matchAll(/^```(python|dockerfile)\n(.*?)\n```/gms)].map(
      ([, , code = ""]) => code,
    );
    const others = blocks.filter((code) => !QUOTES.some((quote) => quote.code === code));
    expect(others).toHaveLength(2);
    expect(others[0]).toContain("django_redis");
    expect(others[1]).toContain("rest_framework");
  });
});

describe("the table of variables", () => {
  const section = SETTINGS_PAGE.slice(
    SETTINGS_PAGE.indexOf("## The variables"),
    SETTINGS_PAGE.indexOf("## Settings"),
  );
  const listed = new Set(
    section
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .flatMap((line) => [...(line.split("|")[1] ?? "").matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name)),
  );

  it("has what the platform hands over", () => {
    expect(Object.values(HANDOVER).filter((name) => !listed.has(name))).toEqual([]);
  });

  it("has what Django, the database and the cache need", () => {
    const service: ServiceSettings = {
      connectsTo: ["postgres", "redis"],
      databaseLogin: "at-connection",
      django: { settingsModule: "config.settings.production", allowedHosts: [] },
      environment: {},
      secrets: {},
      healthCheckPath: "/health/",
    };
    const given = serviceEnvironment(service, {
      handover: {},
      queueUrls: {},
      bucketNames: {},
      database: { host: "db.internal", port: 5432, name: "shop", secretArn: "arn:secret" },
      cache: { host: "cache.internal", port: 6379, user: "shop-app", name: "shop" },
      dns: { domain: "shop.example.com", alternativeNames: [] },
      strictTransportSecurity: { maxAgeSeconds: 3600, includeSubdomains: false },
    });
    expect(Object.keys(given)).toEqual(
      expect.arrayContaining(["DATABASE_LOGIN_ARN", "REDIS_USER", "SECURE_HSTS_SECONDS"]),
    );
    expect(Object.keys(given).filter((name) => !listed.has(name))).toEqual([]);
  });

  it("has what the example reads, but for what README says is its own", () => {
    const own = readFileSync(join(example, "README.md"), "utf8");
    const sources = ["config", "django_on_aws", "shop"]
      .flatMap((folder) =>
        readdirSync(join(example, folder), { recursive: true, encoding: "utf8" }).map((path) =>
          join(folder, path),
        ),
      )
      .filter((path) => path.endsWith(".py"))
      .map((path) => readFileSync(join(example, path), "utf8"));
    const read = sources.flatMap((source) =>
      [...source.matchAll(/(?:required|flag|number|items|pairs|environ\.get)\("([A-Z_]+)"/g)].map(
        ([, name = ""]) => name,
      ),
    );
    expect(read.length).toBeGreaterThan(30);
    const unknown = read.filter((name) => !listed.has(name) && !own.includes(`\`${name}\``));
    expect([...new Set(unknown)]).toEqual(["AWS_REGION"]);
  });
});
