// A platform of which an account has nothing.
import type { LivePlatform } from "../../../src/operations/verify/live-platform";

export const nothingRead: LivePlatform = {
  resources: {
    services: new Map(),
    database: undefined,
    cache: undefined,
    loadBalancer: undefined,
    fileSystems: new Map(),
    endpoints: [],
  },
  discovery: { vpc: { name: "lightwave-django-prod-vpc", ids: [], findings: [] }, groups: [] },
  groupIds: new Map(),
  groupNames: new Map(),
  rules: [],
  prefixLists: new Map(),
  networkAcls: [],
  subnets: [],
  listeners: [],
  targets: new Map(),
  databaseUser: undefined,
  cacheUser: undefined,
  unread: new Map(),
};
