import { invalidInput } from '../../utils/input-checks.ts';
import { eventLine } from '../text/event-text.ts';
import { line } from '../text/line.ts';
import { viewOf } from '../text/view.ts';
import { type WriteDefinition, writeTool } from './definition.ts';

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
    if (!event.attendees?.some(({ self }) => self))
      throw invalidInput('event', 'is not an invitation to the user');
    const { organizer } = event;
    const note = comment === null ? '' : line`with the note “${comment}”`;
    const about = line`${VERBS[response]} ${eventLine(event, calendarId, viewOf({ timeZone: tool.timeZone }))}`;
    const description = line`${about}, and tell ${organizer?.displayName} <${organizer?.email}> ${note}`;
    return { provider: 'google', arguments: { id, calendarId, response, comment }, description };
  },
  async perform(tool, { id, calendarId, response, comment }) {
    const options = { ...tool.call, calendarId, ...(comment !== null && { comment }) };
    const event = await tool.user.calendar.events.respond(id, response, options);
    const undo = { kind: 'none', reason: 'The organizer was told: respond again instead.' } as const;
    return { text: line`Responded ${response} to “${event.summary}”`, undo };
  },
});
