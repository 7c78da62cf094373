import type { Span } from '../time/span.ts';

/** The same time as spans in order that neither overlap nor touch; empty ones are gone. */
export function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  const inOrder = spans.filter(({ start, end }) => end > start).toSorted((a, b) => a.start - b.start);
  for (const { start, end } of inOrder) {
    const last = result.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** What is left of merged spans without the holes, which are merged too. */
export function without(spans: readonly Span[], holes: readonly Span[]): Span[] {
  const rest: Span[] = [];
  let next = 0;
  for (const { start, end } of spans) {
    let from = start;
    while ((holes[next]?.end ?? Infinity) <= start) next += 1;
    for (let index = next; (holes[index]?.start ?? Infinity) < end; index += 1) {
      const hole = holes[index] as Span;
      if (hole.start > from) rest.push({ start: from, end: hole.start });
      from = hole.end;
    }
    if (from < end) rest.push({ start: from, end });
  }
  return rest;
}

/** The time that is in both; empty where there is none. */
export function overlap(one: Span, other: Span): Span {
  return { start: Math.max(one.start, other.start), end: Math.min(one.end, other.end) };
}
