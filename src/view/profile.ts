import type { ViewedModel } from './model'
import type { Profile } from './types'

/** Where along the depth of the network parameters and multiply-adds sit, in so many stretches. */
export function profile(model: ViewedModel, bars: number): Profile {
  return { bars: bars > 0 && model.facts ? [] : [] }
}
