import type { LibraryRequest } from '../../wire.ts';
import { invalid } from '../errors.ts';
import { checkEventType } from './check-event-type.ts';
import { checkFields } from './check-fields.ts';
import type { ChangeEventOptions, EventChanges, EventInput } from './event-input.ts';
import { checkSendUpdates, conditionalHeaders, placeOf, writeParams } from './event-requests.ts';
import { checkedTimeChanges, checkedTimes } from './event-times.ts';

export function patchRequest(
  eventId: string,
  changes: EventChanges,
  options: ChangeEventOptions,
): LibraryRequest {
  checkFields(changes);
  checkEventType(changes, { isNew: false, isWhole: false });
  if (Object.values(changes).every((value) => value === undefined)) throw invalid('changes', 'is empty');
  const json = { ...changes, ...checkedTimeChanges(changes) };
  return { ...changeRequest(eventId, changes, options), json };
}

export function replaceRequest(
  eventId: string,
  event: EventInput,
  options: ChangeEventOptions,
): LibraryRequest {
  checkFields(event);
  checkEventType(event, { isNew: false, isWhole: true });
  const json = { ...event, ...checkedTimes(event) };
  return { ...changeRequest(eventId, event, options), json };
}

function changeRequest(eventId: string, event: EventChanges, options: ChangeEventOptions): LibraryRequest {
  checkSendUpdates(options?.sendUpdates);
  return {
    params: { ...writeParams(event, options), ...placeOf(eventId, options) },
    headers: conditionalHeaders(options),
  };
}
