import { demoPlan } from './demo-plan.ts';
import type { ListPlan, SeedPlan } from './plan.ts';

/** That many open tasks, spread over three projects and the inbox; nothing else. */
export function smallPlan(openTasks: number): SeedPlan {
  const perList = Math.floor(openTasks / 4);
  return {
    inbox: resized(demoPlan.inbox, openTasks - 3 * perList),
    projects: demoPlan.projects.slice(0, 3).map((project) => resized(project, perList)),
  };
}

/** An inbox without a task. */
export const emptyPlan: SeedPlan = { inbox: resized(demoPlan.inbox, 0), projects: [] };

function resized<T extends ListPlan>(plan: T, open: number): T {
  return { ...plan, open, completed: 0 };
}
