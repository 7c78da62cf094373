import type { AgendaItem } from './agenda.ts';

function compare(one: AgendaItem, other: AgendaItem): number {
  if (one.day !== other.day) return one.day < other.day ? -1 : 1;
  if (one.allDay !== other.allDay) return one.allDay ? -1 : 1;
  const apart = (one.start?.getTime() ?? 0) - (other.start?.getTime() ?? 0);
  return apart || one.title.localeCompare(other.title);
}

export function inOrder(items: readonly AgendaItem[]): AgendaItem[] {
  return items.toSorted(compare);
}
