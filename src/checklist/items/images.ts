// Items on what the containers are made of: who runs in them, what is in them, and who looks for holes in it.
import { imageFields } from "../../model/containers";
import { finding, type SynthesizedPlatform } from "../../policies/policy";
import { containersOf } from "../../policies/reading/containers";
import type { Resource } from "../../policies/reading/resources";
import { isTrue, nested } from "../../policies/reading/values";
import { asText } from "../../reachability/terraform-config";
import { notMet, place, unique } from "../answers";
import type { Item } from "../item";

/** The containers of all task definitions, with what is asked of them; `undefined` where they cannot be read. */
function containers({ resources }: SynthesizedPlatform) {
  return resources.of("aws_ecs_task_definition").flatMap((definition) => {
    const bodies = containersOf(definition);
    return bodies === undefined
      ? [{ definition, user: undefined, image: undefined }]
      : bodies.map(({ user, image }) => ({ definition, user: asText(user), image: asText(image) }));
  });
}

function places(found: readonly { readonly definition: Resource }[]): string[] {
  return unique(found.map(({ definition }) => place(definition)));
}

const nonRoot: Item = {
  id: "non-root",
  title: "No container runs as root",
  group: "required",
  why: "A hole in the application is then a hole in everything that the container can reach as root.",
  answer: (platform) => {
    const all = containers(platform);
    // `user`, `user:group`, by name or number: "user" in the ECS API's ContainerDefinition.
    const asRoot = all.filter(({ user }) => user !== undefined && /^(root|0+)(:|$)/.test(user));
    if (asRoot.length > 0) {
      return notMet(
        asRoot.map(({ definition }) => finding(definition, "A container's user is root")),
        "Name another user, in the image or in the container definition.",
      );
    }
    const open = all.filter(({ user }) => user === undefined || user === "" || user.includes("${"));
    return open.length > 0
      ? {
          state: "confirm",
          where: places(open),
          detail:
            "The image decides: confirm that each has a USER, by docker image inspect --format '{{.Config.User}}' <image>; " +
            "docs/django-settings.md has a Dockerfile.",
        }
      : {
          state: "met",
          where: places(all),
          detail: "Every container definition names a user other than root.",
        };
  },
};

const minimalImage: Item = {
  id: "minimal-image",
  title: "Images hold what the application needs, and no more",
  group: "nice to have",
  why: "Each compiler, shell and library that is there is a tool for an intruder, and one more to patch.",
  answer: ({ environment }) => ({
    state: "confirm",
    where: imageFields(environment),
    detail:
      "Look at the Dockerfile: a slim or distroless base, a second stage without compilers, a .dockerignore that keeps out " +
      ".git and .env; docker history and docker image ls show what makes an image large.",
  }),
};

/** An image's repository in ECR, without registry, tag and digest; `undefined` where it is not in ECR. */
function repositoryOf(image: string | undefined): string | undefined {
  return /^\d{12}\.dkr\.ecr\.[\w-]+\.amazonaws\.com\/([^:@]+)/.exec(image ?? "")?.[1];
}

const imageScanning: Item = {
  id: "image-scanning",
  title: "Images are scanned for known holes",
  group: "nice to have",
  why: "Holes are found in libraries after an image was built, and published for everybody to try.",
  answer: (platform) => {
    const repositories = platform.resources.of("aws_ecr_repository");
    const scans = ({ body }: Resource) =>
      nested(body, "image_scanning_configuration").some(({ scan_on_push: scan }) => isTrue(scan));
    const unscanned = repositories.filter((repository) => !scans(repository));
    if (unscanned.length > 0) {
      return notMet(
        unscanned.map((repository) => finding(repository, "It does not scan what is pushed")),
        "Set scan_on_push to true.",
      );
    }
    const names = repositories.map(({ body }) => asText(body.name));
    const elsewhere = containers(platform).filter(({ image }) => {
      const repository = repositoryOf(image);
      return repository === undefined || !names.includes(repository);
    });
    return elsewhere.length > 0
      ? {
          state: "confirm",
          where: places(elsewhere),
          detail:
            "Their images are in no repository of this environment (registry.repositories): confirm that somebody scans them, " +
            "and reads what comes out.",
        }
      : {
          state: "met",
          where: repositories.map(place),
          detail: "ECR scans what is pushed; aws ecr describe-image-scan-findings says what it found.",
        };
  },
};

export const requiredImageItems: readonly Item[] = [nonRoot];
export const furtherImageItems: readonly Item[] = [minimalImage, imageScanning];
