// Cutpoint's linear head in Node and in headless Chromium beside scikit-learn's lbfgs, in one run, on the same bytes.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../tools/chromium.mjs'

export const title = 'milliseconds from raw features to a trained head (largest gradient entry at most 1e-4)'

const root = fileURLToPath(new URL('../', import.meta.url))
const tolerance = 1e-4
const repeats = 25
const peerRepeats = 7
const problems = [
  { name: '300x1280, 5 labels', images: 300, length: 1280, classes: 5, l2: 0.03, scale: 'global', seed: 1 },
  { name: '1000x1280, 10 labels', images: 1000, length: 1280, classes: 10, l2: 0.03, scale: 'global', seed: 2 },
]

export async function run() {
  const folder = await mkdtemp(join(tmpdir(), 'cutpoint-head-'))
  try {
    const bundle = join(folder, 'head.mjs')
    await writeFile(bundle, await bundleHead())
    const { synthesise } = await import(pathToFileURL(bundle).href)
    for (const problem of problems) {
      const { features, labels } = synthesise(problem.images, problem.length, problem.classes, problem.seed)
      await writeFile(join(folder, `${problem.seed}.features`), features)
      await writeFile(join(folder, `${problem.seed}.labels`), labels)
    }
    const notes = [
      'Features: seeded, like pooled ReLU6 features: 64 latent directions around each label’s centre, mixed to 1,280 correlated channels, noisy, cut to [0, 6], averaged over 16 places (src/compute/head/testing/synthetic.ts).',
      `Loss: mean cross-entropy + l2/2 ‖W‖², l2 ${problems[0].l2}; for scikit-learn C = 1/(images · l2). first: the first fit of a fresh process or page; median and best of ${repeats} more (scikit-learn: ${peerRepeats}). All from raw float32 features (scikit-learn: the same scaling in numpy, then fit; “fit only” leaves the scaling out).`,
    ]
    const rows = []
    for (const problem of problems) {
      rows.push(...(await measureNode(folder, bundle, problem)))
      rows.push(...(await measureChromium(folder, bundle, problem, notes)))
      rows.push(...(await measurePeer(folder, problem, notes)))
      notes.push(...compare(problem, rows))
    }
    return { rows, notes: [...new Set(notes)] }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The solver and the data's maker as one module, built as for the page. */
async function bundleHead() {
  const output = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: { write: false, target: 'es2022', lib: { entry: 'bench/head.entry.ts', formats: ['es'] } },
  })
  return [output].flat()[0].output[0].code
}

/** Fits once, then `repeats` times; runs in Node and in the page, so it must stand on its own. */
async function measure(fitLinearHead, problem, features, labels, options, repeats) {
  const times = []
  let fit
  for (let index = 0; index <= repeats; index++) {
    const began = performance.now()
    fit = await fitLinearHead({ features, labels, length: problem.length, classes: problem.classes }, options)
    times.push(performance.now() - began)
  }
  const { iterations, gradient, loss } = fit
  return { times, iterations, gradient, loss }
}

async function measureNode(folder, bundle, problem) {
  // A process of its own, so that the first fit is a first one.
  const script = `
    import { readFileSync } from 'node:fs'
    const { fitLinearHead } = await import(${JSON.stringify(pathToFileURL(bundle).href)})
    const read = (name) => new Uint8Array(readFileSync(${JSON.stringify(folder)} + '/${problem.seed}.' + name)).buffer
    const measure = ${measure.toString()}
    console.log(JSON.stringify(await measure(fitLinearHead, ${JSON.stringify(problem)}, new Float32Array(read('features')),
      new Int32Array(read('labels')), ${JSON.stringify({ l2: problem.l2, scale: problem.scale, tolerance })}, ${repeats})))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  return [row(problem, 'Cutpoint, Node', JSON.parse(stdout))]
}

async function measureChromium(folder, bundle, problem, notes) {
  const executablePath = findChromium()
  if (!executablePath) {
    notes.push('Chromium was not found, so the page was not measured; set CUTPOINT_CHROMIUM to its path.')
    return []
  }
  const files = { '/': '<!doctype html><title>head</title>', '/head.mjs': await readFile(bundle) }
  for (const name of ['features', 'labels']) files[`/${name}`] = await readFile(join(folder, `${problem.seed}.${name}`))
  const server = createServer((request, response) => {
    const body = files[request.url ?? '']
    const type = request.url === '/' ? 'text/html' : 'text/javascript'
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': type }).end(body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${server.address().port}/`)
    const script = `(async () => {
      const { fitLinearHead } = await import('/head.mjs')
      const read = async (name) => (await fetch('/' + name)).arrayBuffer()
      const measure = ${measure.toString()}
      return measure(fitLinearHead, ${JSON.stringify(problem)}, new Float32Array(await read('features')),
        new Int32Array(await read('labels')), ${JSON.stringify({ l2: problem.l2, scale: problem.scale, tolerance })}, ${repeats})
    })()`
    return [row(problem, `Cutpoint, Chromium ${browser.version()}`, await page.evaluate(script))]
  } finally {
    await browser.close()
    server.close()
  }
}

async function measurePeer(folder, problem, notes) {
  const script = join(root, 'tools/sklearn/bench_head.py')
  const settings = JSON.stringify({ ...problem, folder, tolerance, repeats: peerRepeats })
  for (const python of [process.env.CUTPOINT_PYTHON, join(root, 'bench/.venv/bin/python'), 'python3']) {
    if (!python) continue
    try {
      const { stdout } = await promisify(execFile)(python, [script, settings])
      const { version, runs } = JSON.parse(stdout)
      return runs.map((result) => row(problem, `scikit-learn ${version}, ${result.name}`, result))
    } catch (error) {
      if (error.code !== 'ENOENT' && !String(error.stderr).includes('ModuleNotFoundError')) throw error
    }
  }
  notes.push(
    'scikit-learn was not found, so there is nothing beside our figures. Run: python3 -m venv bench/.venv && bench/.venv/bin/pip install -r tools/sklearn/requirements.txt (or set CUTPOINT_PYTHON).',
  )
  return []
}

/** Our medians beside the least of scikit-learn's, scaling left out on its side only. */
function compare(problem, rows) {
  const own = rows.filter((entry) => entry.problem === problem.name)
  const peers = own.filter((entry) => entry.solver.startsWith('scikit-learn'))
  if (peers.length === 0) return []
  const peer = peers.reduce((least, entry) => (entry.median < least.median ? entry : least))
  return own
    .filter((entry) => !peers.includes(entry))
    .map((entry) => {
      const share = (entry.median / peer.median).toFixed(2)
      return `${problem.name}: ${entry.solver} takes ${share} of the time of ${peer.solver}.`
    })
}

function row(problem, solver, { times, iterations, gradient, loss }) {
  const [first, ...warm] = times
  const sorted = warm.toSorted((left, right) => left - right)
  const rounded = (value) => Math.round(value * 10) / 10
  return {
    problem: problem.name,
    solver,
    first: rounded(first),
    median: rounded(sorted[Math.floor(sorted.length / 2)]),
    best: rounded(sorted[0]),
    iterations,
    gradient: Number(gradient.toExponential(1)),
    loss: Number(loss.toFixed(6)),
  }
}
