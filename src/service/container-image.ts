// The image of a container, with its tag as a Terraform variable: a pipeline deploys a release without editing the code.
import { conditional, Fn, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { imageTagVariable, parseImage } from "../schema/image";

/** A tag or a digest, as the OCI distribution specification writes them. */
const VERSION = "^(sha256:[0-9a-f]{64}|[0-9A-Za-z_][0-9A-Za-z_.-]{0,127})$";

export interface ContainerImageProps {
  /** The container's key, `web` or `web-nginx`; the variable is `<key>_image_tag`, hyphens turned into underscores. */
  readonly key: string;
  /** What runs it: `the service web`. */
  readonly who: string;
  /** `repository:tag` or `repository@sha256:...`: the variable's default. */
  readonly image: string;
}

export class ContainerImage extends Construct {
  /** What ECS pulls. */
  readonly uri: string;
  /** The image without its tag. */
  readonly repository: string;

  /** Throws on an image without tag or digest, which a checked environment does not have. */
  constructor(scope: Construct, id: string, { key, who, image }: ContainerImageProps) {
    super(scope, id);
    const reference = parseImage(image);
    if (!reference) {
      throw new Error(`${this.node.path}: the image "${image}" has neither a tag nor a digest.`);
    }
    const { repository, version } = reference;
    const name = imageTagVariable(key);
    const variable = new TerraformVariable(this, `tag:${name}`, {
      type: "string",
      default: version,
      nullable: false,
      description: `Tag of ${repository} that ${who} runs, or a digest that begins with sha256:`,
    });
    variable.addValidation({
      condition: Fn.can(Fn.regex(VERSION, variable.stringValue)),
      errorMessage: "Give a tag such as 1.0.0, or a digest: sha256: and 64 hexadecimal digits.",
    });
    variable.addValidation({
      condition: `\${var.${name} != "latest"}`,
      errorMessage: 'Give a tag that does not move: what "latest" means can change between two tasks.',
    });

    const separator = conditional(Fn.startswith(variable.stringValue, "sha256:"), "@", ":");
    this.uri = `${repository}${separator}${variable.stringValue}`;
    this.repository = repository;
  }
}
