import { zonedText } from '@context-sdk/oauth-core/client-kit';

/** What a handle names: an item of a service. */
export interface Target {
  kind: 'task' | 'event' | 'thread' | 'draft' | 'plan';
  id: string;
  /** The project of a task, the calendar of an event. */
  within?: string | undefined;
}

/** How a text view shows items. */
export interface TextOptions {
  /** IANA time zone that times are shown in. */
  timeZone: string;
  /** Items that are shown; the others are counted. Default: 60. */
  maxItems?: number | undefined;
  /** Shows notes, places and people, too, at about five times the length. Default: false. */
  detail?: boolean | undefined;
  /** A short name for an item. Default: none is shown. */
  handleOf?: ((target: Target) => string) | undefined;
}

/** {@link TextOptions} with their defaults. */
export interface View {
  timeZone: string;
  maxItems: number;
  detail: boolean;
  handleOf: (target: Target) => string;
}

/** The options with their defaults. */
export function viewOf({ timeZone, maxItems, detail, handleOf }: TextOptions): View {
  return { timeZone, maxItems: maxItems ?? 60, detail: detail ?? false, handleOf: handleOf ?? (() => '') };
}

/** `09:15`, as the zone's clocks show an instant. */
export function clockTime(instant: Date, timeZone: string): string {
  return zonedText(instant.getTime(), timeZone).slice(11, 16);
}

/** `2026-11-30 09:15`. */
export function dayAndTime(instant: Date, timeZone: string): string {
  return zonedText(instant.getTime(), timeZone).slice(0, 16).replace('T', ' ');
}

/** All lines that fit, and how many items are left. */
export function withTotal(lines: readonly string[], total: number, { maxItems }: View): string {
  if (total === 0) return 'None.';
  const more = total - maxItems;
  return [...lines, ...(more > 0 ? [`${more} more of ${total}`] : [])].join('\n');
}
