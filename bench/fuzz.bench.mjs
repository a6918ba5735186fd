// Hostile models by structure: typed graphs at random, documents and messages whose parts are exchanged, zips with odd
// numbers. Each goes through all that a person may do with a model (src/testing/fuzz), and must go well or be refused by
// a CutpointError. Goes on where it was left: what is done stands in bench/results/fuzz-state.json, with the seed of each
// fault, and at first in bench/fuzz-tried.json, with which the project comes. CUTPOINT_FUZZ=20000 tries so many,
// CUTPOINT_FUZZ_KIND=zip only of one kind, CUTPOINT_FUZZ_ANEW=1 from the first one on.
import { fork } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const title = 'hostile models that are opened, drawn, cut and run, or refused in words'

const child = fileURLToPath(new URL('fuzz.child.mjs', import.meta.url))
const stateFile = new URL('results/fuzz-state.json', import.meta.url)
const triedFile = new URL('fuzz-tried.json', import.meta.url)
/** A process does so many, then another takes over: what the engine keeps does not add up. */
const perProcess = 1000
/** Seconds without an answer after which an input is called a hang. */
const patience = 60
/** Of a hundred inputs, so many are of each kind. */
const shares = {
  'typed graph': 40,
  'TensorFlow.js graph': 20,
  'TensorFlow.js layers': 10,
  'frozen graph': 15,
  SavedModel: 5,
  zip: 10,
}

export async function run() {
  const total = Number(process.env.CUTPOINT_FUZZ ?? 250_000)
  const state = readState()
  for (const [kind, share] of Object.entries(shares)) {
    if (process.env.CUTPOINT_FUZZ_KIND && process.env.CUTPOINT_FUZZ_KIND !== kind) continue
    const until = Math.round((total * share) / 100)
    const done = (state[kind] ??= { next: 0, counts: {}, faults: [] })
    while (done.next < until) {
      await runProcess(kind, done, Math.min(until, done.next + perProcess))
      mkdirSync(new URL('.', stateFile), { recursive: true })
      writeFileSync(stateFile, JSON.stringify(state, null, 2))
      console.log(`${kind}: ${done.next} of ${until}, ${done.faults.length} faults`)
    }
  }
  const rows = Object.entries(state).map(([kind, { next, counts, faults }]) => ({
    kind,
    inputs: next,
    opened: counts['open well'] ?? 0,
    'run as it is': counts['run well'] ?? 0,
    features: counts['features well'] ?? 0,
    faults: faults.length,
  }))
  const notes = Object.entries(state).flatMap(([kind, { faults }]) =>
    faults.slice(0, 20).map(({ seed, fault }) => `${kind}, seed ${seed}: ${fault.split('\n').slice(0, 3).join(' ')}`),
  )
  return { rows, notes }
}

function readState() {
  if (process.env.CUTPOINT_FUZZ_ANEW) return {}
  return JSON.parse(readFileSync(existsSync(stateFile) ? stateFile : triedFile, 'utf8'))
}

/** Tries seeds from `done.next` up to `until` in a process of their own; an input that ends it or hangs is a fault. */
function runProcess(kind, done, until) {
  return new Promise((resolve) => {
    // TensorFlow.js greets each process.
    const process = fork(child, [kind, String(done.next), String(until)], { stdio: 'ignore' })
    let hung = false
    let timer = setTimeout(end, 10 * patience * 1000)
    function end() {
      hung = true
      process.kill('SIGKILL')
    }
    process.on('message', ({ seed, steps, faults }) => {
      clearTimeout(timer)
      timer = setTimeout(end, patience * 1000)
      for (const [step, how] of Object.entries(steps)) {
        const key = `${step} ${how}`
        done.counts[key] = (done.counts[key] ?? 0) + 1
      }
      done.faults.push(...faults.map((fault) => ({ seed, fault })))
      done.next = seed + 1
    })
    process.on('exit', (code) => {
      clearTimeout(timer)
      if (done.next < until) {
        done.faults.push({ seed: done.next, fault: hung ? 'it hangs' : `the process ended with ${code}` })
        done.next += 1
      }
      resolve()
    })
  })
}
