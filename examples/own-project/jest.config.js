// The tests run as tsc has compiled them.
module.exports = { testMatch: ["<rootDir>/dist/__tests__/**/*.test.js"] };
