// Listens to the gateway with the client that web pages use, over each transport in turn, and publishes an order through the official library.
// Arguments: folder of the library, private key, services as JSON. Prints what was heard.
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [library, key, services] = process.argv.slice(2);
const { host, options } = JSON.parse(services);
const { IExec, utils } = await import(pathToFileURL(join(library, 'index.js')).href);
const { io } = createRequire(join(library, '../../../../socket.io-client/package.json'))('socket.io-client');
const iexec = new IExec(
  { ethProvider: utils.getSignerFromPrivateKey(host, key, { allowExperimentalNetworks: true }) },
  options,
);
const owner = await iexec.wallet.getAddress();
const { chainId } = await iexec.network.getNetwork();
const { address } = await iexec.workerpool.deployWorkerpool({ owner, description: 'heard' });
const heard = {};
for (const [name, transports] of Object.entries({ polling: ['polling'], websocket: ['websocket'], upgrade: ['polling', 'websocket'] })) {
  const socket = io(options.iexecGatewayURL, { path: '/ws', transports, forceNew: true });
  await new Promise((resolve, reject) => {
    socket.on('connect', resolve);
    socket.on('connect_error', reject);
  });
  // The move to the other transport may be over by now.
  const isMoving = name === 'upgrade' && socket.io.engine.transport.name === 'polling';
  const upgraded = isMoving && new Promise((resolve) => socket.io.engine.once('upgrade', resolve));
  const joined = await socket.timeout(60000).emitWithAck('join', { chainId, topic: 'orders' });
  await upgraded;
  const events = [];
  // Others publish and unpublish meanwhile.
  const gone = new Set();
  let wake = () => {};
  socket.on('workerpoolorder_unpublished', (hash) => {
    gone.add(hash);
    wake();
  });
  const published = new Promise((resolve) => socket.on('workerpoolorder_published', (order) => order.order.workerpool === address && resolve(order)));
  const order = await iexec.order.signWorkerpoolorder(await iexec.order.createWorkerpoolorder({ workerpool: address, category: 0 }));
  const hash = await iexec.order.publishWorkerpoolorder(order);
  events.push((await published).orderHash === hash);
  await iexec.order.unpublishWorkerpoolorder(hash);
  while (!gone.has(hash)) await new Promise((resolve) => (wake = resolve));
  events.push(true);
  heard[name] = { joined, events, transport: socket.io.engine.transport.name };
  socket.disconnect();
}

console.log(JSON.stringify(heard));
