// Seven projects: unit tests need nothing but Node, whatever environments there are, and start no process; build runs the build
// tool and what it builds, each as a process; samples holds the environments that this repository ships to their documents;
// package installs this project into another one; consumers runs the tools that take the output over (npm run test:consumers); e2e tests need Terraform, Python and moto; django runs the Django example in
// containers, as root (npm run test:django).
const shared = {
  rootDir: __dirname,
  testEnvironment: "node",
  transform: {
    "\\.[cm]?[jt]s$": [
      "@swc/jest",
      { jsc: { target: "es2023", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/lib", "<rootDir>/.build", "<rootDir>/cdktf.out"],
};

/** Suites of one worker share what they load. */
const inOneWorker = {
  ...shared,
  runtime: "<rootDir>/__tests__/support/shared-modules-runtime.js",
  testEnvironment: "<rootDir>/__tests__/support/shared-environment.js",
  setupFiles: ["<rootDir>/__tests__/support/token-stacks.ts"],
};

module.exports = {
  testSequencer: "<rootDir>/__tests__/support/longest-first.js",
  projects: [
    {
      ...inOneWorker,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: [
        "/node_modules/",
        "/__tests__/build/",
        "/__tests__/consumers/",
        "/__tests__/django/",
        "/__tests__/e2e/",
        "/__tests__/package/",
        "/__tests__/samples/",
      ],
    },
    {
      ...inOneWorker,
      displayName: "build",
      testMatch: ["<rootDir>/__tests__/build/**/*.test.ts"],
    },
    {
      ...shared,
      displayName: "samples",
      testMatch: ["<rootDir>/__tests__/samples/**/*.test.ts"],
      // The example, as if this project were installed beside it.
      moduleNameMapper: {
        "^django-on-aws-cdktf$": "<rootDir>/src/index.ts",
        "^django-on-aws-cdktf/environment$": "<rootDir>/src/environment.ts",
      },
    },
    {
      ...shared,
      displayName: "package",
      testMatch: ["<rootDir>/__tests__/package/**/*.test.ts"],
    },
    {
      ...shared,
      displayName: "e2e",
      testMatch: ["<rootDir>/__tests__/e2e/**/*.test.ts"],
      // get-port is an ES module throughout, which jest does not load as it is.
      transformIgnorePatterns: ["/node_modules/(?!get-port/)"],
    },
    {
      ...shared,
      displayName: "consumers",
      testMatch: ["<rootDir>/__tests__/consumers/**/*.test.ts"],
      transformIgnorePatterns: ["/node_modules/(?!get-port/)"],
    },
    {
      ...shared,
      displayName: "django",
      testMatch: ["<rootDir>/__tests__/django/**/*.test.ts"],
      transformIgnorePatterns: ["/node_modules/(?!get-port/)"],
    },
  ],
};
