import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Tail } from '../../../graph/tail/types'
import type { WeightValues } from '../../../graph/types'
import { createPace } from '../../head/pace'
import { descentOf, memories } from '../../kernels/update-rules'
import { alone, trainStep, type Learner, type StepOptions, type StepRows } from '../step'
import { TailProgram } from '../program'
import { fixtureGraph, tailFixtures } from '../testing/fixtures'
import { apart, tailBetween } from '../testing/packed'
import { Helper } from './helper'
import type { HelperPort } from './protocol'
import { serveHelper } from './serve'
import { TailTeam } from './team'

const { networks, values } = tailFixtures()
const network = networks[0]
const maps = values(network.maps)
const length = maps.length / network.labels.length
let tail: Tail

beforeAll(async () => {
  const work = await fixtureGraph(network.name)
  const freeze = work.graph.nodes.find(({ name }) => name.endsWith('freeze'))
  tail = await tailBetween(work, `${freeze?.name ?? ''}:0`, work.graph.outputs[0].tensor)
})

function rowsOf(photos: readonly number[], weights: readonly number[] | null = null): StepRows {
  return {
    rows: Int32Array.from(photos),
    maps: (row) => maps.subarray(row * length, (row + 1) * length),
    labels: Int32Array.from(photos, (photo) => network.labels[photo]),
    weights: weights && Float32Array.from(weights),
  }
}

const options = (step: number, change: Partial<StepOptions> = {}): StepOptions => ({
  descent: () => descentOf('adam', 0.01, step),
  decay: new Map(),
  clip: null,
  pace: createPace(),
  ...change,
})

/** Helpers in this thread, each behind messages that are copied and handed over as those of workers are. */
function helpers(): { start: () => HelperPort; ended: () => number; failNext: () => void } {
  let ended = 0
  let fails = false
  const start = (): HelperPort => {
    const { port1, port2 } = new MessageChannel()
    serveHelper({
      postMessage: (reply, transfer) => port2.postMessage(reply, transfer),
      set onmessage(hear: ((event: MessageEvent) => void) | null) {
        port2.onmessage = (event: MessageEvent) => hear?.(event)
      },
    })
    return {
      postMessage(request, transfer) {
        if (fails) throw new Error('gone')
        port1.postMessage(request, transfer)
      },
      set onmessage(hear: HelperPort['onmessage']) {
        port1.onmessage = hear
      },
      onerror: null,
      terminate() {
        ended += 1
        port1.close()
      },
    }
  }
  return { start, ended: () => ended, failNext: () => (fails = true) }
}

const openTeam = (threads: number, start: () => HelperPort, batch = 8): Promise<TailTeam> =>
  TailTeam.open(tail, { batch, memories: memories.adam, threads, start })

const batches: readonly StepRows[] = [
  rowsOf([0, 1, 2, 3, 4, 5, 6, 7]),
  rowsOf([8, 3, 1]),
  rowsOf([5]),
  rowsOf([7, 2, 4, 6, 1], [0.5, 2, 1, 0.25, 1.25]),
  {
    ...rowsOf([3, 0, 6, 2, 5], [0.5, 2, 1, 0.25, 1.25]),
    mixed: { others: Int32Array.of(0, 1, 0, 1, 1), shares: Float32Array.of(0.5, 0.1, 0.3, 0, 0.4) },
  },
]

/** Losses and the weights in the end. */
async function follow(learner: Learner): Promise<{ losses: number[]; correct: number[]; weights: number[] }> {
  const found = []
  for (const [step, rows] of batches.entries()) found.push(await trainStep(learner, rows, options(step + 1)))
  return {
    losses: found.map(({ mean }) => mean),
    correct: found.map(({ correct }) => correct),
    weights: [...learner.program.weights().values()].flatMap((each) => [...each]),
  }
}

async function followAlone(): Promise<Awaited<ReturnType<typeof follow>>> {
  const program = await TailProgram.open(tail, { batch: 8, memories: memories.adam })
  const found = await follow(alone(program))
  program.dispose()
  return found
}

describe('a team', () => {
  it.each([1, 2, 3])('of %i threads learns as one program does', async (threads) => {
    const wanted = await followAlone()
    const { start, ended } = helpers()
    const team = await openTeam(threads, start)
    expect(team.threads).toBe(threads)
    const found = await follow(team)
    expect(apart(found.losses, wanted.losses)).toBeLessThan(1e-5)
    expect(found.correct).toEqual(wanted.correct)
    expect(apart(found.weights, wanted.weights)).toBeLessThan(1e-4)
    team.dispose()
    expect(ended()).toBe(threads - 1)
  })

  it('gives the same bits again', async () => {
    const found = []
    for (let time = 0; time < 2; time++) {
      const team = await openTeam(3, helpers().start)
      found.push(await follow(team))
      team.dispose()
    }
    expect(found[0]).toEqual(found[1])
  })

  it('goes on in another one from where it was, to the bit', async () => {
    const [first, second] = [await openTeam(2, helpers().start), await openTeam(2, helpers().start)]
    await trainStep(first, batches[0], options(1))
    second.restore(await first.weights())
    second.remember(await first.memories())
    const found = []
    for (const team of [first, second]) {
      const { mean } = await team.step(batches[3], options(2))
      const cost = await team.lossOf(batches[2], createPace())
      const logits = await team.logitsOf([3, 0, 7], batches[0].maps, createPace())
      found.push({ mean, cost, logits, weights: await team.weights() })
      team.dispose()
    }
    expect(found[1]).toEqual(found[0])
    expect(found[0].logits).toHaveLength(3 * 4)
  })

  it('goes on by itself where no helper starts, or one stops', async () => {
    const wanted = await followAlone()
    const nobody = await openTeam(2, () => {
      throw new Error('no workers here')
    })
    expect(nobody.threads).toBe(1)
    expect(apart((await follow(nobody)).weights, wanted.weights)).toBeLessThan(1e-4)
    nobody.dispose()
    const { start, failNext, ended } = helpers()
    const team = await openTeam(2, start)
    failNext()
    expect(apart((await follow(team)).weights, wanted.weights)).toBeLessThan(1e-4)
    expect([team.threads, ended()]).toEqual([1, 1])
    team.dispose()
  })

  it('does not wait for a helper that never starts', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      let ended = false
      const silent = (): HelperPort => ({
        postMessage: () => undefined,
        onmessage: null,
        onerror: null,
        terminate: () => (ended = true),
      })
      const opening = openTeam(2, silent)
      await vi.waitUntil(() => (vi.advanceTimersByTime(60_000), ended))
      const team = await opening
      expect(team.threads).toBe(1)
      team.dispose()
    } finally {
      vi.useRealTimers()
    }
  })

  it('is not waited for where its time is over before all weights are read', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const silent: HelperPort = {
        postMessage: () => undefined,
        onmessage: null,
        onerror: null,
        terminate: () => undefined,
      }
      const read = async (id: string): Promise<WeightValues> => {
        vi.advanceTimersByTime(60_000)
        return tail.weights.values(id)
      }
      const slow = { ...tail, weights: { raw: (id: string) => tail.weights.raw(id), values: read } }
      await expect(Helper.open(silent, slow, 8)).rejects.toThrow('stopped')
    } finally {
      vi.useRealTimers()
    }
  })

  it('takes up a step after one that was broken off', async () => {
    const wanted = await followAlone()
    const team = await openTeam(2, helpers().start)
    const broken = { yieldTurn: () => Promise.reject(new Error('enough')) }
    await expect(trainStep(team, rowsOf([3, 4, 5, 6]), options(1, { pace: broken }))).rejects.toThrow('enough')
    const found = await follow(team)
    expect(apart(found.losses, wanted.losses)).toBeLessThan(1e-5)
    team.dispose()
  })
})
