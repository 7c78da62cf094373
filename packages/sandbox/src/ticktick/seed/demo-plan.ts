import { languageProjects } from './demo-plan-languages.ts';
import type { ListPlan, ProjectPlan, SeedPlan } from './plan.ts';

const LIST_SIZE = { open: 86, completed: 12 };

const INBOX: ListPlan = {
  open: 60,
  completed: 20,
  beginnings: listed('Call, Ask, Remind, Write to, Thank, Meet, 📞 Call back, Send photos to'),
  endings: listed('Mum, the dentist, Jonas, the landlord, Aunt Ines, the bank, Priya, the garage'),
  tags: ['call', 'quick'],
};

const WORK: readonly ProjectPlan[] = [
  {
    ...LIST_SIZE,
    name: 'Product roadmap',
    color: '#4772FA',
    viewMode: 'kanban',
    group: 'Work',
    columns: ['Backlog', 'In progress', 'Review', 'Done'],
    beginnings: listed('Sketch, Estimate, Build, Review, Ship, Measure, Document, Demo, 🚀 Launch'),
    endings: listed('onboarding, search, the export, billing, dark mode, webhooks, the editor, sharing'),
    tags: ['work', 'urgent', 'q4'],
  },
  {
    ...LIST_SIZE,
    name: 'Website relaunch',
    color: '#F18181',
    group: 'Work',
    beginnings: listed('Draft, Translate, Proofread, Design, Test, Publish, Fix, Redirect'),
    endings: listed('the landing page, pricing, case studies, the blog, the footer, "About us", the FAQ'),
    tags: ['work', 'design'],
  },
  {
    ...LIST_SIZE,
    name: 'Customers & support',
    group: 'Work',
    beginnings: listed('Answer, Follow up on, Escalate, Close, Reproduce, Invoice, Schedule a call about'),
    endings: listed(
      'ticket #1043, the ACME renewal, the refund, a login issue, the audit, Contoso’s request',
    ),
    tags: ['work', 'customer', 'waiting'],
  },
  {
    ...LIST_SIZE,
    name: 'Team offsite',
    viewMode: 'timeline',
    group: 'Work',
    shared: true,
    beginnings: listed('Book, Compare, Confirm, Pay, Plan, Share, Pack for'),
    endings: listed('the venue, trains, the workshop, dinner on Thursday, the hike, name tags 🎫'),
    tags: ['work', 'travel'],
  },
];

const PERSONAL: readonly ProjectPlan[] = [
  {
    ...LIST_SIZE,
    name: '🏡 Home',
    color: '#35D870',
    group: 'Personal',
    beginnings: listed('Clean, Repair, Paint, Replace, Order, Measure, 🧹 Tidy up'),
    endings: listed('the kitchen, the balcony door, the smoke detector, the cellar, the bikes, winter tyres'),
    tags: ['home', 'errand'],
  },
  {
    ...LIST_SIZE,
    name: 'Health & Sport 🏃‍♀️',
    group: 'Personal',
    beginnings: listed('Run, Swim, Stretch, Lift, Walk, Yoga 🧘'),
    endings: listed('5 km, before work, with Sam, 30 minutes, at the lake, intervals, easy'),
    tags: ['health'],
  },
  {
    ...LIST_SIZE,
    name: 'Money',
    color: '#FFD457',
    group: 'Personal',
    beginnings: listed('Pay, Check, Cancel, File, Compare, Renew'),
    endings: listed(
      'rent, the tax return, car insurance, the gym contract, électricité, the pension statement',
    ),
    tags: ['money', 'paper'],
  },
  {
    ...LIST_SIZE,
    name: 'Reading list 📚',
    beginnings: listed('Read, Finish, Return, Summarise, Lend out'),
    endings: listed(
      '“Middlemarch”, «Война и мир», The Pragmatic Programmer, RFC 9700, a paper on CRDTs, Ficciones',
    ),
    tags: ['read', 'someday'],
  },
  {
    ...LIST_SIZE,
    name: 'Garden',
    beginnings: listed('Sow, Water, Prune, Harvest, Repot, Mulch'),
    endings: listed('tomatoes 🍅, roses, the apple tree, basil, the hedge, strawberries'),
    tags: ['home', 'outdoors'],
  },
  {
    ...LIST_SIZE,
    open: 40,
    completed: 0,
    name: 'Notes',
    kind: 'NOTE',
    beginnings: listed('Idea:, Minutes:, Recipe:, Quote:, Draft:'),
    endings: listed('quarterly planning, sourdough, a talk about queues, gift list, what I learned today'),
    tags: ['note'],
  },
];

/** 15 projects and an inbox with more than 1,200 open tasks. */
export const DEMO_PLAN: SeedPlan = {
  inbox: INBOX,
  projects: [...WORK, ...PERSONAL, ...languageProjects(LIST_SIZE)],
};

function listed(words: string): readonly string[] {
  return words.split(', ');
}
