// Times the local network from outside, as a newcomer meets it, and prints a table for RESULTS.md.
//
//   node bench/first-light.mjs [runs]        (default 5; needs a machine with nothing else to do)
//
// It starts networks of its own in a temporary folder on free ports and ends them.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, readdirSync, readFileSync, mkdirSync, copyFileSync, chmodSync, existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const program = join(root, 'iexec')
const runs = Number(process.argv[2] ?? 5)
const work = mkdtempSync(join(tmpdir(), 'iexec-bench-'))
const env = { ...process.env, IEXEC_HOME: join(work, 'state'), NO_COLOR: '1' }
const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const seconds = value => `${value.toFixed(2)} s`

const freePort = () => new Promise(resolve => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address()
    server.close(() => resolve(port))
  })
})

const ports = {}
for (const name of ['rpc', 'sms', 'result-proxy', 'ipfs', 'market', 'scheduler', 'compass', 'registry']) ports[name] = await freePort()
const portOptions = Object.entries(ports).flatMap(([name, port]) => [`--${name}-port`, String(port)])

function time (action) {
  const began = process.hrtime.bigint()
  action()
  return Number(process.hrtime.bigint() - began) / 1e9
}

// The command's own words on standard error carry what it measured.
function iexec (args, cwd = work) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env })
    let text = ''
    child.stdout.on('data', data => { text += data })
    child.stderr.on('data', data => { text += data })
    child.on('exit', code => code === 0 ? resolve(text) : reject(new Error(`iexec ${args.join(' ')}: exit ${code}\n${text}`)))
  })
}

function startUp (args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['up', ...portOptions, ...args], { cwd: work, env })
    let text = ''
    const stop = () => new Promise(done => { child.on('exit', done); child.kill('SIGINT') })
    const read = data => {
      text += data
      const ready = /up after ([\d.]+) s/.exec(text)
      if (ready) resolve({ seconds: Number(ready[1]), stop })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('exit', code => reject(new Error(`iexec up: exit ${code}\n${text}`)))
  })
}

// From the deal's transaction to the finalized task, and the part of it in which a worker's container ran.
async function purchase (blockTime, folder) {
  const text = await iexec(['demo', '--folder', folder, '--block-time', String(blockTime), ...portOptions])
  return Number(/^· task .*\(([\d.]+) s/m.exec(text)[1])
}

// The same program on the same scene with the same limits, without a market around it.
function bareRun (image, folder) {
  const input = join(work, 'in')
  const output = join(work, 'out')
  rmSync(output, { recursive: true, force: true })
  mkdirSync(input, { recursive: true })
  mkdirSync(output, { recursive: true })
  chmodSync(output, 0o777)
  copyFileSync(join(folder, 'scene.pov'), join(input, 'scene.pov'))
  const docker = existsSync('/var/run/docker.sock') ? [] : ['-H', `unix://${join(env.IEXEC_HOME, 'docker/run/docker.sock')}`]
  return time(() => execFileSync('docker', [
    ...docker, 'run', '--rm', '--network', 'none', '--cpus', '1', '-v', `${input}:/iexec_in:ro`, '-v', `${output}:/iexec_out`,
    '-e', 'IEXEC_IN=/iexec_in', '-e', 'IEXEC_OUT=/iexec_out', '-e', 'IEXEC_INPUT_FILES_NUMBER=1', '-e', 'IEXEC_INPUT_FILES_FOLDER=/iexec_in',
    '-e', 'IEXEC_INPUT_FILE_NAME_1=scene.pov', image], { stdio: 'ignore' }))
}

// Time between the worker's reports COMPUTING and COMPUTED, from the scheduler.
async function containerSeconds (taskId) {
  const reply = await fetch(`http://127.0.0.1:${ports.scheduler}/tasks/${taskId}`)
  const spans = (await reply.json()).replicates.map(replicate => {
    const at = status => Date.parse(replicate.statusUpdateList.find(update => update.status === status).date)
    return (at('COMPUTED') - at('COMPUTING')) / 1000
  })
  return Math.min(...spans)
}

try {
  execFileSync(program, ['--version'], { env })
  const rows = []
  rows.push(['`iexec --version`, whole process', median(Array.from({ length: runs * 4 }, () => time(() => execFileSync(program, ['--version'], { env }))))])
  rows.push(['`iexec --help`, whole process', median(Array.from({ length: runs * 4 }, () => time(() => execFileSync(program, ['--help'], { env }))))])

  // The first purchase builds the sample's image; it is not counted.
  await purchase(1, 'warm')
  const ready = []
  for (let i = 0; i < runs; i++) {
    const network = await startUp([])
    ready.push(network.seconds)
    await network.stop()
  }
  rows.push(['`iexec up` until everything answers, chain on disk', median(ready)])

  const slow = []
  for (let i = 0; i < runs; i++) slow.push(await purchase(1, 'warm'))
  rows.push(['deal → finalized result, two workers, blocks of 1 s', median(slow)])
  const fast = []
  for (let i = 0; i < runs; i++) fast.push(await purchase(0, 'warm'))
  rows.push(['deal → finalized result, two workers, instant blocks', median(fast)])

  const network = await startUp([])
  const folder = join(work, 'warm')
  const tasks = readdirSync(folder).filter(name => name.endsWith('.zip')).map(name => name.slice(0, -4))
  const contained = (await Promise.all(tasks.map(containerSeconds)))
  const app = JSON.parse(readFileSync(join(folder, 'iexec.json'))).app
  const image = `${app.multiaddr}@sha256:${app.checksum.slice(2)}`
  const bare = Array.from({ length: runs }, () => bareRun(image, folder))
  await network.stop()
  rows.push(['the app in a worker (COMPUTING → COMPUTED)', median(contained)])
  rows.push(['the same image and scene by `docker run`', median(bare)])

  console.log('| measured | median |')
  console.log('|---|---:|')
  for (const [name, value] of rows) console.log(`| ${name} | ${seconds(value)} |`)
} finally {
  rmSync(work, { recursive: true, force: true })
}
