// One purchase through the official library. Arguments: folder of the library, host, private key, services as JSON, app as JSON, a pool, mode.
// Prints one JSON line.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [library, key, services, image, pool, tags] = process.argv.slice(2);
const { host, options } = JSON.parse(services);
const lib = await import(pathToFileURL(join(library, 'index.js')).href);
const { IExec, utils } = lib;
const signer = utils.getSignerFromPrivateKey(host, key, { allowExperimentalNetworks: true });
const iexec = new IExec({ ethProvider: signer }, options);
const tag = JSON.parse(tags);
const answer = {};

answer.chainId = (await iexec.network.getNetwork()).chainId;
answer.address = await iexec.wallet.getAddress();
answer.nRLC = (await iexec.wallet.checkBalances(answer.address)).nRLC.toString();
await iexec.account.deposit('3 RLC');
answer.stake = (await iexec.account.checkBalance(answer.address)).stake.toString();
answer.categories = (await iexec.hub.countCategory()).toString();
answer.ratio = (await iexec.hub.getTimeoutRatio()).toString();

const app = await iexec.app.deployApp({ owner: answer.address, type: 'DOCKER', ...JSON.parse(image) });
answer.app = app.address;
answer.isDeployed = await iexec.app.checkDeployedApp(app.address);
const apporder = await iexec.order.signApporder(await iexec.order.createApporder({ app: app.address, volume: 10, tag }));
answer.apporder = await iexec.order.publishApporder(apporder);

let workerpool = pool;
if (workerpool === 'own') {
  workerpool = (await iexec.workerpool.deployWorkerpool({ owner: answer.address, description: 'own' })).address;
  const offer = await iexec.order.createWorkerpoolorder({ workerpool, category: 0, volume: 2, tag });
  await iexec.order.publishWorkerpoolorder(await iexec.order.signWorkerpoolorder(offer));
}

const offers = await iexec.orderbook.fetchWorkerpoolOrderbook({ workerpool, category: 0 });
answer.offers = offers.count;
const workerpoolorder = offers.orders[0].order;
const requestorder = await iexec.order.signRequestorder(
  await iexec.order.createRequestorder({
    app: app.address,
    appmaxprice: 0,
    workerpool,
    workerpoolmaxprice: workerpoolorder.workerpoolprice,
    requester: answer.address,
    volume: 1,
    category: 0,
    tag,
    params: { iexec_args: 'library' },
  }),
  { preflightCheck: false },
);
const estimate = await iexec.order.estimateMatchOrders({ apporder, workerpoolorder, requestorder });
answer.estimate = estimate.volume.toString();
const { dealid } = await iexec.order.matchOrders({ apporder, workerpoolorder, requestorder }, { preflightCheck: false });
answer.dealid = dealid;
const deal = await iexec.deal.show(dealid);
answer.requester = deal.requester;
answer.taskid = deal.tasks[0];

// The gateway follows the chain, at its own pace.
const patience = Date.now() + 60_000;
do {
  const deals = await iexec.deal.fetchRequesterDeals(answer.address);
  answer.listed = deals.deals.some((one) => one.dealid === dealid);
  if (!answer.listed) await sleep(100);
} while (!answer.listed && Date.now() < patience);

if (pool !== 'own') {
  answer.updates = await new Promise((resolve, reject) => {
    const seen = [];
    iexec.task.obsTask(answer.taskid, { dealid }).then((task) =>
      task.subscribe({ next: ({ message }) => seen.push(message), error: reject, complete: () => resolve(seen) }),
    );
  });
  answer.status = (await iexec.task.show(answer.taskid)).statusName;
  const result = await iexec.task.fetchResults(answer.taskid);
  answer.zip = Buffer.from(await (await result.blob()).arrayBuffer()).toString('base64');
  const logs = await iexec.task.fetchLogs(answer.taskid);
  answer.stdout = logs[0].stdout;
  answer.offchain = (await iexec.task.fetchOffchainInfo(answer.taskid)).task.status;
}

console.log(JSON.stringify(answer));
