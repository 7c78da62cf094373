import { isJsonObject, type JsonObject, stringOf } from '../../../json.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import type { StoredEvent } from '../store/stored-event.ts';

const CONFERENCE_SOLUTION = {
  key: { type: 'hangoutsMeet' },
  name: 'Google Meet',
  iconUri:
    'https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/logo_meet_2020q4_color_2x_web_512dp.png',
};

/** A conference that was asked for is made asynchronously: whoever reads the event next finds it there. */
export function settleConference(calendar: CalendarData, event: StoredEvent): void {
  const { conferenceData } = event.fields;
  const request = isJsonObject(conferenceData) ? conferenceData['createRequest'] : undefined;
  if (!isJsonObject(request) || statusOf(request) !== 'pending' || !calendar.events.has(event.id)) return;
  event.fields = { ...event.fields, conferenceData: made(request) };
  calendar.save(event);
}

function made(request: JsonObject): JsonObject {
  const key = request['conferenceSolutionKey'];
  const isMeet = key === undefined || (isJsonObject(key) && key['type'] === 'hangoutsMeet');
  if (!isMeet) return { createRequest: { ...request, status: { statusCode: 'failure' } } };
  const code = meetingCode(stringOf(request['requestId']));
  const uri = `https://meet.google.com/${code}`;
  return {
    createRequest: { ...request, status: { statusCode: 'success' } },
    entryPoints: [{ entryPointType: 'video', uri, label: uri.slice('https://'.length) }],
    conferenceSolution: CONFERENCE_SOLUTION,
    conferenceId: code,
  };
}

function statusOf(request: JsonObject): unknown {
  const { status } = request;
  return isJsonObject(status) ? status['statusCode'] : undefined;
}

/** `abc-defg-hij`, the same for the same request. */
function meetingCode(requestId: string): string {
  const letters = [...`${requestId}contextsdk`].map((character, index) =>
    String.fromCharCode(97 + (((character.codePointAt(0) ?? 0) + index) % 26)),
  );
  const text = letters.slice(0, 10).join('');
  return `${text.slice(0, 3)}-${text.slice(3, 7)}-${text.slice(7)}`;
}
