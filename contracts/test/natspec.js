#!/usr/bin/env node
// Every function that can be called from outside says what it does: external and public functions of the sources have a
// comment of their own (declarations without body aside).
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const sources = path.join(__dirname, '..', 'src');
const missing = [];
let documented = 0;

for (const name of fs.readdirSync(sources, { recursive: true })) {
  if (!name.endsWith('.sol') || name.startsWith('interfaces')) continue;
  const lines = fs.readFileSync(path.join(sources, name), 'utf8').split('\n');
  lines.forEach((line, i) => {
    if (!/^ {4}(function \w+|receive|fallback)\(/.test(line)) return;
    let head = '';
    for (let j = i; j < lines.length && !/[{;]/.test(head); j++) head += lines[j] + ' ';
    if (!/\b(external|public)\b/.test(head) || head.includes(';')) return;
    if (/^ {4}\/\/\//.test(lines[i - 1])) documented++;
    else missing.push(`${name}:${i + 1} ${line.trim()}`);
  });
}

if (missing.length) {
  process.stderr.write(`${missing.join('\n')}\nnatspec: ${missing.length} functions without a comment\n`);
  process.exit(1);
}
process.stdout.write(`natspec: ${documented} functions documented\n`);
