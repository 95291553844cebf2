// What the shop adds to the platform: resources in its stack, and a stack of its own beside it.
import type { Platform } from "django-on-aws-cdktf";
import { uploadsBucket } from "./declarations";
import { Search } from "./search";
import { StatusPageStack } from "./status-page";
import { Uploads } from "./uploads";

export function extend({ app, environment, django }: Platform): void {
  new Uploads(django, "uploads", {
    bucketName: uploadsBucket(environment.name),
    taskRoleName: django.service("web").taskRole.name,
    alarmTopicArn: django.monitoring?.topicArn,
    deletionProtection: environment.deletionProtection,
  });
  new Search(django, "search", {
    name: environment.name,
    subnetIds: django.network.dataSubnetIds,
    securityGroupId: django.groups.idOf("search"),
  });
  new StatusPageStack(app, "status-page", { environment });
}
