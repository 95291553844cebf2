// An item that nobody has taught to read an account says so, and is judged by no other item's reading.
import type { Item } from "../../../src/checklist/item";
import { modelOf } from "../../../src/model/model";
import { judgeAccount } from "../../../src/operations/checklist/live-checklist";
import lightwave from "../../systems/lightwave-prod";
import { nothingRead } from "./nothing-read";

jest.mock("../../../src/checklist/checklist", () => {
  const actual = jest.requireActual("../../../src/checklist/checklist");
  const item: Item = {
    id: "chaos-drill",
    title: "Somebody has pulled a plug",
    group: "nice to have",
    why: "What nobody has tried, nobody knows.",
    answer: () => ({ state: "met", where: [], detail: "Never asked of an account." }),
  };
  return { ...actual, ITEMS: [...actual.ITEMS, item] };
});

const items = judgeAccount({ name: "lightwave-prod", model: modelOf(lightwave) }, nothingRead, {});

it("has to be confirmed, and says that the account is not asked", () => {
  expect(items.find(({ id }) => id === "chaos-drill")).toMatchObject({
    state: "confirm",
    where: [],
    detail: "The account is not asked about this: see the checklist without --live.",
  });
});

it("speaks of firewalls only where the item is the firewall's", () => {
  const ids = items.filter(({ detail }) => /get-web-acl-for-resource/.test(detail)).map(({ id }) => id);
  expect(ids.sort()).toEqual(["rate-limiting", "waf"]);
});

it("is the way of every item while nothing was read: none is met", () => {
  expect(items.filter(({ state }) => state !== "confirm").map(({ id }) => id)).toEqual([]);
});
