import { draftUrl } from '@context-sdk/google-workspace';
import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { composed, refusal } from '../mime/composed.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();
const EMPTY = { sandbox: { seed: 'empty' } } as const;

const ICS = 'BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR';

describe('20.drafts: edit', () => {
  test('changes what is named and keeps the rest, byte by byte', async () => {
    const { gmail } = await server.start(EMPTY);
    const content = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 256));
    const { id } = await gmail.drafts.create({
      to: ['Kim <kim@elsewhere.example>'],
      cc: 'lee@elsewhere.example',
      bcc: 'archive@example.com',
      subject: 'Entwurf — 草稿',
      text: 'Old',
      html: '<p>Old <img src="cid:logo"></p>',
      headers: { 'X-Campaign': 'spring' },
      attachments: [
        { filename: 'größe.bin', content },
        { filename: 'logo.png', content, contentId: 'logo' },
      ],
    });
    const edited = await gmail.drafts.edit(id, { to: 'grace@example.com' });
    expect(edited.id).toBe(id);
    const read = await gmail.messages.read(edited.message.id);
    expect(read).toMatchObject({
      to: [{ address: 'grace@example.com' }],
      cc: [{ address: 'lee@elsewhere.example' }],
      subject: 'Entwurf — 草稿',
      html: '<p>Old <img src="cid:logo"></p>',
    });
    expect(read.text?.trim()).toBe('Old');
    const files = new Map(read.attachments.map((one) => [one.filename, one]));
    expect([...files.keys()].toSorted((one, other) => one.localeCompare(other))).toEqual([
      'größe.bin',
      'logo.png',
    ]);
    expect(Buffer.from((await files.get('größe.bin')?.load()) ?? [])).toEqual(content);
    expect(files.get('logo.png')).toMatchObject({ inline: true, contentId: 'logo' });
    const raw = await gmail.drafts.get(id, { format: 'raw' });
    const text = Buffer.from(raw.message.raw ?? '', 'base64url').toString();
    expect(text).toMatch(/^Bcc: archive@example\.com/im);
    expect(text).toMatch(/^X-Campaign: spring/im);
  });

  test('a new text replaces the HTML, too, and a reply stays in its thread', async () => {
    const { gmail, sandbox } = await server.start(EMPTY);
    const { threadId } = sandbox.google
      .testUser()
      .gmail.receive('From: kim@elsewhere.example\nTo: ada@example.com\nSubject: x\nMessage-ID: <a@b>\n\nHi');
    const { draft } = await gmail.threads.reply(threadId, { html: '<p>Old</p>' });
    const edited = await gmail.drafts.edit(draft?.id ?? '', { text: 'New' });
    expect(edited.message.threadId).toBe(threadId);
    const read = await gmail.messages.read(edited.message.id);
    expect([read.text?.trim(), read.html, read.inReplyTo]).toEqual(['New', undefined, '<a@b>']);
  });

  test('nothing to change, an unknown field and a draft that is gone are errors', async () => {
    const { gmail } = await server.start(EMPTY);
    const { id } = await gmail.drafts.create({ subject: 'x' });
    expect(await failure(gmail.drafts.edit(id, {}))).toMatchObject({ field: 'changes' });
    expect(await failure(gmail.drafts.edit(id, Object({ body: 'x' })))).toMatchObject({ field: 'body' });
    expect(await failure(gmail.drafts.edit('r1', { text: 'x' }))).toMatchObject({ code: 'not_found' });
  });

  test('draftUrl opens a draft by its message', () => {
    const draft = { message: { id: '18c2f0a1b2c3d4e5', threadId: 't' } };
    expect(draftUrl(draft)).toBe('https://mail.google.com/mail/#drafts?compose=18c2f0a1b2c3d4e5');
    expect(draftUrl(draft, { account: 'ada+x@example.com' })).toBe(
      'https://mail.google.com/mail/?authuser=ada%2Bx%40example.com#drafts?compose=18c2f0a1b2c3d4e5',
    );
    expect(() => draftUrl(Object({ message: {} }))).toThrow(expect.objectContaining({ field: 'message.id' }));
  });
});

describe('20.invites: calendar', () => {
  test('is an alternative part with its method', async () => {
    const { text, parsed } = await composed({
      text: 'Come',
      html: '<p>Come</p>',
      calendar: { method: 'request', ics: ICS },
    });
    expect(text).toMatch(/Content-Type: multipart\/alternative/);
    expect(text).toMatch(/Content-Type: text\/calendar; charset=utf-8;\s+method=REQUEST/);
    expect(parsed.text?.trim()).toBe('Come');
    const [part] = parsed.attachments;
    expect(part).toMatchObject({ mimeType: 'text/calendar', method: 'REQUEST' });
  });

  test('arrives as an invitation, and survives an edit', async () => {
    const { gmail } = await server.start(EMPTY);
    const calendar = { method: 'REQUEST', ics: ICS };
    const { id } = await gmail.drafts.create({ subject: 'x', text: 'Come', calendar });
    const { message } = await gmail.drafts.edit(id, { subject: 'y' });
    const read = await gmail.messages.read(message.id);
    expect(read.calendar).toEqual({ method: 'REQUEST', ics: `${ICS.replaceAll('\n', '\r\n')}\r\n` });
    expect(read.subject).toBe('y');
  });

  test.each([
    [{ method: 'INVITE', ics: ICS }, 'calendar.method'],
    [{ method: 'CANCEL', ics: ICS }, 'calendar.method'],
    [{ method: 'REQUEST', ics: 'x' }, 'calendar.ics'],
    [{ method: 'REQUEST\r\nX: y', ics: ICS }, 'calendar.method'],
  ])('%j is refused', async (calendar, field) => {
    expect(await refusal({ calendar })).toMatchObject({ field });
  });
});
