import type { ProjectPlan } from './plan.ts';

/** Projects in other scripts: Chinese, Japanese, Arabic, Hebrew, German and Hindi. */
export function languageProjects(size: { open: number; completed: number }): readonly ProjectPlan[] {
  return [
    {
      ...size,
      name: '家庭计划',
      group: 'Personal',
      beginnings: ['购买', '整理', '预约', '准备', '联系', '检查'],
      endings: ['春节礼物 🧧', '孩子的课本', '体检', '周末聚餐', '物业', '护照'],
      tags: ['家庭', '采购'],
    },
    {
      ...size,
      name: '日本旅行 🗾',
      color: '#E070FF',
      beginnings: ['予約する：', '調べる：', '買う：', '確認する：'],
      endings: ['新幹線', '京都のホテル', 'お土産', '富士山の天気', 'レストラン'],
      tags: ['旅行'],
    },
    {
      ...size,
      name: 'مشروع الترجمة',
      beginnings: ['مراجعة', 'ترجمة', 'إرسال', 'تدقيق'],
      endings: ['الفصل الأول', 'المقدمة', 'العقد', 'قائمة المصطلحات (v2)', 'الفهرس'],
      tags: ['عمل'],
    },
    {
      ...size,
      name: 'לימודים 🎓',
      beginnings: ['לקרוא', 'להגיש', 'לסכם', 'לתרגל'],
      endings: ['פרק 3', 'את העבודה', 'מבחן לדוגמה', 'SQL', 'אנגלית'],
      tags: ['לימודים'],
    },
    {
      ...size,
      name: 'Straße & Überlandfahrt हिन्दी',
      beginnings: ['Prüfen:', 'Kündigen:', 'Verlängern:', 'खरीदना:'],
      endings: ['Fahrzeugschein', 'Bußgeld', 'टिकट', 'Führerschein', 'Größe der Dachbox'],
      tags: ['straße'],
    },
  ];
}
