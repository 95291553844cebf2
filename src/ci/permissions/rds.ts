// RDS: the database, its parameters and subnets, and the snapshot that stays after it.
import { namedAfter } from "../../model/names/data-stores";
import { actions, type Grant, type PermissionsOf } from "../grant";

export const rds: PermissionsOf = ({ environment, arn }) => {
  const { database, names } = environment;
  if (!database) {
    return undefined;
  }
  const managedSecret: Grant = {
    // RDS makes, tags and rotates its secret in the caller's name: "Password management with Amazon RDS and AWS Secrets
    // Manager", Amazon RDS user guide.
    sid: "ManagedPassword",
    access: "write",
    actions: actions("secretsmanager", ["CreateSecret", "RotateSecret", "TagResource"]),
    resources: [arn("secretsmanager", "secret:rds!db-*")],
    conditions: { Bool: { "aws:ViaAWSService": "true" } },
  };
  // RDS names its secrets itself; a tag of RDS's own says whose each is.
  const managed: Pick<Grant, "resources" | "conditions" | "boundaryConditions"> = {
    resources: [arn("secretsmanager", "secret:rds!db-*")],
    conditions: {
      StringEquals: { "aws:ResourceTag/aws:rds:primaryDBInstanceArn": arn("rds", `db:${names.database}`) },
    },
    boundaryConditions: {},
  };
  const rotation: readonly Grant[] = [
    {
      sid: "ReadRotation",
      access: "read",
      // As the AWS provider reads any secret.
      actions: actions("secretsmanager", ["DescribeSecret"]),
      ...managed,
    },
    {
      // When it rotates, that is: what a rotation makes of the password, only RDS knows.
      sid: "ScheduleRotation",
      access: "write",
      actions: actions("secretsmanager", ["CancelRotateSecret", "RotateSecret"]),
      ...managed,
    },
  ];
  const own = [
    `db:${names.database}`,
    `pg:${namedAfter(names.database)}`,
    `snapshot:${namedAfter(names.database)}`,
    `subgrp:${names.database}`,
    // Every instance has an option group; nothing here can change RDS's own.
    "og:default*",
  ].map((resource) => arn("rds", resource));
  return {
    grants: [
      { sid: "ReadDatabaseTags", access: "read", actions: ["rds:ListTagsForResource"], resources: own },
      {
        sid: "ReadDatabase",
        access: "read",
        actions: actions("rds", [
          "DescribeDBInstances",
          "DescribeDBParameterGroups",
          "DescribeDBParameters",
          "DescribeDBSubnetGroups",
          "DescribeEvents",
          // What preflight asks: in which zones a class is to be had.
          "DescribeOrderableDBInstanceOptions",
        ]),
        resources: ["*"],
      },
      {
        sid: "OwnDatabase",
        access: "write",
        actions: actions("rds", [
          "AddTagsToResource",
          "CreateDBInstance",
          "CreateDBParameterGroup",
          // The one that stays after a destroy.
          "CreateDBSnapshot",
          "CreateDBSubnetGroup",
          "DeleteDBInstance",
          "DeleteDBParameterGroup",
          "DeleteDBSubnetGroup",
          "ModifyDBInstance",
          "ModifyDBParameterGroup",
          "ModifyDBSubnetGroup",
          "RemoveTagsFromResource",
          "ResetDBParameterGroup",
        ]),
        resources: own,
      },
      ...(database.credentials === "rds-managed" ? [managedSecret, ...rotation] : []),
    ],
    // Whatever has just the database's name (itself, and its subnet group), and what is named after it.
    own: [arn("rds", `*:${names.database}`), arn("rds", `*:${namedAfter(names.database)}`), ...own],
  };
};
