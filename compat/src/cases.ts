// Counts the cases of other projects and of standards that ours are held against, by source: compat/cases.
import { readdirSync, readFileSync } from 'node:fs';

interface CaseFile {
  source: string;
  cases: { differs?: string }[];
}

const folder = new URL('../cases/', import.meta.url);
const files = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as CaseFile,
);
let total = 0;
for (const { source, cases } of files) {
  const explained = cases.filter(({ differs }) => differs !== undefined).length;
  total += cases.length;
  process.stdout.write(
    `${String(cases.length).padStart(4)} cases, ${cases.length - explained} agree, ${explained} explained: ${source}\n`,
  );
}
process.stdout.write(`${String(total).padStart(4)} cases\n`);
