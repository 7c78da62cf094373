import { GmailClient } from '@context-sdk/google-workspace';
import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';

const server = useSandbox();
const SCOPES = ['modify', 'compose', 'settings.basic', 'settings.sharing'].map(
  (name) => `https://www.googleapis.com/auth/gmail.${name}`,
);
const EMPTY = { sandbox: { seed: 'empty' }, scopes: SCOPES } as const;
const ADA = 'ada@example.com';
const MAIL = { to: 'kim@elsewhere.example', subject: 'x', text: 'y' };

describe('20.identities: sendAs', () => {
  test('addresses, the default with name and signature, changes, verification', async () => {
    const { gmail, sandbox } = await server.start(EMPTY);
    const { sendAs } = gmail.settings;
    expect(await sendAs.default()).toMatchObject({ sendAsEmail: ADA, isPrimary: true });
    const alias = { sendAsEmail: 'team@example.com', displayName: 'Team', signature: '<b>Team</b>' };
    expect(await sendAs.create(alias)).toMatchObject({ ...alias, verificationStatus: 'pending' });
    await sendAs.verify('team@example.com');
    sandbox.google.testUser().gmail.acceptAlias('team@example.com');
    await sendAs.patch('team@example.com', { isDefault: true });
    expect(await sendAs.default()).toMatchObject({ ...alias, isDefault: true });
    expect(await sendAs.list().toArray()).toHaveLength(2);
    await sendAs.delete('team@example.com');
    await sendAs.delete('team@example.com');
    expect(await sendAs.default()).toMatchObject({ sendAsEmail: ADA });
    expect(await failure(sendAs.get('team@example.com'))).toMatchObject({ code: 'not_found' });
    expect(await failure(sendAs.delete(ADA))).toMatchObject({ status: 400 });
  });

  test('a From that Gmail would replace without a word is refused; an alias is kept', async () => {
    const { gmail, sandbox } = await server.start(EMPTY);
    const user = sandbox.google.testUser().gmail;
    user.addAlias({ address: 'team@example.com' });
    user.addAlias({ address: 'new@example.com', pending: true });
    for (const from of ['someone@else.example', 'New <new@example.com>']) {
      expect(await failure(gmail.messages.send({ ...MAIL, from }))).toMatchObject({ field: 'from' });
      expect(await failure(gmail.drafts.create({ ...MAIL, from }))).toMatchObject({ field: 'from' });
    }
    expect(user.messages()).toEqual([]);
    await gmail.messages.send({ ...MAIL, from: 'The Team <TEAM@example.com>' });
    expect(user.messages()[0]?.envelope.from).toBe('TEAM@example.com');
  });

  test('with gmail.compose alone nothing can be checked, and Gmail replaces it', async () => {
    const compose = ['https://www.googleapis.com/auth/gmail.compose'];
    const { gmail, sandbox } = await server.start({ ...EMPTY, scopes: compose });
    await gmail.messages.send({ ...MAIL, from: 'someone@else.example' });
    expect(sandbox.google.testUser().gmail.messages()[0]?.envelope.from).toBe(ADA);
  });

  test('what can not be set is named', async () => {
    const { client, requests } = clientOf([]);
    const { sendAs } = client.settings;
    expect(await failure(sendAs.create({ sendAsEmail: 'a@b, c@d' }))).toMatchObject({ field: 'sendAsEmail' });
    expect(await failure(sendAs.patch(ADA, Object({ isDefault: false })))).toMatchObject({
      field: 'isDefault',
    });
    expect(await failure(sendAs.patch(ADA, Object({ sig: '' })))).toMatchObject({ field: 'sig' });
    expect(await failure(sendAs.patch(ADA, {}))).toMatchObject({ field: 'changes' });
    expect(requests).toEqual([]);
  });
});

describe('20.identities: other settings', () => {
  test('vacation, with times as instants', async () => {
    const { gmail } = await server.start(EMPTY);
    const { vacation } = gmail.settings;
    expect(await vacation.get()).toMatchObject({ enableAutoReply: false });
    const startTime = '2026-12-01T00:00:00Z';
    const set = { enableAutoReply: true, responseSubject: 'Away', restrictToContacts: true, startTime };
    const expected = { ...set, startTime: String(Date.parse(startTime)) };
    expect(await vacation.update(set)).toEqual(expected);
    expect(await vacation.get()).toEqual(expected);
    expect(await failure(vacation.update({ enableAutoReply: true }))).toMatchObject({
      field: 'responseSubject',
    });
    expect(await failure(vacation.update({ ...set, endTime: startTime }))).toMatchObject({
      field: 'endTime',
    });
    expect(await failure(vacation.update({ ...set, endTime: 'tomorrow' }))).toMatchObject({
      field: 'endTime',
    });
  });

  test('vacation is written back as it was read', async () => {
    const { gmail } = await server.start(EMPTY);
    const { vacation } = gmail.settings;
    const [startTime, endTime] = ['2026-12-01T00:00:00Z', '2026-12-08T00:00:00Z'];
    await vacation.update({ enableAutoReply: true, responseSubject: 'Away', startTime, endTime });
    const known = await vacation.get();
    expect(await vacation.update({ ...known, enableAutoReply: false })).toEqual({
      ...known,
      enableAutoReply: false,
    });
    expect(known).toMatchObject({
      startTime: String(Date.parse(startTime)),
      endTime: String(Date.parse(endTime)),
    });
    expect(await failure(vacation.update({ ...known, endTime: startTime }))).toMatchObject({
      field: 'endTime',
    });
  });

  test('filters', async () => {
    const { gmail } = await server.start(EMPTY);
    const { filters } = gmail.settings;
    const filter = { criteria: { from: 'kim@elsewhere.example' }, action: { removeLabelIds: ['INBOX'] } };
    const { id } = await filters.create(filter);
    expect(await filters.list().toArray()).toEqual([{ id, ...filter }]);
    expect(await filters.get(id)).toEqual({ id, ...filter });
    const noLabel = { ...filter, action: { addLabelIds: ['Label_9'] } };
    expect(await failure(filters.create(noLabel))).toMatchObject({ status: 400 });
    await filters.delete(id);
    await filters.delete(id);
    expect(await filters.list().toArray()).toEqual([]);
    expect(await failure(filters.create({ ...filter, criteria: {} }))).toMatchObject({ field: 'criteria' });
    expect(await failure(filters.create({ ...filter, action: {} }))).toMatchObject({ field: 'action' });
  });

  test('forwarding goes to verified addresses only', async () => {
    const { gmail, sandbox } = await server.start(EMPTY);
    const { forwarding, forwardingAddresses } = gmail.settings;
    const forwardingEmail = 'archive@elsewhere.example';
    const on = { enabled: true, emailAddress: forwardingEmail, disposition: 'archive' };
    await forwardingAddresses.create({ forwardingEmail });
    expect(await failure(forwarding.update(on))).toMatchObject({ status: 400 });
    sandbox.google.testUser().gmail.acceptAlias(forwardingEmail);
    expect(await forwarding.update(on)).toEqual(on);
    expect(await forwardingAddresses.list().toArray()).toMatchObject([{ verificationStatus: 'accepted' }]);
  });

  test('IMAP, POP, language, delegates', async () => {
    const { gmail } = await server.start(EMPTY);
    const { imap, pop, language, delegates } = gmail.settings;
    expect(await imap.update({ enabled: true })).toEqual({ enabled: true });
    expect(await pop.get()).toMatchObject({ accessWindow: 'disabled' });
    expect(await language.update({ displayLanguage: 'de' })).toEqual({ displayLanguage: 'de' });
    await delegates.create({ delegateEmail: 'grace@example.com' });
    expect(await delegates.list().toArray()).toMatchObject([{ delegateEmail: 'grace@example.com' }]);
  });

  test('what needs gmail.settings.sharing says so', async () => {
    const { gmail } = await server.start({ ...EMPTY, scopes: SCOPES.slice(0, 3) });
    const refused = [
      () => gmail.settings.delegates.create({ delegateEmail: 'grace@example.com' }),
      () => gmail.settings.forwarding.update({ enabled: false }),
      () => gmail.settings.sendAs.create({ sendAsEmail: 'team@example.com' }),
    ];
    for (const call of refused) {
      expect(await failure(call())).toMatchObject({
        missing: ['https://www.googleapis.com/auth/gmail.settings.sharing'],
      });
    }
  });
});

describe('20.identities: userId', () => {
  test('is in every address, uploads and batches too', async () => {
    const userId = 'ada@example.com';
    const { client, requests } = clientOf([{ id: 'i', threadId: 't' }], { userId });
    await client.messages.get('i');
    await client.messages.send({
      ...MAIL,
      attachments: [{ filename: 'a', content: Buffer.alloc(5_000_000) }],
    });
    await client.messages.getMany(['i']);
    const [get, send, batch] = requests;
    expect(decodeURIComponent(get?.path ?? '')).toBe(`/gmail/v1/users/${userId}/messages/i`);
    expect(decodeURIComponent(send?.path ?? '')).toBe(`/upload/gmail/v1/users/${userId}/messages/send`);
    expect(String(batch?.json)).toContain('GET /gmail/v1/users/ada%40example.com/messages/i');
  });

  test('of another mailbox is refused by Google, and no userId at all by us', async () => {
    const { sandbox } = await server.start(EMPTY);
    const { accessToken: auth } = sandbox.google.issueToken({ scopes: SCOPES });
    const other = new GmailClient({ auth, fetch: sandbox.fetch, userId: 'grace@example.com' });
    expect(await failure(other.profile.get())).toMatchObject({ name: 'PermissionError' });
    expect(() => clientOf([], { userId: 'x/y' })).toThrow(/userId/);
  });
});
