/** What a check found: `problems` make it fail, `notes` are figures worth reading. */
export interface Findings {
  problems: string[];
  notes?: string[];
}

export interface Check {
  title: string;
  run: () => Findings | Promise<Findings>;
}

/** Runs every check, also behind one that failed, and sets the exit code. */
export async function runChecks(checks: readonly Check[]): Promise<void> {
  let failed = 0;
  for (const check of checks) {
    const start = performance.now();
    const { problems, notes = [] } = await check.run();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${problems.length === 0 ? '✓' : '✗'} ${check.title} (${seconds} s)`);
    for (const note of notes) console.log(`    ${note}`);
    for (const problem of problems) console.log(`  ✗ ${problem.replaceAll('\n', '\n    ')}`);
    if (problems.length > 0) failed++;
  }
  if (failed > 0) {
    console.log(`${failed} of ${checks.length} checks failed.`);
    process.exitCode = 1;
  }
}
