import { baseName } from '../lookup/names'
import type { StoppedBy, TailRefusal } from './types'

/** Why a network cannot be trained from a tensor on, in plain words. */
export function whyNotFrom(refusal: TailRefusal): string {
  switch (refusal.code) {
    case 'operation':
      return `The operation ${refusal.op} (“${baseName(refusal.node)}”) comes behind it, and nothing before that can be trained: ${stops[refusal.why]}.`
    case 'goes-round':
      return `The layers behind it also take “${refusal.tensor}”, which comes from before it.`
    case 'not-before':
      return 'The cut does not depend on it.'
    case 'no-maps':
      return 'How large it is, is only known when the network runs, or it holds no ordinary numbers.'
    case 'nothing-trained':
      return 'There is nothing to train between it and the cut.'
  }
}

/** What keeps a whole network from being learnt through, in plain words. */
export function whyStopped(refusal: TailRefusal): string {
  switch (refusal.code) {
    case 'operation':
      return `The operation ${refusal.op} (“${baseName(refusal.node)}”) cannot be learnt through: ${stops[refusal.why]}.`
    case 'goes-round':
      return `It also takes “${refusal.tensor}”, which does not come from its input.`
    case 'not-before':
      return 'Its output does not depend on its input.'
    case 'no-maps':
      return 'How large its input is, is only known when it runs, or it holds no ordinary numbers.'
    case 'nothing-trained':
      return 'It has no weights that could learn.'
  }
}

/** To follow a colon. */
const stops: Record<StoppedBy, string> = {
  unknown: 'how it is learnt through is not known here',
  type: 'it computes with numbers of another precision',
  'batch-statistics': 'it takes mean and variance from the pictures that go through together',
  'while-running': 'how it is set is only known when the network runs',
  groups: 'its kernels do not fit the channels that come in',
}
