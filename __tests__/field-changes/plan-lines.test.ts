// A plan as lines: what changes, by argument; not what merely looks another.
import { planLines } from "./plan-lines";

const change = (
  address: string,
  actions: readonly string[],
  before: object,
  after: object,
  more: object = {},
) => ({
  address,
  mode: "managed",
  change: { actions, before, after, ...more },
});

const lines = (...changes: readonly object[]) => planLines(JSON.stringify({ resource_changes: changes }));

it("has a line for each argument that changes", () => {
  expect(
    lines(
      change("aws_lb.a", ["update"], { idle_timeout: 60, name: "a" }, { idle_timeout: 120, name: "a" }),
      change("aws_sqs_queue.b", ["create"], {}, {}),
      change(
        "aws_db_instance.c",
        ["delete", "create"],
        {},
        {},
        { replace_paths: [["db_name"], ["kms_key_id"]] },
      ),
      change("aws_vpc.main", ["no-op"], {}, {}),
    ),
  ).toEqual([
    "create aws_sqs_queue.b",
    "delete, create aws_db_instance.c: db_name",
    "delete, create aws_db_instance.c: kms_key_id",
    "update aws_lb.a: idle_timeout",
  ]);
});

it("leaves out other ways of writing nothing, the tags of a stack, and texts of alarms", () => {
  expect(
    lines(
      change("aws_lb.a", ["update"], { tags_all: {} }, { tags_all: { Team: "two" } }),
      change(
        "aws_cloudwatch_metric_alarm.a",
        ["update"],
        { alarm_description: "1" },
        { alarm_description: "2" },
      ),
      change(
        "aws_cloudwatch_metric_alarm.b",
        ["update"],
        { metric_query: [{ period: null }] },
        { metric_query: [{ period: 0 }] },
      ),
      change("aws_vpc.main", ["update"], { tags_all: {} }, { tags_all: { Team: "two" } }),
    ),
  ).toEqual(["update aws_vpc.main: tags_all"]);
});
