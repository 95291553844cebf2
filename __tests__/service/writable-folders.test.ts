// Each writable folder needs a volume with a name that ECS takes and that no other folder has.
import fc from "fast-check";
import { writableFolders } from "../../src/service/writable-folders";

const withExec = (writablePaths: string[]) => writableFolders({ writablePaths, executeCommand: true });

describe("writableFolders", () => {
  it("adds what ECS Exec's agent writes to", () => {
    expect(withExec(["/tmp"])).toEqual([
      { path: "/tmp", volume: "tmp" },
      { path: "/var/lib/amazon", volume: "var-lib-amazon" },
      { path: "/var/log/amazon", volume: "var-log-amazon" },
    ]);
  });

  it("leaves that out where ECS Exec is off", () => {
    expect(writableFolders({ writablePaths: ["/tmp"], executeCommand: false })).toEqual([
      { path: "/tmp", volume: "tmp" },
    ]);
  });

  it("mounts a folder once, however often it is named", () => {
    expect(withExec(["/tmp", "/tmp", "/var/lib/amazon"]).map(({ path }) => path)).toEqual([
      "/tmp",
      "/var/lib/amazon",
      "/var/log/amazon",
    ]);
  });

  it("gives any two paths two names, in ECS's alphabet", () => {
    const path = fc.stringMatching(/^(\/[\x21-\x2e\x30-\x7e]{1,8}){1,3}$/);
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 8 }), (paths) => {
        const volumes = withExec(paths).map(({ volume }) => volume);
        expect(new Set(volumes).size).toBe(volumes.length);
        for (const volume of volumes) {
          expect(volume).toMatch(/^[A-Za-z0-9_-]+$/);
        }
      }),
    );
  });
});
