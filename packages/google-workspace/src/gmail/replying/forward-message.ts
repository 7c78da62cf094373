import { checkedId } from '../../input.ts';
import { invalid } from '../errors.ts';
import { loadersOf } from '../messages/load-attachment.ts';
import type { Message } from '../messages/message.ts';
import type { GmailCall } from '../operations.ts';
import { readMessage } from '../reading/read-mail.ts';
import { readSendAs } from '../settings/send-as.ts';
import { checkedForward, type MailForward } from './checked-input.ts';
import { deliver, type DeliveredMail } from './deliver.ts';
import { forwardMail } from './forward-mail.ts';

/** Reads a message, and passes it on from the address that received it. */
export async function forwardMessage(
  call: GmailCall,
  id: string,
  forward: MailForward,
): Promise<DeliveredMail> {
  const { send = false, ...input } = checkedForward(forward);
  const params = { id: checkedId(id, 'id', invalid), format: 'full' };
  const message = (await call.send('messages.get', { params })).object<Message>({ id: 'string' });
  const mail = await readMessage(message, loadersOf(call, message.id));
  return await deliver(call, await forwardMail({ message, mail }, input, await readSendAs(call)), send);
}
