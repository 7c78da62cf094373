import { checkedId } from '../../input.ts';
import { invalid, unexpected } from '../errors.ts';
import { loadersOf } from '../messages/load-attachment.ts';
import type { Thread } from '../messages/message.ts';
import type { GmailCall } from '../operations.ts';
import { readThread } from '../reading/read-thread.ts';
import { readSendAs } from '../settings/send-as.ts';
import { checkedReply, type ThreadReply } from './checked-input.ts';
import { deliver, type DeliveredMail } from './deliver.ts';
import { replyMail } from './reply-mail.ts';

/** Reads a conversation, and answers one of its messages. */
export async function replyInThread(call: GmailCall, id: string, reply: ThreadReply): Promise<DeliveredMail> {
  const { messageId, send = false, ...input } = checkedReply(reply);
  const params = { id: checkedId(id, 'id', invalid), format: 'full' };
  const response = await call.send('threads.get', { params });
  const list = response.member('messages', []);
  const unreadable: number[] = [];
  const { messages, latest } = await readThread(
    response.object<Thread>({ id: 'string' }),
    (message) => loadersOf(call, message),
    (index) => {
      list.skip(index);
      unreadable.push(index);
    },
  );
  if (messageId === undefined && unreadable.length > 0) {
    const place = `messages[${unreadable.at(-1)}]`;
    throw unexpected(`answered threads.get with what is no message in ${place}: name a messageId`, place);
  }
  const answered =
    messageId === undefined ? latest : messages.find(({ message }) => message.id === messageId);
  if (answered === undefined) {
    const problem = messageId === undefined ? 'has no message that can be answered' : 'has no such message';
    throw invalid(messageId === undefined ? 'id' : 'messageId', problem);
  }
  return await deliver(call, await replyMail(answered, input, await readSendAs(call)), send);
}
