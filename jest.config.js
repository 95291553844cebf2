// Two projects: unit tests need nothing but Node; e2e tests need Terraform, Python and moto.
const shared = {
  rootDir: __dirname,
  testEnvironment: "node",
  transform: {
    "\\.[cm]?[jt]s$": [
      "@swc/jest",
      { jsc: { target: "es2023", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/dist-tests", "<rootDir>/cdktf.out"],
};

module.exports = {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "/__tests__/e2e/"],
      // Only packages that are ES modules throughout need transforming.
      transformIgnorePatterns: ["/node_modules/"],
    },
    {
      ...shared,
      displayName: "e2e",
      testMatch: ["<rootDir>/__tests__/e2e/**/*.test.ts"],
      transformIgnorePatterns: [
        "/node_modules/(?!(execa|get-port|@sindresorhus|figures|is-plain-obj|is-unicode-supported|npm-run-path|path-key|pretty-ms|parse-ms|strip-final-newline|unicorn-magic|yoctocolors|human-signals|is-stream|get-stream)/)",
      ],
    },
  ],
};
