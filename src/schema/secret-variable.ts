// Which environment variables must not be plain ones: their values would stand in code, state and the ECS console.

/** Names that say "secret". DSN counts only as a word of its own: it stands inside of others. */
const SECRET_NAME = /SECRET|PASSWORD|PASSWD|TOKEN|PRIVATE_KEY|API_KEY|ACCESS_KEY|CREDENTIAL|(^|_)DSN(_|$)/i;

/** Names of URLs that hold a password where there is one. */
const URL_NAME = /(DATABASE|REDIS|CACHE|BROKER)_URL/i;

/** A URL of a host, a port and one part of a path, such as a database's number: no user, no parameters, no token. */
const OPEN_URL = /^[a-z][a-z0-9+.-]*:\/\/([^\s@?#/]*(\/[\w-]{0,32})?)$/i;

/** Where to read a secret is none: an attribute of Terraform with its ARN, or the ARN itself. */
const SECRET_ARN =
  /^(\$\{[\w.[\]-]+\.(secret_)?arn\}|arn:aws:(secretsmanager:[a-z0-9-]+:\d{12}:secret:|ssm:[a-z0-9-]+:\d{12}:parameter\/)[\w/+=.@-]+)$/;

/** Whether a variable's name says that its value is secret, and the value does not say otherwise. */
export function looksSecret(name: string, value: string): boolean {
  if (SECRET_NAME.test(name)) return !SECRET_ARN.test(value);
  return URL_NAME.test(name) && value !== "" && !OPEN_URL.test(value);
}
