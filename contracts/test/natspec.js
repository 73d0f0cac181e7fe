#!/usr/bin/env node
// Every function that can be called from outside says what it does: external and public functions of the sources have a
// comment of their own (declarations without body aside). One that refuses says when, one that emits says what; this sees
// only what stands in the function itself.
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
    const comment = commentAbove(lines, i);
    const body = lines.slice(i, lines.findIndex((end, j) => j >= i && /^ {4}}|^ {4}function .*}$/.test(end)) + 1).join('\n');
    const fault = faultOf(comment, body);
    if (fault) missing.push(`${name}:${i + 1} ${fault}: ${line.trim()}`);
    else documented++;
  });
}

function commentAbove(lines, i) {
  let first = i;
  while (first > 0 && /^ {4}\/\/\//.test(lines[first - 1])) first--;
  return lines.slice(first, i).join(' ');
}

function faultOf(comment, body) {
  if (!comment) return 'has no comment';
  if (/@inheritdoc/.test(comment)) return null;
  if (/require\(|\brevert\b/.test(body) && !/revert|refus|unless|only/i.test(comment)) return 'does not say when it reverts';
  if (/\bemit /.test(body) && !/emit|event/i.test(comment)) return 'does not say what it emits';
  return null;
}

if (missing.length) {
  process.stderr.write(`${missing.join('\n')}\nnatspec: ${missing.length} functions that do not say enough\n`);
  process.exit(1);
}
process.stdout.write(`natspec: ${documented} functions documented\n`);
