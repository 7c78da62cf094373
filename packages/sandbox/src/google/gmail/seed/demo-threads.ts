import type { MailPlan, Person } from './compose-mail.ts';

/** One mail of a seeded conversation. */
export interface DemoMail {
  /** Undefined: the mailbox's owner wrote it. */
  readonly from: Person | undefined;
  readonly hoursAgo: number;
  readonly text: string;
  readonly unread?: boolean;
  readonly attachment?: MailPlan['attachment'];
}

export interface DemoThread {
  readonly subject: string;
  readonly mails: readonly DemoMail[];
}

const GRACE: Person = { name: 'Grace Lindqvist', email: 'grace@example.com' };
const SOREN: Person = { name: 'Søren Ångström', email: 'soren@nordlys.example' };
const YUKI: Person = { name: '田中 由紀', email: 'yuki.tanaka@hikari.example' };
const LEILA: Person = { name: 'ليلى حداد', email: 'leila@atlas.example' };
const PRINTER: Person = { name: 'Copper & Ink Printing', email: 'orders@copper-ink.example' };
const NEWSLETTER: Person = { name: 'Weekly Gradient', email: 'news@gradient.example' };

const QUOTE = [
  'Item;Quantity;Price',
  'Programme, A5, 24 pages;400;1120.00',
  'Name badges;120;96.00',
  'Delivery;1;18.50',
].join('\r\n');

/** Six conversations of the last week, oldest first. */
export const DEMO_THREADS: readonly DemoThread[] = [
  thread('Weekly Gradient: maps that explain themselves', [
    received(
      158,
      NEWSLETTER,
      'Three ways to label a map without a legend, and a reader’s answer to last week’s puzzle.',
    ),
  ]),
  thread('Workshop programme: proofs and quote', [
    {
      ...received(
        121,
        PRINTER,
        'Dear Ada,\n\nthe quote is attached. We need the final pages by Thursday noon.\n\nCopper & Ink',
      ),
      attachment: { filename: 'quote-4471.csv', mimeType: 'text/csv', content: QUOTE },
    },
    sent(118, 'Thank you. Could you make it 450 copies?\n\nAda'),
    received(97, PRINTER, '450 is fine, at the same price per copy.\n\nCopper & Ink'),
  ]),
  thread('Besuch in Malmö – Zugzeiten', [
    received(
      76,
      SOREN,
      'Hej Ada!\n\nThe 8:14 from Copenhagen gets you here before nine. Fika is on me. ☕\n\nSøren',
    ),
    sent(74, 'Booked. See you on platform 2!\n\nAda'),
  ]),
  thread('来週の打ち合わせについて', [
    received(
      52,
      YUKI,
      'アダさん、\n\n来週火曜日の10時はいかがでしょうか。資料は前日までにお送りします。\n\n田中',
    ),
    sent(49, 'Tuesday at ten (Tokyo time) works. Thank you, Yuki!\n\nAda'),
    unread(30, YUKI, 'ありがとうございます。楽しみにしています。\n\n田中'),
  ]),
  thread('Review of the draft chapter', [
    received(
      26,
      GRACE,
      'I have read chapter 3. The argument holds; the second figure does not. Can we talk before Friday?',
    ),
    sent(22, 'Friday at nine? I will redraw the figure until then.\n\nAda'),
    unread(5, GRACE, 'Nine it is.\n\nGrace'),
  ]),
  thread('ترجمة الملخص إلى العربية', [
    unread(2, LEILA, 'عزيزتي آدا،\n\nأرسلت لك المسودة الأولى. أخبريني برأيك متى تيسّر لك ذلك.\n\nليلى'),
  ]),
];

function thread(subject: string, mails: readonly DemoMail[]): DemoThread {
  return { subject, mails };
}

function received(hoursAgo: number, from: Person, text: string): DemoMail {
  return { from, hoursAgo, text: text.replaceAll('\n', '\r\n') };
}

function unread(hoursAgo: number, from: Person, text: string): DemoMail {
  return { ...received(hoursAgo, from, text), unread: true };
}

function sent(hoursAgo: number, text: string): DemoMail {
  return { from: undefined, hoursAgo, text: text.replaceAll('\n', '\r\n') };
}
