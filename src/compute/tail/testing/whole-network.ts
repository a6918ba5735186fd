import { memories } from '../../kernels/update-rules'
import { TailProgram } from '../program'
import { trainStep } from '../step'
import { openGraph, networkTail, type CurveCase, type Stored } from './packed'
import { changeApart, followKeras, lossesApart } from './follow'

/** How a tail of a whole network follows Keras (`tools/tail`). */
export interface WholeNetwork {
  readonly kernels: string
  readonly parameters: number
  readonly megabytes: number
  readonly lossFallsTo: number
  /** Relative, at the worst step. */
  readonly lossApart: number
  /** Of the worst tensor. */
  readonly changeApart: number
  readonly worstTensor: string
  readonly adamLossApart: number
  readonly msPerStep: number
}

/** Trains as Keras did, and tells how far it is from it. */
export async function compareWithKeras(
  bytes: Uint8Array<ArrayBuffer>,
  network: CurveCase,
  numbers: Float32Array,
): Promise<WholeNetwork> {
  const values = ({ shape, at }: Stored): Float32Array =>
    numbers.subarray(at, at + shape.reduce((product, size) => product * size, 1))
  const work = await openGraph(bytes)
  const tail = await networkTail(work)
  const maps = values(network.maps)
  const run = async (rule: 'momentum' | 'adam') => {
    const program = await TailProgram.open(tail, { batch: network.order[0].length, memories: memories[rule] })
    const first = program.weights()
    const began = performance.now()
    const losses = await followKeras((rows, options) => trainStep(program, rows, options), network, maps, rule)
    const ms = (performance.now() - began) / losses.length
    const last = program.weights()
    const found = { losses, first, last, ms, kernels: program.kernels, megabytes: program.bytes / 1e6 }
    program.dispose()
    return found
  }
  const { losses, first, last, ms, kernels, megabytes } = await run('momentum')
  const changes = [...last].map(([id, ours]) => ({
    id,
    apart: changeApart(first.get(id) ?? ours, ours, values(network.ends[id])),
  }))
  const worst = changes.reduce((most, each) => (each.apart > most.apart ? each : most))
  const wanted = network.runs.momentum.losses
  const adam = await run('adam')
  return {
    kernels,
    parameters: tail.parameters,
    megabytes: Math.round(megabytes),
    lossFallsTo: wanted[wanted.length - 1] / wanted[0],
    lossApart: lossesApart(losses, wanted),
    changeApart: worst.apart,
    worstTensor: worst.id,
    adamLossApart: lossesApart(adam.losses, network.runs.adam.losses),
    msPerStep: Math.round(ms),
  }
}
