import { DEMO_PLAN } from './demo-plan.ts';
import type { ListPlan, SeedPlan } from './plan.ts';

/** That many open tasks, spread over three projects and the inbox; nothing else. */
export function smallPlan(openTasks: number): SeedPlan {
  const perList = Math.floor(openTasks / 4);
  return {
    inbox: resized(DEMO_PLAN.inbox, openTasks - 3 * perList),
    projects: DEMO_PLAN.projects.slice(0, 3).map((project) => resized(project, perList)),
  };
}

/** An inbox without a task. */
export const EMPTY_PLAN: SeedPlan = { inbox: resized(DEMO_PLAN.inbox, 0), projects: [] };

function resized<T extends ListPlan>(plan: T, open: number): T {
  return { ...plan, open, completed: 0 };
}
