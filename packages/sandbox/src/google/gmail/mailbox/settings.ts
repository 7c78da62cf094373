import type { JsonObject } from '../../../json.ts';
import { SendAsAddresses } from './send-as.ts';

/** What of a mailbox is set once, and kept as it was sent. Incoming mail is neither filtered, forwarded nor answered. */
export class Settings {
  readonly sendAs: SendAsAddresses;
  /** By id. */
  readonly filters: Map<string, JsonObject> = new Map();
  /** By address. */
  readonly forwardingAddresses: Map<string, JsonObject> = new Map();
  /** By address. */
  readonly delegates: Map<string, JsonObject> = new Map();
  /** Settings of which there is one each. */
  readonly single: Record<'autoForwarding' | 'imap' | 'language' | 'pop' | 'vacation', JsonObject> = {
    autoForwarding: { enabled: false },
    imap: { enabled: false, autoExpunge: true, expungeBehavior: 'archive', maxFolderSize: 0 },
    language: { displayLanguage: 'en' },
    pop: { accessWindow: 'disabled', disposition: 'leaveInInbox' },
    vacation: { enableAutoReply: false },
  };

  constructor(address: string) {
    this.sendAs = new SendAsAddresses(address);
  }
}
