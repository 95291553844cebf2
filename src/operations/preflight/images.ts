// The checks on container images: whether what is to run is there to be pulled.
import { DescribeImagesCommand, ECRClient, type ImageIdentifier } from "@aws-sdk/client-ecr";
import { needsProbe, PROBE_IMAGE } from "../../model/connectivity";
import { containersOf } from "../../model/containers";
import type { Environment } from "../../model/environment";
import { imageTagVariable, parseEcrRepository, parseImage } from "../../schema/image";
import type { Service } from "../../schema/service";
import { AwsFailure } from "../aws/failure";
import type { AwsSession } from "../aws/session";
import { type Finding, failed, type PlannedCheck, passed, skipped } from "./planned-check";

/** An image in ECR. */
interface EcrImage {
  readonly account: string;
  readonly region: string;
  /** The repository's name within its registry. */
  readonly repository: string;
  /** A tag, or a digest that begins with `sha256:`. */
  readonly version: string;
}

/** What runs an image: a container of a service's, or a task of the platform's own. */
interface Runner extends Pick<Service, "image"> {
  readonly imageCredentials?: Service["imageCredentials"];
  readonly key: string;
  /** What comes of it where nothing but ECR can be reached. Default: the environment is refused then. */
  readonly withoutInternet?: string;
  /** The variable by which a pipeline gives another tag. Default: none. */
  readonly variable?: string;
}

/**
 * Whether the images of each service's containers, and those of the platform's own tasks, are in ECR, where they are to come from there.
 * @param variables the process's environment variables: a pipeline gives the tag in `TF_VAR_<service>_image_tag`, of a sidecar in `TF_VAR_<service>_<sidecar>_image_tag`
 */
export function imageChecks(
  { services, database, network }: Pick<Environment, "services" | "database" | "network">,
  variables: Readonly<Record<string, string | undefined>>,
): PlannedCheck[] {
  const runners: Runner[] = [
    ...Object.entries(services).flatMap(([service, own]) =>
      containersOf(service, own).map(({ key, said: { image, imageCredentials } }) => ({
        key,
        image,
        imageCredentials,
        variable: `TF_VAR_${imageTagVariable(key)}`,
      })),
    ),
    ...(database?.applicationUser ? [{ key: "database-user", image: database.applicationUser.image }] : []),
    ...(needsProbe(services)
      ? [
          {
            key: "connectivity",
            image: PROBE_IMAGE,
            withoutInternet: "verify will not be able to check a connection without a checkCommand",
          },
        ]
      : []),
  ];
  const isClosed = network.natGateways === "none" && network.vpcEndpoints !== false;
  return runners.map(({ key, image, imageCredentials, variable = "", withoutInternet }): PlannedCheck => {
    const named = { id: `image:${key}`, title: `The image of ${key} is in ECR` };
    const { repository = "", version = "" } = parseImage(image) ?? {};
    const ecr = parseEcrRepository(repository);
    if (ecr === undefined && withoutInternet !== undefined && isClosed) {
      return {
        ...named,
        find: () => skipped(`${image} is not in ECR, the one registry that is reached: ${withoutInternet}.`),
      };
    }
    if (ecr === undefined) {
      return { ...named, find: () => skipped(notLookedUp(image, imageCredentials)) };
    }
    const { account, region, name } = ecr;
    const wanted = { account, region, repository: name, version: variables[variable] || version };
    return { ...named, ask: (aws) => findImage(aws, wanted) };
  });
}

function notLookedUp(image: string, credentials: Service["imageCredentials"]): string {
  const login =
    credentials === undefined
      ? "ECS pulls it without credentials, so it has to be public: a private registry wants imageCredentials"
      : `ECS logs in with ${credentials.secretsManager}`;
  return `Not an ECR image: ${image} is not looked up. ${login}.`;
}

async function findImage(
  aws: AwsSession,
  { account, region, repository, version }: EcrImage,
): Promise<Finding> {
  const imageId: ImageIdentifier = version.startsWith("sha256:")
    ? { imageDigest: version }
    : { imageTag: version };
  const where = `repository ${repository} of account ${account} in ${region}`;
  try {
    await aws
      .client(ECRClient, region)
      .send(
        new DescribeImagesCommand({ registryId: account, repositoryName: repository, imageIds: [imageId] }),
      );
    return passed(`${version} is in the ${where}.`);
  } catch (error) {
    const { name }: { name?: unknown } = Object(error);
    if (name === "RepositoryNotFoundException") {
      return failed(`There is no ${where}: create it and push ${version}, or correct the image's name.`);
    }
    if (name === "ImageNotFoundException") {
      return failed(`${version} is not in the ${where}: push it, or correct the tag.`);
    }
    if (error instanceof AwsFailure && error.kind === "not-allowed" && account !== aws.accountId) {
      return skipped(
        `The registry belongs to account ${account}, which does not let these credentials look (${error.iamAction}).`,
      );
    }
    throw error;
  }
}
