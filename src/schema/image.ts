// A container image reference, taken apart: the tag becomes a Terraform variable, and moving tags are refused.

/** A container image reference that names one fixed image. */
export interface ImageReference {
  /** Registry and repository, without tag or digest. */
  readonly repository: string;
  /** The tag, or a digest such as `sha256:...`. */
  readonly version: string;
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const TAG = /^\w[\w.-]{0,127}$/;
const REPOSITORY = /^[a-zA-Z0-9][a-zA-Z0-9._-]*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/;

/** Takes `repository:tag` or `repository@sha256:...` apart; `undefined` if it is neither. */
export function parseImage(image: string): ImageReference | undefined {
  const at = image.indexOf("@");
  const colon = image.lastIndexOf(":");
  const cut = at >= 0 ? at : colon > image.lastIndexOf("/") ? colon : -1;
  if (cut < 0) {
    return undefined;
  }
  const [repository, version] = [image.slice(0, cut), image.slice(cut + 1)];
  const pattern = at >= 0 ? DIGEST : TAG;
  return REPOSITORY.test(repository) && pattern.test(version) ? { repository, version } : undefined;
}

/** The ECR repository's name and account that an image comes from; `undefined` for any other registry. */
export function parseEcrRepository(
  repository: string,
): { readonly account: string; readonly region: string; readonly name: string } | undefined {
  const match = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(.+)$/.exec(repository);
  const [, account, region, name] = match ?? [];
  return account && region && name ? { account, region, name } : undefined;
}

/** Whether an image is pulled from ECR. */
export function isEcrImage(image: string): boolean {
  const reference = parseImage(image);
  return reference !== undefined && parseEcrRepository(reference.repository) !== undefined;
}

/** The Terraform variable that holds the tag of a container's image. @param container its key: `web`, `web-nginx` */
export function imageTagVariable(container: string): string {
  return `${container.replaceAll("-", "_")}_image_tag`;
}
