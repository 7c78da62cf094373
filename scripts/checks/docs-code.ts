import { join } from 'node:path';
import ts from 'typescript';
import type { Findings } from '../lib/checks.ts';
import { type CodeBlock, codeBlocks } from '../lib/code-blocks.ts';
import { compilerOptions } from '../lib/tsconfig.ts';
import { ROOT } from '../lib/workspace.ts';

const LANGUAGES = new Set(['ts', 'typescript']);

/** Every TypeScript block of README.md, docs/ and the packages' pages compiles, as a module of its own. */
export function checkDocsCode(): Findings {
  const problems: string[] = [];
  const modules = new Map<string, CodeBlock>();
  for (const block of codeBlocks()) {
    const [language = '', ...marks] = block.language.split(/[\s{]+/);
    if (!LANGUAGES.has(language.toLowerCase())) continue;
    const place = `${block.page}:${block.line}`;
    if (marks.length > 0) problems.push(`${place} is marked "${block.language}": every block is checked`);
    // Beside the page, so that imports resolve as they would for code in that folder.
    modules.set(join(ROOT, `${block.page}.${block.line}.ts`), block);
  }
  return { problems: [...problems, ...compile(modules)], notes: [`${modules.size} blocks`] };
}

function compile(modules: ReadonlyMap<string, CodeBlock>): string[] {
  const options: ts.CompilerOptions = {
    ...compilerOptions(),
    moduleDetection: ts.ModuleDetectionKind.Force,
    declaration: false,
    isolatedDeclarations: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => modules.has(file) || fileExists(file);
  host.readFile = (file) => modules.get(file)?.code ?? readFile(file);
  host.getSourceFile = (file, languageOrOptions, ...rest) => {
    const block = modules.get(file);
    return block
      ? ts.createSourceFile(file, block.code, languageOrOptions)
      : getSourceFile(file, languageOrOptions, ...rest);
  };
  const program = ts.createProgram([...modules.keys()], options, host);
  return [...modules].flatMap(([file, block]) => {
    const source = program.getSourceFile(file);
    return ts.getPreEmitDiagnostics(program, source).map((diagnostic) => describe(diagnostic, block));
  });
}

function describe({ file, start = 0, messageText }: ts.Diagnostic, { page, line }: CodeBlock): string {
  const offset = file ? ts.getLineAndCharacterOfPosition(file, start).line : 0;
  return `${page}:${line + offset} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
}
