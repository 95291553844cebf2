// The check on the database's version: whether RDS would take the step from what runs to what is declared.
import type { Environment } from "../../model/environment";
import { databaseNamed } from "../live/named";
import { judgeVersion } from "./database-judgement";
import { type PlannedCheck, skipped } from "./planned-check";

export function databaseVersionCheck({ database, names }: Environment): PlannedCheck {
  const named = { id: "database-version", title: "RDS takes the database's version" };
  return database === undefined
    ? { ...named, find: () => skipped("The environment has no database.") }
    : {
        ...named,
        ask: async (aws) => judgeVersion((await databaseNamed(aws, names.database))?.EngineVersion, database),
      };
}
