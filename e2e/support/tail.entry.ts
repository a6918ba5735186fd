/** What e2e/tail.spec.ts runs in a page of its own: slopes by a backend of TensorFlow.js, and a small network that learns by it. */
import { startBackend } from '../../src/compute/backends/start'
import { memories } from '../../src/compute/kernels/update-rules'
import { TailProgram } from '../../src/compute/tail/program'
import { trainStep, type StepLoss, type StepOptions, type StepRows } from '../../src/compute/tail/step'
import { lackingSlopes } from '../../src/compute/tail/tensors/lacking'
import { TensorLearner } from '../../src/compute/tail/tensors/learner'
import { slopesByTensors, type FoundSlopes } from '../../src/compute/tail/tensors/testing/slopes'
import { asRun } from '../../src/compute/tail/tensors/trainable-graph'
import { changeApart, followKeras, lossesApart } from '../../src/compute/tail/testing/follow'
import { fixturesFrom, networkTail, openGraph, tailBetween } from '../../src/compute/tail/testing/packed'
import type { BackendName } from '../../src/types'

async function unpacked(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const { body } = await fetch(`${name}.gz`)
  const stream = body?.pipeThrough(new DecompressionStream('gzip')) ?? null
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

const fixtures = async () => fixturesFrom(await unpacked('tail.json'), await unpacked('values.bin'))

export interface CaseSlopes extends FoundSlopes {
  readonly name: string
}

/** Cases of gradients, one of `every`. */
export async function slopesOn(backend: BackendName, every: number): Promise<CaseSlopes[]> {
  await startBackend(backend)
  const { cases, values } = await fixtures()
  const work = await openGraph(await unpacked('gradients.pb'))
  const found: CaseSlopes[] = []
  for (const each of cases.filter((_, at) => at % every === 0)) {
    const tail = await tailBetween(work, `${each.name}/maps:0`, `${each.name}/y:0`)
    found.push({ name: each.name, ...(await slopesByTensors(tail, each, values, backend)) })
  }
  return found
}

export interface Learnt {
  readonly name: string
  readonly lacks: string | null
  /** Relative, at the worst step. */
  readonly lossApart: number
  /** Of the worst tensor. */
  readonly changeApart: number
  readonly adamLossApart: number
  /** Milliseconds of a step after the first, by the backend and on one thread of the processor. */
  readonly ms: number
  readonly processorMs: number
}

/** Networks that Keras trained, by their name. */
export async function learntOn(backend: BackendName, names: readonly string[]): Promise<Learnt[]> {
  await startBackend(backend)
  const { networks, values } = await fixtures()
  const found: Learnt[] = []
  for (const network of networks.filter(({ name }) => names.includes(name))) {
    const tail = await networkTail(await openGraph(await unpacked(`${network.name}.pb`)))
    const maps = values(network.maps)
    const run = async (rule: 'momentum' | 'adam') => {
      const learner = await TensorLearner.open(tail, { batch: 8, memories: memories[rule] })
      const first = await learner.weights()
      const times: number[] = []
      const losses = await followKeras(timed(learner.step.bind(learner), times), network, maps, rule)
      const last = await learner.weights()
      learner.dispose()
      return { first, last, losses, ms: median(times) }
    }
    const momentum = await run('momentum')
    const changes = [...momentum.last].map(([id, ours]) =>
      changeApart(momentum.first.get(id) ?? ours, ours, values(network.ends[id])),
    )
    const adam = await run('adam')
    const program = await TailProgram.open(tail, { batch: 8, memories: 1 })
    const times: number[] = []
    await followKeras(
      timed((rows, options) => trainStep(program, rows, options), times),
      network,
      maps,
      'momentum',
    )
    program.dispose()
    found.push({
      name: network.name,
      lacks: lackingSlopes(tail, (await asRun(tail)).graph, backend),
      lossApart: lossesApart(momentum.losses, network.runs.momentum.losses),
      changeApart: Math.max(...changes),
      adamLossApart: lossesApart(adam.losses, network.runs.adam.losses),
      ms: momentum.ms,
      processorMs: median(times),
    })
  }
  return found
}

type Take = (rows: StepRows, options: StepOptions) => Promise<StepLoss>

/** The same, with the milliseconds that each step took. */
function timed(take: Take, times: number[]): Take {
  return async (rows, options) => {
    const began = performance.now()
    const found = await take(rows, options)
    times.push(performance.now() - began)
    return found
  }
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]
