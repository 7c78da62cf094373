import { InvalidRequestError, type Message, replyTo } from '@context-sdk/google-workspace';
import { expect, test } from 'vitest';

const MESSAGE: Message = {
  id: 'a',
  threadId: 't',
  payload: { headers: [{ name: 'Message-ID', value: '<a@example.com>' }] },
};

test.each(['DRAFT', 'TRASH', 'SPAM'])('a message labeled %s is no parent of a reply', (label) => {
  const labelIds = ['UNREAD', label];
  expect(() => replyTo({ ...MESSAGE, labelIds })).toThrow(InvalidRequestError);
  expect(() => replyTo({ ...MESSAGE, labelIds })).toThrow(`labelIds has ${label}`);
});

test('any other message is', () => {
  expect(replyTo({ ...MESSAGE, labelIds: ['INBOX', 'SENT', 'Label_1'] })).toMatchObject({
    threadId: 't',
    inReplyTo: '<a@example.com>',
  });
  expect(replyTo(MESSAGE)).toMatchObject({ threadId: 't' });
});
