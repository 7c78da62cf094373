// Writes a schema per dialect and lets Prisma generate its client. It needs no engine for that, but would download one: any
// program in its place will do.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..');

for (const provider of ['postgresql', 'sqlite']) {
  const folder = join(FOLDER, `.program-${provider}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'schema.prisma'),
    `generator client {
  provider = "prisma-client"
  output = "./client"
  importFileExtension = "ts"
  generatedFileExtension = "ts"
}

datasource db {
  provider = "${provider}"
}

model Note {
  id Int @id
  text String
}
`,
  );
  execFileSync(
    process.execPath,
    [
      join(FOLDER, 'node_modules/prisma/build/index.js'),
      'generate',
      '--schema',
      join(folder, 'schema.prisma'),
    ],
    {
      cwd: FOLDER,
      stdio: 'inherit',
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
    },
  );
}
