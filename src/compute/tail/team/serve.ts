import { toErrorRecord } from '../../../errors'
import type { WeightStore } from '../../../graph/types'
import type { Pace } from '../../head/pace'
import { lossOfTargets } from '../loss'
import { TailProgram } from '../program'
import type { HelperReply, HelperRequest, HelperShare } from './protocol'

/** Where a helper hears what it is asked, and answers. */
export interface HelperScope {
  postMessage(reply: HelperReply, transfer: Transferable[]): void
  onmessage: ((event: MessageEvent<HelperRequest>) => void) | null
}

/** Nothing comes in while a helper works. */
const unhurried: Pace = { yieldTurn: () => Promise.resolve() }

/** Answers what a helper is asked until its thread ends. */
export function serveHelper(scope: HelperScope): void {
  let program: TailProgram | null = null
  const answer = async (request: HelperRequest): Promise<void> => {
    if (request.kind === 'open') {
      const tail = { ...request.tail, weights: held(request.weights) }
      program = await TailProgram.open(tail, { batch: request.batch, memories: 0 })
      scope.postMessage({ kind: 'open' }, [])
    } else if (program) {
      const found = await learn(program, request)
      const gradients = request.values
      let at = 0
      for (const { gradient } of program.parameters) {
        gradients.set(gradient, at)
        at += gradient.length
      }
      scope.postMessage({ kind: 'learned', found, gradients }, [gradients.buffer])
      program.clearGradients()
    }
  }
  scope.onmessage = ({ data }) => {
    answer(data).catch((error: unknown) => scope.postMessage({ kind: 'error', error: toErrorRecord(error) }, []))
  }
}

async function learn(program: TailProgram, { values, maps, ...targets }: HelperShare) {
  let at = 0
  for (const parameter of program.parameters) {
    parameter.values.set(values.subarray(at, at + parameter.values.length))
    at += parameter.values.length
  }
  program.maps.set(maps)
  await program.forward(unhurried)
  const found = lossOfTargets(program.output, targets, program.outputSlopes, program.outputLength)
  if (Number.isFinite(found.loss)) await program.backward(unhurried)
  return found
}

/** Constants that came with a message. */
function held(weights: Extract<HelperRequest, { kind: 'open' }>['weights']): WeightStore {
  const values: WeightStore['values'] = (id) => {
    const own = weights.get(id)
    return own === undefined ? Promise.reject(new Error(`${id} was not sent`)) : Promise.resolve(own)
  }
  return { values, raw: () => Promise.reject(new Error('only values were sent')) }
}
