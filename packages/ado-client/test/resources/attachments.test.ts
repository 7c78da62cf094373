import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { clientOf, ITEM } from '../support/answering.ts';

const GUID = '77fda52e-ee95-4750-ac77-a6229507cfc7';
const URL_OF_IT = `https://dev.azure.com/fabrikam/_apis/wit/attachments/${GUID}?fileName=a.txt`;
const MEGABYTE = new Uint8Array(1024 * 1024);

describe('a file', () => {
  test.each([
    ['a text', () => 'päyload'],
    ['a Buffer', () => Buffer.from('päyload')],
    ['an ArrayBuffer', () => new TextEncoder().encode('päyload').buffer],
    ['a Blob', () => new Blob(['päyload'])],
    ['a Node stream', () => Readable.from([Buffer.from('pä'), 'yload'])],
    ['a web stream', () => new Blob(['päyload']).stream()],
  ])('can be %s', async (_what, data) => {
    const { client, requests } = clientOf(() => ({ id: GUID, url: URL_OF_IT }));
    expect(await client.attachments.upload({ name: 'a b.txt', data: data() })).toEqual({
      id: GUID,
      url: URL_OF_IT,
    });
    expect(requests[0]?.json).toBe('päyload');
    expect(requests[0]?.headers.get('content-type')).toBe('application/octet-stream');
    expect(requests[0]?.url.searchParams.get('fileName')).toBe('a b.txt');
  });

  test('of over 60 MB is refused before anything is sent, and a stream is not read further', async () => {
    const { client, requests } = clientOf(() => ({ id: GUID, url: URL_OF_IT }));
    let read = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        read += 1;
        yield MEGABYTE;
      }
    }
    const large = Array.from({ length: 61 }, () => MEGABYTE);
    for (const data of [endless(), new Blob(large), Buffer.concat(large)]) {
      await expect(client.attachments.upload({ name: 'a', data })).rejects.toMatchObject({ field: 'data' });
    }
    expect(read).toBe(61);
    expect(requests).toHaveLength(0);
  });

  test('is attached by a link, and sent again where the answer was lost', async () => {
    const { client, requests } = clientOf(({ method }, index) => {
      if (index === 0) throw new TypeError('fetch failed');
      return method === 'POST' ? { id: GUID, url: URL_OF_IT } : ITEM;
    });
    await client.attachments.attach(299, { name: 'a.txt', data: 'x', comment: 'see' });
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'PATCH']);
    expect(requests[2]?.json).toEqual([
      {
        op: 'add',
        path: '/relations/-',
        value: { rel: 'AttachedFile', url: URL_OF_IT, attributes: { comment: 'see' } },
      },
    ]);
  });

  test.each([GUID, URL_OF_IT])('is read by %s', async (attachment) => {
    const { client, requests } = clientOf(() => new Response(new Uint8Array([1, 2, 255])));
    expect(await client.attachments.download(attachment)).toEqual(new Uint8Array([1, 2, 255]));
    expect(requests[0]?.url.pathname).toBe(`/fabrikam/_apis/wit/attachments/${GUID}`);
  });
});
