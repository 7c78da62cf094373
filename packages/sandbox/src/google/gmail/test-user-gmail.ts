import { octetsOf, utf8Octets } from './mail/octets.ts';
import { deleteForGood } from './mailbox/change-labels.ts';
import { receiveMail } from './mailbox/deliver-mail.ts';
import { allDrafts } from './mailbox/drafts.ts';
import type { Mailbox } from './mailbox/mailbox.ts';
import { type Message, type SandboxMessage, toSandboxMessage } from './mailbox/message.ts';

/** An address that the user sends from. */
export interface NewAlias {
  readonly address: string;
  readonly name?: string;
  /** HTML. */
  readonly signature?: string;
  readonly replyTo?: string;
  readonly isDefault?: boolean;
  readonly pending?: boolean;
}

/** An account's mail, read and changed as the user and other people do: no tokens or quotas apply. */
export interface TestUserGmail {
  /** Every mail, drafts too, in the order in which they came. */
  messages(): SandboxMessage[];
  /** Every draft with its mail. */
  drafts(): { id: string; message: SandboxMessage }[];
  /**
   * A mail arrives, in INBOX and UNREAD, in the thread that it answers. A string is sent as UTF-8 with CRLF line ends.
   * It gets a Date and a Message-ID where it has none.
   */
  receive(raw: string | Uint8Array): SandboxMessage;
  /** Labels come and go, as when the user reads a mail (`remove: ['UNREAD']`) or archives it. */
  changeLabels(id: string, changes: { add?: readonly string[]; remove?: readonly string[] }): SandboxMessage;
  /** Adds an address that the user may send from; `pending`: its owner hasn't agreed yet. */
  addAlias(alias: NewAlias): void;
  /** The owner of an address to send from, or to forward to, agrees. */
  acceptAlias(address: string): void;
  /** Deletes a mail for good; deleting a draft's message deletes the draft. */
  deleteMessage(id: string): void;
  /** States of the mailbox from before now are not known any more: `history.list` answers 404. */
  expireHistory(): void;
}

export function createTestUserGmail(mailbox: Mailbox): TestUserGmail {
  const messageOf = (id: string): Message => {
    const message = mailbox.messages.get(id);
    if (!message) throw new RangeError(`There is no message ${id}`);
    return message;
  };
  return {
    messages: () => [...mailbox.messages.values()].map(toSandboxMessage),
    drafts: () => allDrafts(mailbox).map(({ id, message }) => ({ id, message: toSandboxMessage(message) })),
    receive: (raw) => {
      const source = typeof raw === 'string' ? utf8Octets(raw.replace(/\r?\n/g, '\r\n')) : octetsOf(raw);
      return toSandboxMessage(receiveMail(mailbox, source));
    },
    changeLabels: (id, { add = [], remove = [] }) => {
      mailbox.addLabels(messageOf(id), add);
      mailbox.removeLabels(messageOf(id), remove);
      return toSandboxMessage(messageOf(id));
    },
    addAlias: ({ address, name = '', signature = '', replyTo = '', isDefault = false, pending = false }) =>
      mailbox.settings.sendAs.set({
        sendAsEmail: address,
        displayName: name,
        replyToAddress: replyTo,
        signature,
        verificationStatus: pending ? 'pending' : 'accepted',
        treatAsAlias: true,
        ...(isDefault && { isDefault: true }),
      }),
    acceptAlias: (address) => {
      const { sendAs, forwardingAddresses } = mailbox.settings;
      const alias = sendAs.find(address);
      if (alias?.verificationStatus) sendAs.set({ ...alias, verificationStatus: 'accepted' });
      const forwarding = forwardingAddresses.get(address.toLowerCase());
      if (forwarding) forwarding['verificationStatus'] = 'accepted';
    },
    deleteMessage: (id) => {
      deleteForGood(mailbox, messageOf(id));
    },
    expireHistory: () => mailbox.history.expire(),
  };
}
