// Times that go together: which pairs are refused, and where the message stands.
import { serverTimes } from "../../src/model/server-times";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";

type ServiceInput = EnvironmentInput["services"][string];

function refusal(web: Partial<ServiceInput>, loadBalancer?: EnvironmentInput["loadBalancer"]): string {
  try {
    defineEnvironment({
      name: "shop",
      region: "eu-west-1",
      network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
      services: { web: { image: "a/b:1", port: 8000, cpu: 256, memory: 512, ...web } },
      ...(loadBalancer && { loadBalancer }),
    });
    return "";
  } catch (error) {
    return String(error);
  }
}

const gunicorn = (...options: string[]) => ["gunicorn", "shop.wsgi", ...options];

describe("the options of a web server", () => {
  it.each([
    [gunicorn("--graceful-timeout", "45"), { graceful: 45 }],
    [gunicorn("--timeout=90", "--keep-alive=75"), { request: 90, keepAlive: 75 }],
    [["sh", "-c", "exec /venv/bin/uvicorn app:app --timeout-keep-alive 65"], { keepAlive: 65 }],
    [["uvicorn", "app:app", "--timeout-graceful-shutdown", "20"], { graceful: 20 }],
    [["python", "-m", "django_on_aws.uvicorn", "app:app", "--timeout-keep-alive", "5"], { keepAlive: 5 }],
    [["celery", "-A", "shop", "worker", "--timeout", "9"], {}],
    [gunicorn("--timeout", "$TIMEOUT"), {}],
  ])("of %p are %p", (command, times) => {
    expect(serverTimes({ command })).toEqual({
      graceful: undefined,
      keepAlive: undefined,
      request: undefined,
      ...times,
    });
  });

  it("are read from GUNICORN_CMD_ARGS, too, and the command wins", () => {
    const environment = { GUNICORN_CMD_ARGS: "--timeout 40 --keep-alive 70" };
    expect(serverTimes({ environment })).toMatchObject({ request: 40, keepAlive: 70 });
    expect(serverTimes({ environment, command: gunicorn("-t", "50") })).toMatchObject({ request: 50 });
  });
});

describe("a service's times", () => {
  it("end the server before ECS does", () => {
    const command = gunicorn("--graceful-timeout", "60");
    expect(refusal({ command, stopTimeoutSeconds: 60 })).toBe("");
    expect(refusal({ command, stopTimeoutSeconds: 59 })).toMatch(
      /services\.web\.stopTimeoutSeconds.*59[\s\S]*at least the 60 seconds/,
    );
    expect(refusal({ command: gunicorn("--graceful-timeout", "121") })).toContain("at least the 121 seconds");
  });

  it("let a request end that the server allows", () => {
    const command = gunicorn("--timeout", "90");
    expect(refusal({ command })).toBe("");
    expect(refusal({ command, deregistrationDelaySeconds: 90 })).toBe("");
    expect(refusal({ command, deregistrationDelaySeconds: 89 })).toMatch(
      /services\.web\.deregistrationDelaySeconds.*89[\s\S]*at least the 90 seconds/,
    );
  });

  it("keep connections open for longer than the load balancer does", () => {
    const command = gunicorn("--keep-alive", "60");
    expect(refusal({ command })).toMatch(/services\.web\.command[\s\S]*longer than the 60/);
    expect(refusal({ command }, { idleTimeoutSeconds: 59 })).toBe("");
  });

  it("are judged as well where a service sets what the platform would hand it", () => {
    expect(refusal({ environment: { GRACEFUL_SECONDS: "119" } })).toBe("");
    expect(refusal({ environment: { GRACEFUL_SECONDS: "121" } })).toMatch(
      /services\.web\.stopTimeoutSeconds.*120[\s\S]*at least the 121 seconds/,
    );
    expect(refusal({ environment: { KEEP_ALIVE_SECONDS: "61" } })).toBe("");
    expect(refusal({ environment: { KEEP_ALIVE_SECONDS: "60" } })).toMatch(
      /services\.web\.environment\.KEEP_ALIVE_SECONDS[\s\S]*longer than the 60/,
    );
    // What the command says is what the server does.
    const command = gunicorn("--keep-alive", "75");
    expect(refusal({ command, environment: { KEEP_ALIVE_SECONDS: "60" } })).toBe("");
  });

  it("say nothing of a load balancer to a service without a port", () => {
    const command = gunicorn("--keep-alive", "5", "--timeout", "90");
    expect(refusal({ command, port: undefined, deregistrationDelaySeconds: undefined })).toBe("");
    expect(refusal({ port: undefined, deregistrationDelaySeconds: 30 })).toContain(
      "services.web.deregistrationDelaySeconds",
    );
  });

  it.each([1, 121])("refuses a stop time-out of %d, which Fargate does not take", (stopTimeoutSeconds) => {
    expect(refusal({ stopTimeoutSeconds })).toContain("from 2 to 120");
  });
});

describe("the container's health check", () => {
  it("wants a command where none is known", () => {
    const healthCheck = { retries: 5 };
    expect(refusal({ healthCheck })).toContain("services.web.healthCheck.command");
    expect(refusal({ healthCheck, django: {}, port: undefined })).toContain(
      "services.web.healthCheck.command",
    );
    expect(refusal({ healthCheck, django: {} })).toBe("");
    expect(refusal({ healthCheck: { command: "true", retries: 5 } })).toBe("");
  });
});

describe("the credentials of a registry", () => {
  const imageCredentials = { secretsManager: "shop/registry" };

  it("are for any registry but ECR", () => {
    expect(refusal({ imageCredentials, image: "registry.example.com/shop/web:1.0.0" })).toBe("");
    expect(
      refusal({ imageCredentials, image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.0.0" }),
    ).toContain("services.web.imageCredentials");
  });
});
