import type { Draft, MessageRef } from '../messages/message.ts';
import type { Mail } from '../mime/mail.ts';
import type { GmailCall } from '../operations.ts';
import { sendMail } from '../send-mail.ts';

/** What became of a reply or a forwarded mail. */
export interface DeliveredMail {
  /** The mail that was composed: its recipients, subject, From and bodies. */
  mail: Mail;
  message: MessageRef;
  /** Undefined if the mail was sent. */
  draft: Draft | undefined;
}

/** Saves a mail as a draft, or sends it. */
export async function deliver(call: GmailCall, mail: Mail, send: boolean): Promise<DeliveredMail> {
  if (send) {
    const target = { name: 'messages.send', knowsFrom: true, bodyOf: (message: object) => message } as const;
    const response = await sendMail(call, mail, target);
    return {
      mail,
      message: response.object<MessageRef>({ id: 'string', threadId: 'string' }),
      draft: undefined,
    };
  }
  const target = {
    name: 'drafts.create',
    knowsFrom: true,
    bodyOf: (message: object) => ({ message }),
  } as const;
  const response = await sendMail(call, mail, target);
  const draft = response.object<Draft>({ id: 'string' });
  return { mail, message: draft.message, draft };
}
