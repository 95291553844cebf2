// The cache against the rest of the environment: in production, it has to outlive a zone.
import { type Check, problem } from "./check";

export const checkCache: Check = ({ cache, production, refused }) =>
  cache?.nodes === 1 && production === true && !refused("cache.nodes")
    ? [
        problem(
          "cache.nodes",
          1,
          "Give 2 or more: one node takes every session and every job with it when it fails. What is not production may have one: production: false.",
        ),
      ]
    : [];
