import { Readable } from 'node:stream';
import { GmailClient } from '@context-sdk/google-workspace';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { draftIn } from '../mime/composed.ts';
import { answering } from '../support/answering.ts';

function start() {
  const { fetch, requests } = answering({ id: 'draft' });
  return { gmail: new GmailClient({ auth: 'token', fetch, limits: [] }), requests };
}

/** Streams that yield once and then hang, with a way to see that they were let go of. */
function hanging() {
  let letGo = 0;
  const web = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(10)),
    cancel: () => void (letGo += 1),
  });
  const node = new Readable({
    read() {},
    destroy(_error, done) {
      letGo += 1;
      done(null);
    },
  });
  node.push('x');
  const iterable: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise(() => undefined),
      return: async () => {
        letGo += 1;
        return { done: true, value: undefined };
      },
    }),
  };
  return { streams: { web, node, iterable }, letGo: () => letGo };
}

test('an abort ends the reading of a stream that hangs, with its own reason, and nothing is sent', async () => {
  const { streams, letGo } = hanging();
  for (const content of Object.values(streams)) {
    const { gmail, requests } = start();
    const controller = new AbortController();
    const call = failure(
      gmail.drafts.create(
        { subject: 'x', attachments: [{ filename: 'a', content }] },
        { signal: controller.signal },
      ),
    );
    await new Promise(setImmediate);
    const reason = new Error('the user left');
    controller.abort(reason);
    expect(await call).toBe(reason);
    expect(requests).toEqual([]);
  }
  expect(letGo()).toBe(3);
});

test('a deadline covers the reading too', async () => {
  const { gmail } = start();
  const { web } = hanging().streams;
  const attachments = [{ filename: 'a', content: web }];
  expect(await failure(gmail.drafts.create({ subject: 'x', attachments }, { deadlineMs: 5 }))).toMatchObject({
    name: 'TimeoutError',
  });
});

test('an abort before the call reads and sends nothing', async () => {
  const { gmail, requests } = start();
  const signal = AbortSignal.abort(new Error('early'));
  const { web } = hanging().streams;
  for (const attachments of [[], [{ filename: 'a', content: web }]]) {
    expect(await failure(gmail.drafts.create({ subject: 'x', attachments }, { signal }))).toBe(signal.reason);
  }
  expect([requests.length, web.locked]).toEqual([0, false]);
});

test("a stream's own failure is the caller's to see", async () => {
  const { gmail, requests } = start();
  const broken = new Error('the disk is gone');
  for (const content of [
    Readable.from(['a']).map(() => Promise.reject(broken)),
    new ReadableStream({ pull: (controller) => controller.error(broken) }),
  ]) {
    expect(
      await failure(gmail.drafts.create({ subject: 'x', attachments: [{ filename: 'a', content }] })),
    ).toBe(broken);
  }
  expect(requests).toEqual([]);
});

test('a stream that yields other things, or that somebody else reads, is refused', async () => {
  const { gmail } = start();
  const locked = new ReadableStream<Uint8Array>();
  locked.getReader();
  const ended = Readable.from(['a']);
  await ended.toArray();
  for (const content of [Readable.from([{ a: 1 }]), locked, ended]) {
    expect(
      await failure(gmail.drafts.create({ subject: 'x', attachments: [{ filename: 'a', content }] })),
    ).toMatchObject({
      name: 'InvalidRequestError',
      field: 'attachments[0].content',
    });
  }
});

test('texts of a stream are UTF-8', async () => {
  const { gmail, requests } = start();
  const content = Readable.from(['größe ', 'x'], { encoding: 'utf8' });
  await gmail.drafts.create({ subject: 'x', attachments: [{ filename: 'a', content }] });
  expect(draftIn(requests[0]).toString()).toContain(Buffer.from('größe x').toString('base64'));
});
