import { type MailSearch, mailSearch } from '@context-sdk/google-workspace';
import { describe, expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

describe('20.search: the builder', () => {
  test.each<[MailSearch, string]>([
    [{ from: 'ada@example.org' }, 'from:ada@example.org'],
    [{ from: ['ada', 'grace hopper'] }, '{from:ada from:"grace hopper"}'],
    [{ text: 'invoice OR -paid' }, 'invoice "OR" "-paid"'],
    [{ phrase: 'two  "words" {x}' }, '"two words {x}"'],
    [{ subject: 'Re: in:trash' }, 'subject:("Re:" "in:trash")'],
    [{ from: 'x" OR in:trash' }, 'from:"x OR in:trash"'],
    [{ after: '2026-11-23', before: new Date('2026-11-24T00:00:00Z') }, 'after:2026/11/23 before:1795478400'],
    [{ newerThan: '7d', hasAttachment: true, unread: false }, 'newer_than:7d has:attachment is:read'],
    [{ starred: false, filename: 'pdf', largerThan: 5_000_000 }, '-is:starred filename:pdf larger:5000000'],
    [{ messageId: '<a+b@c>' }, 'rfc822msgid:a+b@c'],
    [{ not: { from: 'a', subject: 'b' } }, '-(from:a subject:(b))'],
    [{ in: 'anywhere', anyOf: [{ to: 'a' }, { cc: 'b' }] }, 'in:anywhere {(to:a) (cc:b)}'],
    [{ label: 'Customers/New ones', category: 'primary' }, 'label:"Customers/New ones" category:primary'],
  ])('%j', (search, expected) => {
    const order = (text: string): string[] =>
      text.split(' ').toSorted((one, other) => one.localeCompare(other));
    expect(order(mailSearch(search))).toEqual(order(expected));
  });

  test.each<[object, string]>([
    [{}, 'search'],
    [{ form: 'a' }, 'form'],
    [{ from: '' }, 'from'],
    [{ from: [] }, 'from'],
    [{ from: '""' }, 'from'],
    [{ after: 'yesterday' }, 'after'],
    [{ newerThan: '7w' }, 'newerThan'],
    [{ largerThan: -1 }, 'largerThan'],
    [{ not: {} }, 'not[0]'],
    [{ anyOf: [{ to: 'a' }, { x: 1 }] }, 'anyOf[1].x'],
  ])('%j is refused', (search, field) => {
    expect(() => mailSearch(search)).toThrow(expect.objectContaining({ field }));
  });

  test('no text becomes an operator', async () => {
    const { gmail, sandbox } = await server.start({ sandbox: { seed: 'empty' } });
    const user = sandbox.google.testUser().gmail;
    const texts = ['-a', 'in:spam', 'x OR y', '{a b}', '(a', 'a"b', 'from:me', 'OR', 'a\\"b', '~x'];
    for (const text of texts)
      user.receive(`From: k@x.example\nTo: ada@example.com\nSubject: <<${text}>>\n\nx`);
    for (const [index, phrase] of texts.entries()) {
      const found = await gmail.messages
        .list({ q: mailSearch({ phrase: phrase.replaceAll('"', ' ') }) })
        .toArray();
      const ids = user.messages().map(({ id }) => id);
      if (!phrase.includes('"'))
        expect(
          found.map(({ id }) => id),
          phrase,
        ).toContain(ids[index]);
      expect(found.length, phrase).toBeLessThan(texts.length);
    }
  });
});

describe('20.search: the sandbox', () => {
  const MAILS = {
    old: 'From: Kim <kim@x.example>\nTo: ada@example.com\nSubject: Old plan\n\nfirst draft',
    pdf: 'From: lee@x.example\nTo: ada@example.com\nCc: kim@x.example\nSubject: File\nContent-Type: application/pdf; name=plan.pdf\n\n1234',
    own: 'From: ada@example.com\nTo: lee@x.example\nSubject: Answer\n\nquick brown fox',
    news: `From: news@shop.example\nTo: ada@example.com\nSubject: Sale\n\n${'x'.repeat(3000)}`,
  };

  test.each([
    ['from:kim', 'old'],
    ['from:me', 'own'],
    ['to:kim', 'pdf'],
    ['cc:kim', 'pdf'],
    ['subject:(plan old)', 'old'],
    ['subject:{sale answer}', 'news own'],
    ['kim OR fox', 'old own pdf'],
    ['{subject:sale from:lee}', 'news pdf'],
    ['-from:lee -from:me', 'news old'],
    ['-(from:lee OR from:me)', 'news old'],
    ['"quick brown"', 'own'],
    ['has:attachment', 'pdf'],
    ['filename:pdf', 'pdf'],
    ['filename:plan.pdf', 'pdf'],
    ['larger:2K', 'news'],
    ['smaller:2000 -has:attachment', 'old own'],
    ['is:unread', 'news old pdf'],
    ['is:read', 'own'],
    ['is:starred', 'old'],
    ['in:sent', 'own'],
    ['in:inbox from:kim', 'old'],
    ['category:promotions', 'news'],
    ['category:primary is:unread', 'old pdf'],
    ['newer_than:2d', 'news own'],
    ['older_than:2d', 'old pdf'],
    ['label:work', 'pdf'],
    ['has:userlabels', 'pdf'],
    ['in:anywhere sale', 'news'],
  ])('%s', async (q, expected) => {
    const { gmail, sandbox } = await server.start({ sandbox: { seed: 'empty' }, expiresIn: 1_000_000 });
    const user = sandbox.google.testUser().gmail;
    const work = await gmail.labels.create({ name: 'Work' });
    const names = new Map([
      [user.receive(MAILS.old).id, 'old'],
      [user.receive(MAILS.pdf).id, 'pdf'],
    ]);
    sandbox.clock.advance(3 * 86_400_000);
    names.set((await gmail.messages.insert({ raw: MAILS.own }, { labelIds: [] })).id, 'own');
    names.set(user.receive(MAILS.news).id, 'news');
    const idOf = (name: string): string => [...names].find(([, one]) => one === name)?.[0] ?? '';
    user.changeLabels(idOf('own'), { add: ['SENT'] });
    user.changeLabels(idOf('old'), { add: ['STARRED'] });
    user.changeLabels(idOf('pdf'), { add: [work.id] });
    user.changeLabels(idOf('news'), { add: ['CATEGORY_PROMOTIONS'] });
    const found = await gmail.messages.list({ q }).toArray();
    const seen = found.map(({ id }) => names.get(id) ?? '');
    expect(seen.toSorted((one, other) => one.localeCompare(other)).join(' ')).toBe(expected);
  });

  test('an operator that Gmail does not know is a named violation', async () => {
    const { gmail, sandbox } = await server.start({ sandbox: { seed: 'empty' } });
    await gmail.messages.list({ q: 'form:kim' }).toArray();
    expect(sandbox.google.violations).toMatchObject([{ problem: 'the search operator form: is not known' }]);
    sandbox.google.forgetViolations();
  });
});
