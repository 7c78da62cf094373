import type { CalendarEvent, GoogleCalendarClient } from '@context-sdk/google-workspace';
import type { CallOptions } from '@context-sdk/oauth-core';
import { changeBlock, linkedTitle, retitled } from '../../time-blocks/block-event.ts';
import { findBlock } from '../../time-blocks/find-blocks.ts';
import type { EventPlace } from '../../time-blocks/time-block.ts';
import { asText } from '../../utils/text.ts';
import { type Side, unwritable } from './side.ts';

/** What the side of a block works with. */
export interface BlockSideParts {
  calendar: GoogleCalendarClient;
  owner: string;
  call: CallOptions;
}

/** The id of a block's side. */
export function blockSideId({ calendarId, eventId }: EventPlace): string {
  return `${encodeURIComponent(calendarId)}/${eventId}`;
}

/** The side of a block, as it is in the calendar. What is over stays as it is. */
export async function readBlockSide(parts: BlockSideParts, place: EventPlace, taskId: string): Promise<Side> {
  const block = await findBlock(parts.calendar, place, taskId, parts.call);
  if (block === undefined || block.end <= Date.now()) return blockSide(parts, place, undefined);
  return blockSide(parts, place, block.event);
}

function blockSide(parts: BlockSideParts, place: EventPlace, event: CalendarEvent | undefined): Side {
  const common = { kind: 'block', id: blockSideId(place), owner: parts.owner } as const;
  const refuse = (): Promise<Side> => Promise.reject(unwritable('block', 'status'));
  if (event === undefined) {
    return { now: { ...common, fields: {}, isGone: true }, write: refuse, remove: refuse };
  }
  const written = linkedTitle(event);
  return {
    now: {
      ...common,
      ...(event.etag !== undefined && { version: event.etag }),
      fields: { title: { value: asText(event.summary), ...(written !== undefined && { written }) } },
    },
    async write({ field, value }) {
      if (field !== 'title') return await refuse();
      const target = { calendarId: place.calendarId, event };
      return blockSide(
        parts,
        place,
        await changeBlock(parts.calendar, target, retitled(event, value), parts.call),
      );
    },
    remove: refuse,
  };
}
