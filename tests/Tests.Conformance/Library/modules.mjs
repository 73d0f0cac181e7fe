// What a purchase leaves out of the library: every other method of its modules once. Arguments: folder of the library, private key, services as JSON,
// a category of one second, the version. Prints the answers, and which methods are left.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const [library, key, services, catid, version] = process.argv.slice(2);
// The older version takes this as an option.
const provider = version.startsWith('8.') ? { provider: 'dropbox' } : 'dropbox';
const { host, options } = JSON.parse(services);
const { IExec, utils } = await import(pathToFileURL(join(library, 'index.js')).href);
const called = new Set();
const patience = Date.now() + 120_000;
const open = (privateKey) => {
  const client = new IExec({ ethProvider: utils.getSignerFromPrivateKey(host, privateKey, { allowExperimentalNetworks: true }) }, options);
  const listen = (name, module) => new Proxy(module, {
    get: (target, method) => {
      if (typeof target[method] !== 'function') return target[method];
      called.add(`${name}.${String(method)}`);
      return (...given) => target[method](...given);
    },
  });
  return new Proxy(client, { get: (target, name) => (name === 'config' ? target[name] : listen(name, target[name])) });
};
const refused = async (action) => {
  try {
    await action();
    return 'was not refused';
  } catch ({ name, message }) {
    return `${name}: ${message}`;
  }
};
const iexec = open(key);
const owner = await iexec.wallet.getAddress();
const somebody = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const checksum = `0x${'11'.repeat(32)}`;
const multiaddr = '/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ';
const answer = {};

await iexec.wallet.sendETH(1, somebody);
await iexec.wallet.sendRLC(1, somebody);
await iexec.account.deposit(500);
await iexec.account.withdraw(100);
await iexec.account.approve(7, somebody);
answer.allowance = (await iexec.account.checkAllowance(owner, somebody)).toString();
await iexec.account.revokeApproval(somebody);
answer.stake = (await iexec.account.checkBalance(owner)).stake.toString();

answer.category = (await iexec.hub.showCategory(catid)).name;

// The three kinds of assets, alike.
const assets = {
  app: { owner, name: 'module', type: 'DOCKER', multiaddr: 'hello', checksum },
  dataset: { owner, name: 'module', multiaddr, checksum },
  workerpool: { owner, description: 'module' },
};
const own = {};
answer.assets = {};
for (const [kind, description] of Object.entries(assets)) {
  const [module, Kind] = [iexec[kind], kind[0].toUpperCase() + kind.slice(1)];
  const predicted = await module[`predict${Kind}Address`](description);
  const { address } = await module[`deploy${Kind}`](description);
  own[kind] = address;
  const shown = (await module[`show${Kind}`](address))[kind];
  const listed = await module[`showUser${Kind}`](0, owner);
  const count = await module[`countUser${Kind}s`](owner);
  const other = (await module[`deploy${Kind}`]({ ...description, [kind === 'workerpool' ? 'description' : 'name']: 'to give away' })).address;
  await module[`transfer${Kind}`](other, somebody);
  answer.assets[kind] = {
    isPredicted: predicted === address,
    isDeployed: await module[`checkDeployed${Kind}`](address),
    isOwn: shown.owner === owner,
    isListed: listed.objAddress === address,
    count: count.toString(),
    receiver: (await module[`show${Kind}`](other))[kind].owner,
  };
}
answer.unknown = await refused(() => iexec.app.showApp(somebody));
answer.apiUrl = (await iexec.workerpool.getWorkerpoolApiUrl(own.workerpool)) ?? null;

const secret = iexec.dataset.generateEncryptionKey();
const encrypted = await iexec.dataset.encrypt(Buffer.from('hello dataset'), secret);
answer.checksum = await iexec.dataset.computeEncryptedFileChecksum(encrypted);
const secrets = {
  dataset: [() => iexec.dataset.checkDatasetSecretExists(own.dataset), () => iexec.dataset.pushDatasetSecret(own.dataset, secret)],
  app: [() => iexec.app.checkAppSecretExists(own.app), () => iexec.app.pushAppSecret(own.app, 'word')],
  requester: [() => iexec.secrets.checkRequesterSecretExists(owner, 'word'), () => iexec.secrets.pushRequesterSecret('word', 'value')],
  result: [() => iexec.result.checkResultEncryptionKeyExists(owner), () => iexec.result.pushResultEncryptionKey('public')],
  storage: [() => iexec.storage.checkStorageTokenExists(owner, provider), () => iexec.storage.pushStorageToken('token', provider)],
};
answer.secrets = {};
for (const [name, [check, push]] of Object.entries(secrets)) {
  const before = await check();
  await push();
  answer.secrets[name] = [before, await check(), (await refused(push)).split(' ')[0]];
}

// The four kinds of orders, alike.
const tag = ['tee', 'tdx'];
const drafts = {
  App: { app: own.app, volume: 5, tag },
  Dataset: { dataset: own.dataset, volume: 5, tag },
  Workerpool: { workerpool: own.workerpool, category: catid, volume: 5, tag },
  Request: { app: own.app, workerpool: own.workerpool, requester: owner, category: catid, volume: 1, tag },
};
answer.orders = {};
const keep = {};
for (const [kind, draft] of Object.entries(drafts)) {
  const order = (action, plural = '') => (...given) => iexec.order[`${action}${kind}order${plural}`](...given);
  const target = kind === 'Request' ? owner : own[kind.toLowerCase()];
  const make = async () => order('sign')(await order('create')(draft), { preflightCheck: false });
  const publish = async () => {
    const signed = await make();
    return [signed, await order('publish')(signed, { preflightCheck: false })];
  };
  const [first, hash] = await publish();
  const fetched = await iexec.orderbook[`fetch${kind}order`](hash);
  const book = await iexec.orderbook[`fetch${kind}Orderbook`](
    { app: { app: target }, dataset: { dataset: target }, workerpool: { workerpool: target, category: catid }, request: { requester: target, workerpool: own.workerpool, category: catid } }[kind.toLowerCase()]);
  const one = await order('unpublish')(hash);
  const [, second] = await publish();
  const [last] = await (async (answered) => [answered].flat())(await order('unpublishLast')(...(kind === 'Request' ? [] : [target])));
  await publish();
  const [, fourth] = await publish();
  const all = await order('unpublishAll', 's')(...(kind === 'Request' ? [] : [target]));
  const { txHash } = await order('cancel')(first);
  if (kind === 'App') await order('publish')((keep.App = await make()), { preflightCheck: false });
  else keep[kind] = await make();
  answer.orders[kind] = {
    isHash: (await order('hash')(first)) === hash && fetched.orderHash === hash,
    isInBook: book.orders.some((listed) => listed.orderHash === hash),
    isOut: one === hash && last === second && all.length === 2 && all.includes(fourth),
    txHash,
  };
}

const orders = { apporder: keep.App, workerpoolorder: keep.Workerpool, requestorder: keep.Request };
const { dealid } = await iexec.order.matchOrders(orders, { preflightCheck: false });
const deal = await iexec.deal.show(dealid);
answer.isTask = (await iexec.deal.computeTaskId(dealid, 0)) === deal.tasks[0];
const hashes = { App: 'apporder', Workerpool: 'workerpoolorder', Request: 'requestorder' };
answer.dealsBy = {};
for (const kind of Object.keys(hashes)) {
  const hash = await iexec.order[`hash${kind}order`](keep[kind]);
  let found;
  do found = (await iexec.deal[`fetchDealsBy${kind}order`](hash)).deals; while (found.length === 0 && Date.now() < patience);
  answer.dealsBy[kind] = found.map((one) => one.dealid === dealid);
}
answer.dealsBy.Dataset = (await iexec.deal.fetchDealsByDatasetorder(await iexec.order.hashDatasetorder(keep.Dataset))).deals.map(() => true);
const seen = await new Promise((resolve, reject) => {
  iexec.deal.obsDeal(dealid).then((observed) => {
    const messages = [];
    observed.subscribe({ next: ({ message }) => messages.push(message), error: reject, complete: () => resolve(messages) });
  });
});
answer.seen = seen.at(-1);
answer.claimed = Object.values((await iexec.deal.claim(dealid)).claimed)[0] === deal.tasks[0];
answer.claimAgain = (await refused(() => iexec.task.claim(deal.tasks[0]))).split(':')[0];
answer.swept = await iexec.wallet.sweep(somebody);
const plain = new IExec({ ethProvider: utils.getSignerFromPrivateKey(host, key, { allowExperimentalNetworks: true }) }, options);
answer.left = Object.entries(plain)
  .filter(([name, module]) => name !== 'config' && module && typeof module === 'object')
  .flatMap(([name, module]) => Object.keys(module).filter((method) => typeof module[method] === 'function').map((method) => `${name}.${method}`))
  .filter((method) => !called.has(method))
  .sort();
console.log(JSON.stringify(answer));
