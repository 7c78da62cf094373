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

const grace: Person = { name: 'Grace Lindqvist', email: 'grace@example.com' };
const soren: Person = { name: 'Søren Ångström', email: 'soren@nordlys.example' };
const yuki: Person = { name: '田中 由紀', email: 'yuki.tanaka@hikari.example' };
const leila: Person = { name: 'ليلى حداد', email: 'leila@atlas.example' };
const printer: Person = { name: 'Copper & Ink Printing', email: 'orders@copper-ink.example' };
const newsletter: Person = { name: 'Weekly Gradient', email: 'news@gradient.example' };

const quote = [
  'Item;Quantity;Price',
  'Programme, A5, 24 pages;400;1120.00',
  'Name badges;120;96.00',
  'Delivery;1;18.50',
].join('\r\n');

/** Six conversations of the last week, oldest first. */
export const demoThreads: readonly DemoThread[] = [
  {
    subject: 'Weekly Gradient: maps that explain themselves',
    mails: [
      {
        from: newsletter,
        hoursAgo: 158,
        text: 'Three ways to label a map without a legend, and a reader’s answer to last week’s puzzle.',
      },
    ],
  },
  {
    subject: 'Workshop programme: proofs and quote',
    mails: [
      {
        from: printer,
        hoursAgo: 121,
        text: 'Dear Ada,\r\n\r\nthe quote is attached. We need the final pages by Thursday noon.\r\n\r\nCopper & Ink',
        attachment: { filename: 'quote-4471.csv', mimeType: 'text/csv', content: quote },
      },
      {
        from: undefined,
        hoursAgo: 118,
        text: 'Thank you. Could you make it 450 copies?\r\n\r\nAda',
      },
      {
        from: printer,
        hoursAgo: 97,
        text: '450 is fine, at the same price per copy.\r\n\r\nCopper & Ink',
      },
    ],
  },
  {
    subject: 'Besuch in Malmö – Zugzeiten',
    mails: [
      {
        from: soren,
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
        from: yuki,
        hoursAgo: 52,
        text: 'アダさん、\r\n\r\n来週火曜日の10時はいかがでしょうか。資料は前日までにお送りします。\r\n\r\n田中',
      },
      {
        from: undefined,
        hoursAgo: 49,
        text: 'Tuesday at ten (Tokyo time) works. Thank you, Yuki!\r\n\r\nAda',
      },
      {
        from: yuki,
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
        from: grace,
        hoursAgo: 26,
        text: 'I have read chapter 3. The argument holds; the second figure does not. Can we talk before Friday?',
      },
      {
        from: undefined,
        hoursAgo: 22,
        text: 'Friday at nine? I will redraw the figure until then.\r\n\r\nAda',
      },
      { from: grace, hoursAgo: 5, text: 'Nine it is.\r\n\r\nGrace', unread: true },
    ],
  },
  {
    subject: 'ترجمة الملخص إلى العربية',
    mails: [
      {
        from: leila,
        hoursAgo: 2,
        text: 'عزيزتي آدا،\r\n\r\nأرسلت لك المسودة الأولى. أخبريني برأيك متى تيسّر لك ذلك.\r\n\r\nليلى',
        unread: true,
      },
    ],
  },
];
