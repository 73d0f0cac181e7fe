#!/usr/bin/env node
// Every function, event and error of the official interface is in our artifacts, with the same selector or topic, the same
// results, mutability that a caller can rely on, and the same indexed fields; or it is named in data/abi-exemptions.txt.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { lineOf } = require('../../eng/contracts-abi.js');

const artifacts = path.join(__dirname, '..', 'artifacts');
const data = name => fs.readFileSync(path.join(__dirname, 'data', name), 'utf8').split('\n');

/** Contract of the official lists -> our artifacts, added up from left to right; "-" takes the items of one away. */
const contracts = {
  IexecInterfaceToken: 'Hub', IexecInterfaceNative: 'Hub -HubAccounts HubNativeAccounts', IexecPocoBoost: 'Hub',
  IexecPocoBoostAccessors: 'Hub', AppRegistry: 'AppRegistry', DatasetRegistry: 'DatasetRegistry',
  WorkerpoolRegistry: 'WorkerpoolRegistry', App: 'App', Dataset: 'Dataset', Workerpool: 'Workerpool',
  RegistryEntry: 'App', RLC: 'RLC',
};

/** Types only: names of parameters and results, tuples included, do not matter to an encoder; "indexed" does. */
function shape(line) {
  // To a caller, pure is view.
  const text = line.replace(/^0x[0-9a-f]{8} /, '').replace(/\bpure\b/, 'view');
  return text.replace(/([(,] ?|\) )?((?:address|bool|string|bytes\d*|u?int\d*)(?:\[\d*\])*|\)(?:\[\d*\])*)( indexed)?(?: [A-Za-z_]\w*)?(?=[,)])/g,
    (_, before = '', type, indexed = '') => before + type + indexed).replace(/\s+/g, ' ');
}

function official() {
  const items = [];
  let contract = null;
  for (const line of [...data('abi-poco-6.1.0.txt'), ...data('abi-poco-6.1.0-native-boost.txt')]) {
    if (line.startsWith('# ')) continue;
    if (line.startsWith('## ')) contract = line.slice(3).trim();
    else if (/ (function|event) |^error /.test(line)) items.push({ contract, line: line.replace(/^error /, '0x00000000 error ') });
  }
  return items;
}

function exemptions() {
  const result = new Map();
  for (const line of data('abi-exemptions.txt')) {
    const match = /^(\w+)\s+(\w+)\s+- (.+)$/.exec(line);
    if (match) result.set(`${match[1]}.${match[2]}`, match[3]);
  }
  return result;
}

function oursFor(contract) {
  const lines = new Set();
  for (const name of contracts[contract].split(' ')) {
    for (const line of linesOf(name.replace('-', ''))) name.startsWith('-') ? lines.delete(line) : lines.add(line);
  }
  return [...lines];
}

function linesOf(artifact) {
  return JSON.parse(fs.readFileSync(path.join(artifacts, `${artifact}.json`), 'utf8')).abi.filter(item => item.name).map(lineOf);
}

const failures = [];
const exempt = exemptions();
const used = new Set();
let compared = 0;

for (const { contract, line } of official()) {
  const name = / (?:function|event|error) (\w+)\(/.exec(line)[1];
  const ours = oursFor(contract);
  const selector = line.slice(0, 10);
  const found = ours.find(o => shape(o) === shape(line) && (selector === '0x00000000' || o.startsWith(selector)));
  if (found) {
    compared++;
    continue;
  }
  const key = `${contract}.${name}`;
  if (exempt.has(key)) used.add(key);
  else failures.push(`${contract}: ${line}\n    ours: ${ours.filter(o => o.includes(` ${name}(`)).join(' | ') || 'none'}`);
}
for (const key of exempt.keys()) {
  if (!used.has(key)) failures.push(`exemption not needed any more: ${key}`);
}

if (failures.length) {
  process.stderr.write(`${failures.join('\n')}\nabi-compliance: ${failures.length} differences\n`);
  process.exit(1);
}
process.stdout.write(`abi-compliance: ${compared} items equal, ${used.size} exempt\n`);
