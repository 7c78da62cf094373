/** What must hold in every history, by the name under which a breach is reported. */
export const SCHEDULE_RULES = {
  'claimed-twice': 'A job whose claim has not ended is nobody else’s.',
  'claimed-early': 'No job is claimed before it is due.',
  'plan-forgotten': 'A job that is planned while it is claimed is due then, whatever its holder plans.',
  'came-back': 'A job that is canceled while it is claimed does not come back.',
  'job-lost': 'Whatever crashes and fails, each job is done again in the end.',
} as const;

export type ScheduleRule = keyof typeof SCHEDULE_RULES;
