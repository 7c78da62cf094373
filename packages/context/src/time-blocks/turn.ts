import type { GoogleCalendarClient } from '@context-sdk/google-workspace';
import type { CallOptions } from '@context-sdk/oauth-core';
import type { Lease } from '@context-sdk/oauth-core/store-kit';
import type { Region } from '@context-sdk/ticktick-client';
import type { BlockRecords } from './block-records.ts';

/** What a call works with while it is the only one. */
export interface Turn {
  client: GoogleCalendarClient;
  records: BlockRecords;
  region: Region | undefined;
  call: CallOptions;
  /** Under which it is the only one. A process that stood still asks its signal before it writes. */
  lease: Pick<Lease<unknown>, 'signal'>;
  /** Whether a link decides on the title of a task's blocks. */
  isLinked: (taskId: string) => Promise<boolean>;
  /** The Google account: a task has one block in it, however many users have connected it. */
  owner: string;
}
