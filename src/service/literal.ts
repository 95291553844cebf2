// Escapes text from an environment file, so that it reaches the container as it stands: cdktf's jsonencode escapes part of
// it.

/**
 * Escapes what Terraform would read in a string inside `jsonencode(...)`: quotes, backslashes, carriage returns and
 * `%{`. cdktf itself escapes `${` and line feeds. Tokens stay as they are.
 */
export function literal(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\r", "\\r").replaceAll("%{", "%%{");
}
