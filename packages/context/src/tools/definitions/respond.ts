import type { CalendarEvent } from '@context-sdk/google-workspace';
import { ConflictError } from '@context-sdk/oauth-core';
import { invalidInput } from '../../utils/input-checks.ts';
import { eventLine, isEventByOthers } from '../text/event-text.ts';
import { line } from '../text/line.ts';
import { quoted } from '../text/quoted.ts';
import { personText } from '../text/thread-text.ts';
import { viewOf } from '../text/view.ts';
import { type ToolCall, type WriteDefinition, writeTool } from './definition.ts';

const VERBS = { accepted: 'Accept', declined: 'Decline', tentative: 'Answer “maybe” to' } as const;

/** Answers an invitation. The organizer is told. */
export const RESPOND: WriteDefinition = writeTool({
  name: 'respond_to_invitation',
  title: 'Respond to an invitation',
  description: 'Accepts or declines an invitation; the organizer is told.',
  effect: 'outbound',
  providers: ['google'],
  isIdempotent: true,
  async prepare(tool, { event: handle, response, comment }) {
    const { id, within: calendarId = 'primary' } = await tool.handles.find(handle, 'event', 'event');
    const event = await tool.user.calendar.events.get(id, { ...tool.call, calendarId });
    if (event.status === 'cancelled') throw invalidInput('event', 'was canceled');
    if (!Array.isArray(event.attendees) || !event.attendees.some((guest) => guest?.self === true))
      throw invalidInput('event', 'is not an invitation to the user');
    const shown = shownEvent(event, calendarId, tool);
    const note = comment === null ? '' : ` with the note ${quoted(comment, 500)}`;
    const description = `${VERBS[response]} ${shown}${note}`;
    return {
      provider: 'google',
      arguments: { id, calendarId, response, comment, shown },
      description,
      isByOthers: isEventByOthers(event),
    };
  },
  async perform(tool, { id, calendarId, response, comment, shown }) {
    const now = await tool.user.calendar.events.get(id, { ...tool.call, calendarId });
    if (shownEvent(now, calendarId, tool) !== shown) {
      throw new ConflictError('The event was changed after it was shown.', { service: 'google-calendar' });
    }
    const options = { ...tool.call, calendarId, ...(comment !== null && { comment }) };
    const event = await tool.user.calendar.events.respond(id, response, options);
    const undo = { kind: 'none', reason: 'The organizer was told: respond again instead.' } as const;
    return { text: line`Responded ${response} to “${event.summary}”`, undo };
  },
});

/** When and what it is, and who is told: what a person approves. */
function shownEvent(event: CalendarEvent, calendarId: string, { timeZone }: ToolCall): string {
  const { organizer, summary } = event;
  const when = eventLine({ ...event, summary: '', attendees: [] }, calendarId, viewOf({ timeZone }));
  const who = personText({ name: organizer?.displayName, address: organizer?.email });
  return `${line`${when} ${quoted(summary, 120)}`}, and tell ${who}`;
}
