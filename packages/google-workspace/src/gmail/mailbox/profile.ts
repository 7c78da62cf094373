import type { CallOptions } from '@context-sdk/oauth-core/client-kit';
import type { GmailCall, GmailService } from '../operations.ts';

/** The owner of the mailbox, and its current state. */
export interface GmailProfile {
  emailAddress: string;
  messagesTotal?: number;
  threadsTotal?: number;
  /** A 64-bit number, as a string: where `mailbox.changes` starts. */
  historyId: string;
}

/** The user of the mailbox. */
export class GmailProfiles {
  readonly #service: GmailService;

  constructor(service: GmailService) {
    this.#service = service;
  }

  /** Address and current state. Scope `gmail.compose`. */
  async get(options?: CallOptions): Promise<GmailProfile> {
    return await readProfile(this.#service.call(options));
  }
}

export async function readProfile(call: GmailCall): Promise<GmailProfile> {
  const response = await call.send('profile.get', {});
  return response.object<GmailProfile>({ emailAddress: 'string', historyId: 'string' });
}
