import type { SendAs, ThreadReply } from '@context-sdk/google-workspace';

/** A message of the conversation that is answered. What is left out is as in {@link USUAL}. */
export interface TableMessage {
  from?: string;
  to?: string;
  cc?: string;
  subject?: string;
  messageId?: string;
  labels?: string[];
  /** Further header fields. */
  headers?: Record<string, string>;
}

/** What the reply has to be. What is left out is as in {@link EXPECTED}. */
export interface ExpectedReply {
  to: string[];
  cc: string[];
  subject: string;
  from: string;
  parent: string;
}

export interface Situation {
  messages?: TableMessage[];
  aliases?: SendAs[];
  reply?: Partial<ThreadReply>;
  expected?: Partial<ExpectedReply>;
}

export const ADA = 'ada@example.com';
const TEAM = 'team@example.com';
const KIM = 'kim@elsewhere.example';
const LEE = 'lee@elsewhere.example';
const LIST = 'list@lists.example';

export const USUAL: Required<TableMessage> = {
  from: `Kim <${KIM}>`,
  to: ADA,
  cc: '',
  subject: 'Lunch',
  messageId: '<1@elsewhere.example>',
  labels: ['INBOX'],
  headers: {},
};

export const EXPECTED: ExpectedReply = {
  to: [KIM],
  cc: [],
  subject: 'Re: Lunch',
  from: ADA,
  parent: '<1@elsewhere.example>',
};

const PRIMARY: SendAs = { sendAsEmail: ADA, displayName: 'Ada', isPrimary: true, isDefault: true };
const ALIAS: SendAs = { sendAsEmail: TEAM, displayName: 'Team', verificationStatus: 'accepted' };
export const ALIASES: SendAs[] = [PRIMARY, ALIAS];

const ALL = { all: true };
const OWN = { from: `Ada <${ADA}>`, to: KIM, labels: ['SENT'] };
const SECOND = { messageId: '<2@elsewhere.example>', subject: 'Re: Lunch' };

export const SITUATIONS: Record<string, Situation> = {
  'a mail to the user alone': {},
  'a mail to several, to its sender': { messages: [{ to: `${ADA}, ${LEE}` }] },
  'a mail to several, to all': { messages: [{ to: `${ADA}, ${LEE}` }], reply: ALL, expected: { cc: [LEE] } },
  'those in Cc, to all': { messages: [{ cc: LEE }], reply: ALL, expected: { cc: [LEE] } },
  'those in Cc, to its sender': { messages: [{ cc: LEE }] },
  'the user is in Cc': { messages: [{ to: LEE, cc: ADA }], reply: ALL, expected: { cc: [LEE] } },
  'the user is in Bcc': { messages: [{ to: LEE }], reply: ALL, expected: { cc: [LEE] } },
  'somebody in To and Cc': {
    messages: [{ to: `${ADA}, ${LEE}`, cc: LEE.toUpperCase() }],
    reply: ALL,
    expected: { cc: [LEE] },
  },
  'the sender is also in Cc': { messages: [{ cc: `${KIM}, ${LEE}` }], reply: ALL, expected: { cc: [LEE] } },
  'a group in To': { messages: [{ to: `Friends: ${ADA}, ${LEE};` }], reply: ALL, expected: { cc: [LEE] } },
  'undisclosed recipients': { messages: [{ to: 'undisclosed-recipients:;' }], reply: ALL },
  'Reply-To': { messages: [{ headers: { 'Reply-To': LEE } }], expected: { to: [LEE] } },
  'several in Reply-To': {
    messages: [{ headers: { 'Reply-To': `${LEE}, ${KIM}` } }],
    expected: { to: [LEE, KIM] },
  },
  'Reply-To, to all': {
    messages: [{ headers: { 'Reply-To': LEE }, to: `${ADA}, ${LEE}` }],
    reply: ALL,
    expected: { to: [LEE] },
  },
  'Reply-To is the user': { messages: [{ headers: { 'Reply-To': ADA } }] },
  'Reply-To can not be an address': { messages: [{ headers: { 'Reply-To': 'no reply' } }] },
  'Reply-To has a domain that no mail can have': { messages: [{ headers: { 'Reply-To': 'a@x-.example' } }] },
  'a list that sets Reply-To': {
    messages: [{ to: LIST, headers: { 'Reply-To': LIST, 'List-Id': '<l.lists.example>' } }],
    expected: { to: [LIST] },
  },
  'a list that does not, to its sender': {
    messages: [{ to: LIST, headers: { 'List-Post': `<mailto:${LIST}>` } }],
  },
  'a list that does not, to all': {
    messages: [{ to: LIST, headers: { 'List-Post': `<mailto:${LIST}>` } }],
    reply: ALL,
    expected: { cc: [LIST] },
  },
  'an own mail': { messages: [OWN] },
  'an own mail to several, to all': {
    messages: [{ ...OWN, to: `${KIM}, ${LEE}`, cc: LIST }],
    reply: ALL,
    expected: { to: [KIM, LEE], cc: [LIST] },
  },
  'an own mail with the user in Cc': { messages: [{ ...OWN, cc: ADA }], reply: ALL },
  'an own mail to Cc alone': { messages: [{ ...OWN, to: '', cc: KIM }] },
  'a note to self': { messages: [{ ...OWN, to: ADA }], expected: { to: [ADA] } },
  'an alias received it': { messages: [{ to: TEAM }], expected: { from: TEAM } },
  'an alias in Cc': { messages: [{ to: LEE, cc: TEAM }], reply: ALL, expected: { from: TEAM, cc: [LEE] } },
  'both addresses received it: the first': {
    messages: [{ to: `${TEAM}, ${ADA}` }],
    reply: ALL,
    expected: { from: TEAM },
  },
  'an alias that only Delivered-To names': {
    messages: [{ to: LIST, headers: { 'Delivered-To': TEAM } }],
    expected: { from: TEAM },
  },
  'sent by an alias': { messages: [{ ...OWN, from: `Team <${TEAM}>` }], expected: { from: TEAM } },
  'an alias that is not verified': {
    messages: [{ to: TEAM }],
    aliases: [PRIMARY, { ...ALIAS, verificationStatus: 'pending' }],
  },
  'another default': {
    messages: [{ to: LIST }],
    aliases: [
      { ...PRIMARY, isDefault: false },
      { ...ALIAS, isDefault: true },
    ],
    expected: { from: TEAM },
  },
  'a tag on the address': {
    messages: [{ to: `ada+news@example.com, ${LEE}` }],
    reply: ALL,
    expected: { cc: [LEE] },
  },
  'the newest message': { messages: [{}, SECOND], expected: { parent: SECOND.messageId } },
  'a draft is newer': { messages: [{}, { ...SECOND, labels: ['DRAFT'] }] },
  'several drafts are newer': {
    messages: [{}, { ...SECOND, labels: ['DRAFT'] }, { ...SECOND, labels: ['DRAFT'] }],
  },
  'the newest is in the trash': { messages: [{}, { ...SECOND, labels: ['TRASH'] }] },
  'the newest is spam': { messages: [{}, { ...SECOND, labels: ['SPAM'] }] },
  'the newest is own': { messages: [{}, { ...SECOND, ...OWN }], expected: { parent: SECOND.messageId } },
  'an older message by its id': { messages: [{}, SECOND], reply: { messageId: 'm0' } },
  'a subject with Re': { messages: [{ subject: 'Re: Lunch' }] },
  'a subject with several': {
    messages: [{ subject: 'RE: Re: AW: Lunch' }],
    expected: { subject: 'RE: Lunch' },
  },
  'a German subject': { messages: [{ subject: 'AW: Lunch' }], expected: { subject: 'AW: Lunch' } },
  'a Chinese subject': { messages: [{ subject: '回复:Lunch' }], expected: { subject: '回复: Lunch' } },
  'a Swedish subject with a number': {
    messages: [{ subject: 'SV[2]: Lunch' }],
    expected: { subject: 'SV[2]: Lunch' },
  },
  'a subject that only begins like it': {
    messages: [{ subject: 'Request' }],
    expected: { subject: 'Re: Request' },
  },
  'no subject': { messages: [{ subject: '' }], expected: { subject: 'Re:' } },
};
