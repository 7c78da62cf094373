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
  {
    subject: 'Weekly Gradient: maps that explain themselves',
    mails: [
      {
        from: NEWSLETTER,
        hoursAgo: 158,
        text: 'Three ways to label a map without a legend, and a reader’s answer to last week’s puzzle.',
      },
    ],
  },
  {
    subject: 'Workshop programme: proofs and quote',
    mails: [
      {
        from: PRINTER,
        hoursAgo: 121,
        text: 'Dear Ada,\r\n\r\nthe quote is attached. We need the final pages by Thursday noon.\r\n\r\nCopper & Ink',
        attachment: { filename: 'quote-4471.csv', mimeType: 'text/csv', content: QUOTE },
      },
      {
        from: undefined,
        hoursAgo: 118,
        text: 'Thank you. Could you make it 450 copies?\r\n\r\nAda',
      },
      {
        from: PRINTER,
        hoursAgo: 97,
        text: '450 is fine, at the same price per copy.\r\n\r\nCopper & Ink',
      },
    ],
  },
  {
    subject: 'Besuch in Malmö – Zugzeiten',
    mails: [
      {
        from: SOREN,
        hoursAgo: 76,
        text: 'Hej Ada!\r\n\r\nThe 8:14 from Copenhagen gets you here before nine. Fika is on me. ☕\r\n\r\nSøren',
      },
      { from: undefined, hoursAgo: 74, text: 'Booked. See you on platform 2!\r\n\r\nAda' },
    ],
  },
  {
    subject: '来週の打ち合わせについて',
    mails: [
      {
        from: YUKI,
        hoursAgo: 52,
        text: 'アダさん、\r\n\r\n来週火曜日の10時はいかがでしょうか。資料は前日までにお送りします。\r\n\r\n田中',
      },
      {
        from: undefined,
        hoursAgo: 49,
        text: 'Tuesday at ten (Tokyo time) works. Thank you, Yuki!\r\n\r\nAda',
      },
      {
        from: YUKI,
        hoursAgo: 30,
        text: 'ありがとうございます。楽しみにしています。\r\n\r\n田中',
        unread: true,
      },
    ],
  },
  {
    subject: 'Review of the draft chapter',
    mails: [
      {
        from: GRACE,
        hoursAgo: 26,
        text: 'I have read chapter 3. The argument holds; the second figure does not. Can we talk before Friday?',
      },
      {
        from: undefined,
        hoursAgo: 22,
        text: 'Friday at nine? I will redraw the figure until then.\r\n\r\nAda',
      },
      { from: GRACE, hoursAgo: 5, text: 'Nine it is.\r\n\r\nGrace', unread: true },
    ],
  },
  {
    subject: 'ترجمة الملخص إلى العربية',
    mails: [
      {
        from: LEILA,
        hoursAgo: 2,
        text: 'عزيزتي آدا،\r\n\r\nأرسلت لك المسودة الأولى. أخبريني برأيك متى تيسّر لك ذلك.\r\n\r\nليلى',
        unread: true,
      },
    ],
  },
];
