#!/usr/bin/env node
// Gas of every function is on record: each function of the hub, and each function of the other contracts that changes
// something, has an entry in a snapshot. An entry begins with the function's name; outside the hub with "Contract." and
// the name, unless no other contract has a function of that name.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const entriesOf = name => Object.keys(JSON.parse(fs.readFileSync(path.join(root, 'snapshots', `${name}Test.json`), 'utf8')));
const functionsOf = name => JSON.parse(fs.readFileSync(path.join(root, 'artifacts', `${name}.json`), 'utf8')).abi
  .filter(item => item.type === 'function');
const changes = item => !['view', 'pure'].includes(item.stateMutability);

const entries = ['Gas', 'GasBoost', 'GasAccounts', 'GasSteps', 'GasOwning', 'GasViews', 'Deployment'].flatMap(entriesOf);
const missing = [];
let recorded = 0;

function demand(items, known, prefixes) {
  for (const { name } of items) {
    if (known.some(entry => prefixes.some(prefix => new RegExp(`^${prefix}${name}(?!\\w)`).test(entry)))) recorded++;
    else missing.push(`${prefixes.at(-1)}${name}`);
  }
}

// `configure` reverts always, and calls that revert have no gas that anybody would compare.
demand(functionsOf('Hub').filter(item => item.name !== 'configure'), entries, ['']);
demand(functionsOf('HubNativeAccounts').filter(item => item.stateMutability === 'payable'), entriesOf('GasNativeAccounts'), ['']);
demand(functionsOf('RLC').filter(changes), entries, ['RLC\\.']);
demand(functionsOf('Workerpool').filter(changes), entries, ['']);
// `setPolicy` is what changePolicy of an entry calls, and nobody else may.
for (const name of ['AppRegistry', 'DatasetRegistry', 'WorkerpoolRegistry']) {
  const own = functionsOf(name).filter(item => changes(item) && item.name !== 'setPolicy');
  demand(own, entries, ['(?=create)', 'Registry\\.']);
}
demand(functionsOf('GroupFactory').filter(changes), entries, ['GroupFactory\\.']);
// `initialize` of a group is part of createGroup.
demand(functionsOf('Group').filter(item => changes(item) && item.name !== 'initialize'), entries, ['Group\\.']);

if (missing.length) {
  process.stderr.write(`${missing.join('\n')}\ngas: ${missing.length} functions without a snapshot\n`);
  process.exit(1);
}
process.stdout.write(`gas: ${recorded} functions on record\n`);
