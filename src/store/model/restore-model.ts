import { asCutpointError, type ErrorCode } from '../../errors'
import { workerTexts } from '../../texts/page/workers'
import type { ComputeWorker } from '../../workers/compute'
import { tell } from '../page/notices'
import { getState } from '../state/state'
import { openGeneration } from './generation'
import { closeModel } from './open-model'

/** Opens the open model in a new compute worker. */
export async function restoreModel(worker: ComputeWorker['api']): Promise<void> {
  const { model } = getState()
  if (model) await worker.open('rebuild', model.from, { ...model.choices, seen: true }, model.id)
}

/** Has a new compute worker look at the output that was chosen. */
export async function restoreOutput(worker: ComputeWorker['api']): Promise<void> {
  const { model } = getState()
  const output = model?.output ?? null
  if (output !== null && output !== model?.summary.outputs.at(0)?.name)
    await worker.chooseOutput(openGeneration(), output)
}

/** Gives a new compute worker the values of the inputs beside the picture. */
export async function restoreInputs(worker: ComputeWorker['api']): Promise<void> {
  const { model } = getState()
  for (const { tensor, value } of model?.otherInputs ?? [])
    if (value) await worker.setInput(openGeneration(), tensor, value)
}

/** A new compute worker cannot be brought to the open model. Whether the page goes on without it, which is told then. */
export function goOnWithoutModel(error: unknown): boolean {
  const { model } = getState()
  if (!model) return true
  const { code, message, next } = asCutpointError(error)
  // The network may be there again when the model is next needed.
  if (unreachable.has(code)) return false
  closeModel()
  tell({ kind: 'error', title: workerTexts.lostTitle(model.summary.name), text: `${message} ${next}` })
  return true
}

const unreachable: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['url-unreachable', 'url-status', 'url-blocked'])
