import type { ProjectPlan, SeedPlan } from './plan.ts';

/**
 * The projects, one after the other: `name | group | tags`, then the beginnings and the endings of its tasks' titles. The last
 * ones are in other scripts: Chinese, Japanese, Arabic, Hebrew, German and Hindi.
 */
const PROJECTS = `
Product roadmap | Work | work, urgent, q4
Sketch, Estimate, Build, Review, Ship, Measure, Document, Demo, 🚀 Launch
onboarding, search, the export, billing, dark mode, webhooks, the editor, sharing

Website relaunch | Work | work, design
Draft, Translate, Proofread, Design, Test, Publish, Fix, Redirect
the landing page, pricing, case studies, the blog, the footer, "About us", the FAQ

Customers & support | Work | work, customer, waiting
Answer, Follow up on, Escalate, Close, Reproduce, Invoice, Schedule a call about
ticket #1043, the ACME renewal, the refund, a login issue, the audit, Contoso’s request

Team offsite | Work | work, travel
Book, Compare, Confirm, Pay, Plan, Share, Pack for
the venue, trains, the workshop, dinner on Thursday, the hike, name tags 🎫

🏡 Home | Personal | home, errand
Clean, Repair, Paint, Replace, Order, Measure, 🧹 Tidy up
the kitchen, the balcony door, the smoke detector, the cellar, the bikes, winter tyres

Health & Sport 🏃‍♀️ | Personal | health
Run, Swim, Stretch, Lift, Walk, Yoga 🧘
5 km, before work, with Sam, 30 minutes, at the lake, intervals, easy

Money | Personal | money, paper
Pay, Check, Cancel, File, Compare, Renew
rent, the tax return, car insurance, the gym contract, électricité, the pension statement

Reading list 📚 | | read, someday
Read, Finish, Return, Summarise, Lend out
“Middlemarch”, «Война и мир», The Pragmatic Programmer, RFC 9700, a paper on CRDTs, Ficciones

Garden | | home, outdoors
Sow, Water, Prune, Harvest, Repot, Mulch
tomatoes 🍅, roses, the apple tree, basil, the hedge, strawberries

Notes | | note
Idea:, Minutes:, Recipe:, Quote:, Draft:
quarterly planning, sourdough, a talk about queues, gift list, what I learned today

家庭计划 | Personal | 家庭, 采购
购买, 整理, 预约, 准备, 联系, 检查
春节礼物 🧧, 孩子的课本, 体检, 周末聚餐, 物业, 护照

日本旅行 🗾 | | 旅行
予約する：, 調べる：, 買う：, 確認する：
新幹線, 京都のホテル, お土産, 富士山の天気, レストラン

مشروع الترجمة | | عمل
مراجعة, ترجمة, إرسال, تدقيق
الفصل الأول, المقدمة, العقد, قائمة المصطلحات (v2), الفهرس

לימודים 🎓 | | לימודים
לקרוא, להגיש, לסכם, לתרגל
פרק 3, את העבודה, מבחן לדוגמה, SQL, אנגלית

Straße & Überlandfahrt हिन्दी | | straße
Prüfen:, Kündigen:, Verlängern:, खरीदना:
Fahrzeugschein, Bußgeld, टिकट, Führerschein, Größe der Dachbox`;

const INBOX = `
Inbox | | call, quick
Call, Ask, Remind, Write to, Thank, Meet, 📞 Call back, Send photos to
Mum, the dentist, Jonas, the landlord, Aunt Ines, the bank, Priya, the garage`;

/** What is particular about some projects. */
const PARTICULARS: Readonly<Record<string, Partial<ProjectPlan>>> = {
  'Product roadmap': {
    color: '#4772FA',
    viewMode: 'kanban',
    columns: ['Backlog', 'In progress', 'Review', 'Done'],
  },
  'Website relaunch': { color: '#F18181' },
  'Team offsite': { viewMode: 'timeline', shared: true },
  '🏡 Home': { color: '#35D870' },
  Money: { color: '#FFD457' },
  Notes: { kind: 'NOTE', open: 40, completed: 0 },
  '日本旅行 🗾': { color: '#E070FF' },
};

/** 15 projects and an inbox with more than 1,200 open tasks. */
export const DEMO_PLAN: SeedPlan = {
  inbox: { ...listPlan(INBOX), open: 60, completed: 20 },
  projects: PROJECTS.trim().split('\n\n').map(listPlan),
};

function listPlan(text: string): ProjectPlan {
  const [head = '', beginnings = '', endings = ''] = text.trim().split('\n');
  const [name = '', group = '', tags = ''] = head.split('|').map((part) => part.trim());
  return {
    name,
    ...(group !== '' && { group }),
    open: 86,
    completed: 12,
    beginnings: beginnings.split(', '),
    endings: endings.split(', '),
    tags: tags.split(', '),
    ...PARTICULARS[name],
  };
}
