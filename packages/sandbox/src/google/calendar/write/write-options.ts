import type { GoogleCall } from '../../api/method.ts';
import { queryChoice, queryFlag, queryInteger } from '../../api/read-call.ts';
import { invalid } from '../../api/failures.ts';

/** What the query of a write says. */
export interface WriteOptions {
  /** Who gets a mail. Without the parameter nobody does. */
  readonly sendUpdates: 'all' | 'externalOnly' | 'none';
  /** Without it the caller knows nothing of conferences. */
  readonly conferences: boolean;
  readonly attachments: boolean;
}

export function readWriteOptions(call: GoogleCall): WriteOptions {
  const sendUpdates = queryChoice(call, 'sendUpdates', ['all', 'externalOnly', 'none'] as const);
  const everybody = queryFlag(call, 'sendNotifications');
  return {
    sendUpdates: sendUpdates ?? (everybody ? 'all' : 'none'),
    conferences: readVersion(call, 'conferenceDataVersion') === 1,
    attachments: queryFlag(call, 'supportsAttachments'),
  };
}

function readVersion(call: GoogleCall, name: string): number {
  const version = queryInteger(call, name, 0) ?? 0;
  if (version > 1) throw invalid(`Invalid value '${version}'. Values must be within the range: [0, 1]`, name);
  return version;
}
