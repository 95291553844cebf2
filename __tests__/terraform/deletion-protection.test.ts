// The one switch that must be thrown before production can be taken down.
import { DeletionProtection } from "../../src/terraform/deletion-protection";
import { synthScope } from "../support/synth-scope";

describe("DeletionProtection", () => {
  it.each([true, false])("is a Terraform variable that is %s by default", (enabled) => {
    const config = JSON.parse(
      synthScope((scope) => {
        new DeletionProtection(scope, "protection", { enabled, of: "the crown jewels" });
      }),
    );
    expect(config.variable).toEqual({
      deletion_protection: {
        type: "bool",
        default: enabled,
        nullable: false,
        description: "Keeps the crown jewels from being deleted; apply with false before a destroy",
      },
    });
  });
});
