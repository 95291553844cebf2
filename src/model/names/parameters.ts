// Names in Parameter Store: what the outputs of the stack django are called, and what an ARN says of a parameter.

/** The path under which an environment's outputs are, so that those that share a prefix share no parameter. */
export function outputsPath(prefix: string, base: string): string {
  return `${prefix}/${base}`;
}

/** An output, or what one has under a key. @param path see `outputsPath` */
export function outputParameter(path: string, output: string, key?: string): string {
  return [path, output, ...(key === undefined ? [] : [key])].join("/");
}

/** A parameter behind the account of its ARN: a slash before its name is the one that stands there anyway. */
export function parameterResource(name: string): string {
  return `parameter/${name.replace(/^\//, "")}`;
}
