// Stands in for every file of src/environments in unit tests, which must pass whatever files there are.
throw new Error(
  "A unit test loads a file of src/environments: take the system from __tests__/support/systems.ts.",
);
