// What a file may say of the containers of one task: names, ports, sizes, volumes, and who waits for whom.
import { problemsIn, problemsOfService as problemsOf } from "../support/problems";

const nginx = { image: "shop/nginx:1.0.0", port: 80 };

/** The problems of a service with these sidecars, without the words that all paths begin with. */
const within = (sidecars: object, web: object = {}) =>
  problemsOf({ sidecars, ...web }).map((problem) => problem.replaceAll("services.web.", ""));

it("a sidecar has an image, and all else where it is wanted", () => {
  expect(within({ nginx: { image: "shop/nginx:1.0.0" } })).toEqual([]);
  expect(within({ nginx: { ...nginx, healthCheck: { command: ["/bin/check"] }, user: "101:101" } })).toEqual(
    [],
  );
  expect(within({ nginx: {} })).toEqual([
    "sidecars.nginx.image: Write repository:tag or repository@sha256:digest; an image without a tag can change under you.",
  ]);
});

it("is called neither like its service nor otherwise than ECS takes", () => {
  expect(within({ web: { image: "shop/nginx:1.0.0" } })).toEqual([
    "sidecars.web: Choose another key: the service's own container is called so.",
  ]);
  expect(within({ Front_End: nginx })).toEqual([
    "sidecars.Front_End: Rename this key: Use lower-case letters, digits and hyphens, starting with a letter.",
  ]);
});

it("has a port of its own: the containers of a task share one network", () => {
  const other = (name: string, port: number) =>
    `sidecars.${name}.port: Choose another port: "${port === 8000 ? "web" : "a"}" listens on it, and the containers of a task share one network.`;
  expect(within({ a: { ...nginx, port: 8000 } })).toEqual([other("a", 8000)]);
  expect(within({ a: nginx, b: nginx, c: { ...nginx, port: 81 } })).toEqual([other("b", 80)]);
  expect(within({ a: { ...nginx, port: 9100 } }, { extraPorts: [9100] })).toEqual([
    'sidecars.a.port: Choose another port: "web" listens on it, and the containers of a task share one network.',
  ]);
});

it("is held to what every container is: secrets, registries, health checks", () => {
  expect(
    within({
      nginx: {
        image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/nginx:1.0.0",
        imageCredentials: { secretsManager: "login" },
        environment: { API_KEY: "x", TWICE: "1" },
        secrets: { TWICE: { generate: { length: 40 } } },
        notSecret: { MISSING: "nobody knows why it is" },
        bindings: { TWICE: "environment.name", HOST: "database.host" },
        healthCheck: {},
      },
    }),
  ).toEqual([
    "sidecars.nginx.healthCheck.command: Give a command: nothing is known of what a sidecar can be asked by.",
    "sidecars.nginx.bindings.TWICE: It stands in secrets and environment, too: keep one.",
    "sidecars.nginx.notSecret.MISSING: Remove it: environment has no such variable.",
    expect.stringMatching(/^sidecars\.nginx\.environment\.API_KEY: Move it to "secrets"/),
    "sidecars.nginx.secrets.TWICE: It stands in both environment and secrets: keep one.",
    "sidecars.nginx.imageCredentials: Remove it: ECR is pulled from by the service's own role.",
    'sidecars.nginx.bindings.HOST: The service does not connect to it: add "postgres" to its connectsTo.',
  ]);
});

describe("requests go", () => {
  const target = (targetContainer: string, more: object = {}) =>
    within({ nginx }, { targetContainer, ...more });

  it("to a sidecar that is there, and has a port", () => {
    expect(target("nginx")).toEqual([]);
    expect(target("ngnix")).toEqual(['targetContainer: There is no sidecar "ngnix"; did you mean "nginx"?']);
    expect(target("proxy")).toEqual(["targetContainer: Name a sidecar: nginx."]);
    expect(target("web")).toEqual([
      "targetContainer: Remove it: requests go to the service's own container where nothing is said.",
    ]);
    expect(within({ nginx: { image: nginx.image } }, { targetContainer: "nginx" })).toEqual([
      "sidecars.nginx.port: Give the port that it listens on: the load balancer sends requests there.",
    ]);
  });

  it("from a service with a port alone", () => {
    expect(target("nginx", { port: undefined })).toEqual([
      "targetContainer: Give the service a port, or remove this: only a service with a port is reached.",
    ]);
  });

  it("to one port: the former one, and that of health checks, is another", () => {
    const more = (port: number) => ({ formerPort: port, targetHealthCheck: { port } });
    expect(target("nginx", more(8000))).toEqual([]);
    expect(target("nginx", more(80))).toEqual([
      "targetHealthCheck.port: Remove it: it is the port that requests go to.",
      "formerPort: Remove it: it is the port that requests go to.",
    ]);
  });

  it("by HTTPS where Python need not ask by HTTP", () => {
    expect(target("nginx", { targetProtocol: "HTTPS", django: {} })).toEqual([]);
    expect(within({}, { targetProtocol: "HTTPS" })).toEqual([]);
    expect(within({}, { targetProtocol: "HTTPS", django: {} })).toEqual([
      "healthCheck.command: Give a command: Django's own container speaks HTTPS here, and the request by Python that would be " +
        "made speaks plain HTTP.",
    ]);
    expect(within({}, { targetProtocol: "HTTPS", port: undefined })).toEqual([
      "targetProtocol: Give the service a port, or remove this: only a service with a port is reached.",
    ]);
  });

  it("to a server whose keep-alive nobody before it minds, where a sidecar is", () => {
    const command = ["gunicorn", "shop.wsgi", "--keep-alive", "5"];
    expect(target("nginx", { command })).toEqual([]);
    expect(within({ nginx }, { command })).toHaveLength(1);
  });
});

describe("a container waits", () => {
  const image = "shop/web:1.0.0";
  const healthy = { image, healthCheck: { command: "true" } };

  it("for others of its task, by their names", () => {
    expect(within({ a: { image, dependsOn: { web: "START", b: "HEALTHY" } }, b: healthy })).toEqual([]);
    expect(within({ a: { image, dependsOn: { wep: "START", a: "START" } } })).toEqual([
      'sidecars.a.dependsOn.wep: There is no container "wep"; did you mean "web"?',
      "sidecars.a.dependsOn.a: Remove it: a container cannot wait for itself.",
    ]);
    expect(within({ a: { image } }, { dependsOn: { worker: "START" } })).toEqual([
      "dependsOn.worker: Name another container of the task: a.",
    ]);
    expect(within({ a: { image, dependsOn: { web: "READY" } } })).toEqual([
      'sidecars.a.dependsOn.web: Choose "START" or "HEALTHY" or "COMPLETE" or "SUCCESS".',
    ]);
  });

  it("for health only where there is a check: Django with a port has one", () => {
    const waits = { a: { image, dependsOn: { web: "HEALTHY" } } };
    const remedy =
      'sidecars.a.dependsOn.web: Give "web" a healthCheck, or wait for its START: it would never be healthy.';
    expect(within(waits)).toEqual([remedy]);
    expect(within(waits, { django: {}, port: undefined })).toEqual([remedy]);
    expect(within(waits, { django: {} })).toEqual([]);
    expect(within(waits, { healthCheck: { command: "true" } })).toEqual([]);
  });

  it("for an end only where the task goes on after it", () => {
    const setup = (essential: boolean) =>
      within({ setup: { image, essential } }, { dependsOn: { setup: "SUCCESS" } });
    expect(setup(false)).toEqual([]);
    expect(setup(true)).toEqual([
      'dependsOn.setup: Set essential to false in "setup": the task would end with it.',
    ]);
    expect(within({ a: { image, dependsOn: { web: "COMPLETE" } } })).toEqual([
      "sidecars.a.dependsOn.web: Wait for START or HEALTHY: the service's own container ends with the task.",
    ]);
  });

  it("for none that waits for it, by whatever way", () => {
    const circle = {
      a: { image, dependsOn: { b: "START" } },
      b: { image, dependsOn: { c: "START" } },
      c: { image, dependsOn: { a: "START" } },
      d: { image, dependsOn: { a: "START" } },
    };
    const each = (name: string, other: string) =>
      `sidecars.${name}.dependsOn.${other}: Remove it, or what "${other}" waits for: each would wait for the other.`;
    expect(within(circle)).toEqual([each("a", "b"), each("b", "c"), each("c", "a")]);
  });
});

it("leaves something of the task to the service's own container", () => {
  const shares = (cpu: number, memory: number) =>
    within({ a: { image: nginx.image, cpu, memory }, b: { image: nginx.image, memoryReservation: 100 } });
  expect(shares(255, 411)).toEqual([]);
  expect(shares(256, 412)).toEqual([
    "sidecars: Give less: of the task's 256 CPU units, nothing would be left for the service's own container.",
    "sidecars: Give less: of the task's 512 MiB, nothing would be left for the service's own container.",
  ]);
  expect(within({ a: { image: nginx.image, memory: 64, memoryReservation: 65 } })).toEqual([
    "sidecars.a.memoryReservation: Give the 64 of its memory at most: more than that it never gets.",
  ]);
});

describe("a volume is shared", () => {
  const image = nginx.image;
  const at = (path: string, readOnly = false) => ({ static: { path, readOnly } });

  it("by two containers or more, one of which writes", () => {
    expect(within({ a: { image, sharedVolumes: at("/a", true) } }, { sharedVolumes: at("/static") })).toEqual(
      [],
    );
    expect(within({}, { sharedVolumes: at("/static") })).toEqual([
      "sharedVolumes.static: Name it in another container, too: what one has for itself is writablePaths.",
    ]);
    expect(
      within({ a: { image, sharedVolumes: at("/a", true) } }, { sharedVolumes: at("/static", true) }),
    ).toEqual(["sharedVolumes.static: Let one of its containers write: it is empty at the start."]);
  });

  it("at a path of its own in each", () => {
    expect(within({ a: { image, sharedVolumes: at("/tmp") } }, { sharedVolumes: at("/static") })).toEqual([
      "sidecars.a.sharedVolumes.static: Choose another path: something else is at /tmp in this container.",
    ]);
    const both = { a: { path: "/one" }, b: { path: "/one" } };
    expect(
      within(
        { n: { image, sharedVolumes: both } },
        { sharedVolumes: { a: { path: "/a" }, b: { path: "/b" } } },
      ),
    ).toEqual([
      "sidecars.n.sharedVolumes.b: Choose another path: something else is at /one in this container.",
    ]);
  });
});

it("gives no variable and no secret the name of another's", () => {
  const service = (more: object) => ({ image: "shop/web:1.0.0", cpu: 256, memory: 512, ...more });
  const secrets = { KEY: { generate: { length: 40 } } };
  expect(
    problemsIn({
      name: "shop",
      region: "us-east-1",
      network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
      services: {
        web: service({ sidecars: { nginx: { image: "shop/nginx:1", secrets } } }),
        "web-nginx": service({ secrets }),
      },
    }).map(({ path, remedy }) => `${path}: ${remedy}`),
  ).toEqual([
    'services.web-nginx: Choose another key: in Terraform, the tag of the image of "web-nginx" would be called ' +
      '"web_nginx_image_tag", as the tag of the image of "nginx" is.',
    'services.web-nginx.secrets.KEY: Choose another key: in Terraform, KEY of "web-nginx" would be called "web_nginx_key", as KEY of ' +
      '"nginx" is.',
  ]);
});

it("takes texts of containers as they stand, and no other of a sidecar's", () => {
  const text = "${HOME} %{x}";
  expect(
    within({
      a: {
        image: nginx.image,
        command: [text],
        entryPoint: [text],
        environment: { A: text },
        healthCheck: { command: text },
      },
    }),
  ).toEqual([]);
  expect(within({ a: { image: nginx.image, user: text } })).not.toEqual([]);
});

it("is reached from ECR alone where nothing else is reached", () => {
  const problems = problemsIn({
    name: "shop",
    region: "us-east-1",
    network: {
      cidr: "10.0.0.0/16",
      availabilityZones: ["us-east-1a", "us-east-1b"],
      natGateways: "none",
      vpcEndpoints: ["ecr.api", "ecr.dkr", "logs"],
    },
    services: {
      worker: {
        image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:1",
        cpu: 256,
        memory: 512,
        sidecars: {
          helper: {
            image: "shop/helper:1",
            secrets: { KEY: { generate: { length: 40 } }, MAIL: { ssmParameter: "/mail" } },
          },
        },
      },
    },
  });
  expect(problems.map(({ path, remedy }) => `${path}: ${remedy}`)).toEqual([
    "network.vpcEndpoints: Add secretsmanager, ssm: without NAT gateways, nothing else leads there. Or write true.",
    expect.stringMatching(/^services\.worker\.sidecars\.helper\.image: Give an image in ECR in us-east-1/),
  ]);
});

it("takes what services share, and is one that has it", () => {
  const shop = (sharedSecrets: object) =>
    problemsIn({
      name: "shop",
      region: "us-east-1",
      network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
      services: {
        worker: {
          image: "shop/web:1.0.0",
          cpu: 256,
          memory: 512,
          sidecars: { helper: { image: nginx.image, secrets: { KEY: { shared: "mark" } } } },
        },
      },
      sharedSecrets,
    }).map(({ path, remedy }) => `${path}: ${remedy}`);
  expect(shop({ mark: { generate: { length: 40 } } })).toEqual([]);
  expect(shop({})).toEqual([
    'services.worker.sidecars.helper.secrets.KEY.shared: Add it to "sharedSecrets", or name one that is there: none.',
  ]);
});
