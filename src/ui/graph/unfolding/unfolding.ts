import type { Inside } from '../../../view/types'

/** Up to so many boxes are unfolded without a question. */
export const mostUnasked = 1000
/** More boxes than this are never unfolded at once. */
export const mostAtOnce = 20_000

export type Verdict = 'unfold' | 'ask' | 'refuse'

/** Whether unfolding all of something is done, asked about or refused. */
export function unfoldingVerdict({ boxes }: Inside): Verdict {
  if (boxes <= mostUnasked) return 'unfold'
  return boxes <= mostAtOnce ? 'ask' : 'refuse'
}

/** Paths to unfold for all inside, beside those unfolded already. */
export function withInside(unfolded: ReadonlySet<string>, { paths }: Inside): Set<string> {
  return new Set([...unfolded, ...paths.filter((path) => path !== '')])
}
