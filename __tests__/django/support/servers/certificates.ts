// Certificates for the servers of one run, by authorities that nobody else trusts.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Paths of a certificate and of its key, both PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

function openssl(...args: readonly string[]): void {
  execFileSync("openssl", [...args], { stdio: ["ignore", "ignore", "pipe"] });
}

const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];

/** An authority of its own. */
export function createAuthority(folder: string, name: string): Certificate {
  const certificate = join(folder, `${name}.pem`);
  const key = join(folder, `${name}.key`);
  const purpose = [
    "-addext",
    "basicConstraints=critical,CA:TRUE",
    "-addext",
    "keyUsage=critical,keyCertSign",
  ];
  openssl("req", "-x509", ...KEY, "-subj", `/CN=${name}`, ...purpose, "-keyout", key, "-out", certificate);
  return { certificate, key };
}

/** A server's certificate for these names. */
export function createCertificate(
  folder: string,
  name: string,
  authority: Certificate,
  names: readonly string[],
): Certificate {
  const path = (ending: string) => join(folder, `${name}.${ending}`);
  const extensions = [
    `subjectAltName=${names.map((one) => `DNS:${one}`).join(",")}`,
    "authorityKeyIdentifier=keyid",
    "extendedKeyUsage=serverAuth",
  ];
  writeFileSync(path("extensions"), extensions.join("\n"));
  const request = KEY.filter((_word, at) => at < KEY.length - 2);
  openssl("req", ...request, "-subj", `/CN=${name}`, "-keyout", path("key"), "-out", path("csr"));
  const signed = ["-CA", authority.certificate, "-CAkey", authority.key, "-CAcreateserial", "-days", "2"];
  openssl("x509", "-req", "-in", path("csr"), ...signed, "-extfile", path("extensions"), "-out", path("pem"));
  return { certificate: path("pem"), key: path("key") };
}
