import { takeOwnNetwork } from '../store/training/own-network'
import { getState } from '../store/state/state'
import type { TrainAsked, TrainCalled } from '../types'
import { toFiles } from './given'

/** What a script asks of a training, once the network is read that it gives for a head; one that was given before stays. */
export async function withOwnNetwork({ head, ...rest }: TrainCalled): Promise<TrainAsked> {
  if (head?.kind !== 'own') return { ...rest, ...(head && { head }) }
  const { model, ...asked } = head
  if (model !== undefined) {
    const source =
      typeof model === 'string' ? { url: new URL(model, document.baseURI).href } : { files: toFiles(model) }
    return { ...rest, head: { ...asked, network: await takeOwnNetwork(source) } }
  }
  return { ...rest, head: { network: getState().ownNetwork?.facts ?? null, ...asked } }
}
