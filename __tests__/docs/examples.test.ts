// The environments that the pages show are ones that synthesize: whoever copies them begins with something that works.
import { join } from "node:path";
import { documentedEnvironment } from "../support/documented-environment";

it("README's is accepted", () => {
  expect(documentedEnvironment("README.md")).toMatchObject({
    name: "lightwave-django-prod",
    production: true,
    services: { django: { connectsTo: ["postgres", "redis"] } },
  });
});

it("the one that make-it-yours.md begins with is accepted", () => {
  expect(documentedEnvironment(join("docs", "make-it-yours.md"))).toMatchObject({
    name: "books-staging",
    production: false,
    services: { worker: { command: ["celery", "-A", "books", "worker"] } },
  });
});

it("the one that schedules.md has is accepted", () => {
  expect(documentedEnvironment(join("docs", "schedules.md"))).toMatchObject({
    services: {
      web: { schedules: { clearsessions: { timeZone: "Europe/Berlin" }, invoices: { enabled: true } } },
    },
  });
});

it("the one that django-settings.md has for Celery is accepted", () => {
  expect(documentedEnvironment(join("docs", "django-settings.md"))).toMatchObject({
    name: "shop-prod",
    services: {
      worker: { celery: {}, consumesFrom: ["jobs"] },
      beat: { singleton: true, desiredCount: 1, sendsTo: ["jobs"] },
    },
  });
});

it("the one that buckets.md begins with is accepted", () => {
  expect(documentedEnvironment(join("docs", "buckets.md"))).toMatchObject({
    buckets: { media: { versioned: true }, archive: { oldVersionDays: 30 } },
    services: { worker: { buckets: [{ access: "read" }, { access: "write", prefix: "exports/" }] } },
  });
});

it("the one that permissions.md begins with is accepted", () => {
  const { services } = documentedEnvironment(join("docs", "permissions.md"));
  expect(services.api?.permissions).toHaveLength(5);
});
