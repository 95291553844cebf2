// Certificates that nobody vouches for, for servers of the tests' own.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Writes a key and a self-signed certificate for these domains, in PEM, good for two days. */
export async function makeCertificate(
  { key, certificate }: { readonly key: string; readonly certificate: string },
  domains: readonly [string, ...string[]],
): Promise<void> {
  const names = domains.map((domain) => `DNS:${domain}`).join(",");
  const subject = ["-subj", `/CN=${domains[0]}`, "-addext", `subjectAltName=${names}`];
  const algorithm = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const args = ["req", "-x509", ...algorithm, "-keyout", key, "-out", certificate, "-days", "2", ...subject];
  await promisify(execFile)("openssl", args);
}
