import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type DefaultTheme, defineConfig } from 'vitepress';
import llms from 'vitepress-plugin-llms';
import { CONTENT, REPOSITORY } from '../src/pages.ts';

function titleOf(page: string): string {
  return (
    /^# (.+)$/m.exec(readFileSync(join(CONTENT, page), 'utf8'))?.[1]?.replaceAll('`', '') ??
    basename(page, '.md')
  );
}

function item(page: string): DefaultTheme.SidebarItem {
  return { text: titleOf(page), link: `/${page.replace(/(index)?\.md$/, '')}` };
}

function items(pattern: string): DefaultTheme.SidebarItem[] {
  return globSync(pattern, { cwd: CONTENT })
    .toSorted()
    .map((page) => item(page));
}

const guides: DefaultTheme.SidebarItem[] = [
  {
    text: 'Begin',
    items: [
      { text: 'First steps', link: '/start' },
      item('first-steps.md'),
      item('registering.md'),
      item('from-the-guide.md'),
      item('context.md'),
    ],
  },
  {
    text: 'Services',
    items: ['ticktick.md', 'google-calendar.md', 'gmail.md', 'azure-devops.md', 'own-service.md'].map(item),
  },
  {
    text: 'Planning',
    items: globSync('{planning,links}.md', { cwd: CONTENT }).toSorted().toReversed().map(item),
  },
  { text: 'Assistants', items: ['tools.md', 'mcp.md', 'skill/SKILL.md'].map(item) },
  {
    text: 'In production',
    items: [
      'tokens.md',
      'stores.md',
      'keys.md',
      'errors.md',
      'scaling.md',
      'sign-in-libraries.md',
      'runtimes.md',
      'observability.md',
      'security.md',
    ].map(item),
  },
  { text: 'Testing', items: [item('sandbox.md'), item('sandbox-assumptions.md')] },
  { text: 'Packages', items: items('packages/*.md'), collapsed: true },
  {
    text: 'Background',
    collapsed: true,
    items: [
      { text: 'Facts about the services', link: '/facts/', items: items('facts/*[!x].md'), collapsed: true },
      { text: 'Decisions', items: items('decisions/*.md'), collapsed: true },
      { text: 'Benchmarks', link: '/benchmarks' },
      { text: 'Compatibility', link: '/compatibility' },
      { text: 'Changelog', link: '/changelog' },
      { text: 'Contributing', items: items('contributing/*.md'), collapsed: true },
    ],
  },
];

export default defineConfig({
  title: 'Context SDK',
  description: 'Typed TypeScript clients for TickTick, Google Calendar, Gmail and Azure DevOps.',
  srcDir: 'content',
  cleanUrls: true,
  // Other dead links fail the build.
  ignoreDeadLinks: 'localhostLinks',
  lastUpdated: false,
  // Pages are Markdown that other tools show, too: no HTML and no templates in them.
  markdown: { config: (markdown) => void markdown.set({ html: false }) },
  vite: { plugins: [llms({ ignoreFiles: ['api/**', 'changelog.md'], domain: '' })] },
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Guides', link: '/start' },
      { text: 'Reference', link: '/api/' },
      { text: 'Changelog', link: '/changelog' },
    ],
    sidebar: { '/api/': [{ text: 'Reference', items: items('api/@context-sdk/**/*.md') }], '/': guides },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    outline: [2, 3],
  },
});
