// Human-readable ABI: one line per item of a JSON ABI, with its selector or the first four bytes of its topic.
'use strict';

const { keccak256 } = require('./tools/node_modules/js-sha3');

/** Canonical type: tuples spelled out. */
const typeOf = p =>
  p.type.startsWith('tuple') ? `(${p.components.map(typeOf).join(',')})${p.type.slice(5)}` : p.type;

const signatureOf = item => `${item.name}(${(item.inputs ?? []).map(typeOf).join(',')})`;

const selectorOf = item => '0x' + keccak256(signatureOf(item)).slice(0, 8);

const named = p => {
  const type = p.type.startsWith('tuple')
    ? `(${p.components.map(named).join(', ')})${p.type.slice(5)}`
    : p.type;
  return [type, p.indexed ? 'indexed' : '', p.name].filter(Boolean).join(' ');
};

function lineOf(item) {
  const inputs = (item.inputs ?? []).map(named).join(', ');
  const mutability = item.stateMutability && item.stateMutability !== 'nonpayable' ? ` ${item.stateMutability}` : '';
  switch (item.type) {
    case 'function': {
      const outputs = item.outputs.map(named).join(', ');
      return `${selectorOf(item)} function ${item.name}(${inputs})${mutability}${outputs ? ` returns (${outputs})` : ''}`;
    }
    case 'event':
    case 'error':
      return `${selectorOf(item)} ${item.type} ${item.name}(${inputs})`;
    case 'constructor':
      return `constructor(${inputs})${mutability}`;
    default:
      return `${item.type}()${mutability}`;
  }
}

const rank = { constructor: 0, receive: 1, fallback: 2, error: 3, event: 4, function: 5 };

/** Sorted by kind, then name, then signature; no item twice. */
function sorted(abi) {
  const unique = new Map(abi.map(item => [`${item.type} ${item.name ? signatureOf(item) : ''}`, item]));
  const key = item => `${rank[item.type]} ${item.name ? signatureOf(item) : ''}`;
  return [...unique.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

module.exports = { lineOf, selectorOf, signatureOf, sorted, typeOf };
