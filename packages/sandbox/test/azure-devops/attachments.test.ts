import type { Sandbox } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { apiOf, createTask, ORGANIZATION_URL, stillSandbox } from './support/setup.ts';

const OCTETS = 'application/octet-stream';

async function send(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = { 'content-type': OCTETS },
): Promise<Response> {
  const authorization = `Basic ${btoa(`:${sandbox.azureDevOps.issuePat()}`)}`;
  const init: RequestInit = { method, headers: { authorization, ...headers } };
  if (body) init.body = body;
  const separator = path.includes('?') ? '&' : '?';
  return sandbox.fetch(`${ORGANIZATION_URL}/_apis/wit/attachments${path}${separator}api-version=7.1`, init);
}

const bytes = new TextEncoder().encode('the file');

describe('attachments', () => {
  test('are uploaded, linked with a revision, and downloaded', async () => {
    const sandbox = stillSandbox();
    const uploaded = await send(sandbox, 'POST', '?fileName=Sp%C3%A9c.txt', bytes);
    expect(uploaded.status).toBe(201);
    const { id, url } = (await uploaded.json()) as { id: string; url: string };
    expect(url).toBe(`${ORGANIZATION_URL}/_apis/wit/attachments/${id}?fileName=Sp%C3%A9c.txt`);
    const api = apiOf(sandbox);
    const item = await createTask(api);
    const value = { rel: 'AttachedFile', url, attributes: { comment: 'the spec' } };
    expect(
      await api(`PATCH /_apis/wit/workitems/${item}`, [{ op: 'add', path: '/relations/-', value }]),
    ).toMatchObject({
      json: {
        rev: 2,
        relations: [
          {
            rel: 'AttachedFile',
            url: `${ORGANIZATION_URL}/_apis/wit/attachments/${id}`,
            attributes: { comment: 'the spec', name: 'Spéc.txt', resourceSize: 8 },
          },
        ],
      },
    });
    const download = await send(sandbox, 'GET', `/${id}?download=true`);
    expect(await download.text()).toBe('the file');
    expect(download.headers.get('content-disposition')).toContain('Sp%C3%A9c.txt');
  });

  test('come in pieces, too', async () => {
    const sandbox = stillSandbox();
    const announced = await send(sandbox, 'POST', '?uploadType=chunked&fileName=a.bin', undefined, {});
    const { id } = (await announced.json()) as { id: string };
    const piece = (range: string, part: Uint8Array<ArrayBuffer>): Promise<Response> =>
      send(sandbox, 'PUT', `/${id}`, part, { 'content-type': OCTETS, 'content-range': range });
    expect((await piece('bytes 0-3/8', bytes.slice(0, 4))).status).toBe(201);
    expect((await send(sandbox, 'GET', `/${id}`)).status).toBe(404);
    expect((await piece('bytes 5-7/8', bytes.slice(5))).status).toBe(400);
    expect((await piece('bytes 4-7/8', bytes.slice(4))).status).toBe(201);
    expect(await (await send(sandbox, 'GET', `/${id}`)).text()).toBe('the file');
  });

  test('are at most 60 MB, and no JSON', async () => {
    const sandbox = stillSandbox();
    const tooMuch = await send(sandbox, 'POST', '', new Uint8Array(60 * 1024 * 1024 + 1));
    expect(tooMuch.status).toBe(400);
    expect(await tooMuch.json()).toMatchObject({ typeKey: 'WorkItemAttachmentExceedsMaxSizeException' });
    expect((await send(sandbox, 'POST', '', bytes, { 'content-type': 'application/json' })).status).toBe(415);
  });

  test('that nobody uploaded are not found, nor linked', async () => {
    const sandbox = stillSandbox();
    const api = apiOf(sandbox);
    const item = await createTask(api);
    const url = `${ORGANIZATION_URL}/_apis/wit/attachments/098a279a-60b9-40a8-868b-b7fd00c0a439`;
    const answer = { status: 404, json: { typeKey: 'AttachmentNotFoundException' } };
    expect(await api('GET /_apis/wit/attachments/098a279a-60b9-40a8-868b-b7fd00c0a439')).toMatchObject(
      answer,
    );
    const step = { op: 'add', path: '/relations/-', value: { rel: 'AttachedFile', url } };
    expect(await api(`PATCH /_apis/wit/workitems/${item}`, [step])).toMatchObject(answer);
  });
});
