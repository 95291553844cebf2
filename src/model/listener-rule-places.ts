// Which places the rules of a listener have where the priorities that an environment gives leave too little room.
import { LAST_LISTENER_RULE } from "../schema/limits";

/** A rule that stands in one or more parts. */
export interface Wanted {
  /** The place that its first part is to have. */
  readonly priority: number;
  /** How many places it takes, at least one. */
  readonly parts: number;
}

/**
 * The places of each rule's parts. The order of the rules holds, and the first part has the place that it is to have wherever
 * there is room for the others: after it, or else before it. What is in the way goes up, and what stands beyond the end down.
 * @param rules by their priorities, lowest first
 * @param last the last place that there is
 */
export function placed(rules: readonly Wanted[], last: number): number[][] {
  // What has to leave the end goes halfway down, where nothing that grows will want its place.
  const kept = rules.filter(({ priority }) => priority <= last).length;
  const from = rules[kept - 1]?.priority ?? 0;
  const step = (LAST_LISTENER_RULE - from) / (rules.length - kept + 1);
  const wanted = rules.map(({ priority }, index) =>
    index < kept ? priority : from + Math.floor(step * (index - kept + 1)),
  );
  let used = 0;
  const places = rules.map(({ parts }, index) => {
    const own = Math.max(wanted[index] ?? last, used + 1);
    const further = parts - 1;
    const after = Math.min(further, Math.max((wanted[index + 1] ?? last + 1) - own - 1, 0));
    const before = Math.min(further - after, own - used - 1);
    const start = own - before;
    used = start + parts - 1;
    return { start, parts, before };
  });
  const all = withinEnd(
    places.flatMap(({ start, parts }) => Array.from({ length: parts }, (_, index) => start + index)),
    last,
  );
  return places.map(({ parts, before }) => {
    const these = all.splice(0, parts);
    // By their numbers: one more part changes no other's place.
    return [...these.slice(before), ...these.slice(0, before).reverse()];
  });
}

/** Ascending numbers, those beyond the end, and whatever is then in the way, moved down. */
function withinEnd(numbers: readonly number[], last: number): number[] {
  let end = last;
  return numbers
    .toReversed()
    .map((number) => {
      const place = Math.min(number, end);
      end = place - 1;
      return place;
    })
    .reverse();
}
