import { optimiserVersion } from '../../graph/optimise'
import type { Graph } from '../../graph/types'
import type { BackendName, Preprocessing, TensorValue } from '../../types'
import type { PooledCut } from '../run/trunk-runner'
import type { NumberedModel } from '../run/compiled-trunks'

/**
 * Names all that a photo's features depend on beside the photo. Rows of several cuts that were fetched together are kept under
 * the key of each (`rows-of-cuts.ts`), which holds since fetching the end of a pattern changes nothing of what is run.
 */
export function featuresKey(
  { analysed, key }: NumberedModel & { readonly key: string },
  { cut, pool }: PooledCut,
  { width, height, fit, range, order }: Preprocessing,
  backend: BackendName,
): string {
  const version = `optimised ${optimiserVersion}, grey by luma`
  const feeds = feedsKey(analysed.otherFeeds)
  const told = toldKey(analysed.read.graph)
  return [
    key,
    cut.join(),
    version,
    width,
    height,
    fit,
    range,
    order,
    backend,
    feeds,
    ...told,
    // What is averaged has the key from before there was another.
    ...(pool === 'average' ? [] : [pool]),
    ...analysed.samePicture,
  ].join('|')
}

/** What layers were told to do. */
const toldKey = ({ scopes }: Graph): string[] =>
  [...scopes.values()].flatMap(({ tellable }) => (tellable?.told ? [JSON.stringify(tellable)] : []))

/** The values of other inputs as a short text that differs where they do; empty where there are none. */
function feedsKey(feeds: ReadonlyMap<string, TensorValue>): string {
  return [...feeds]
    .map(([tensor, { shape, dtype, data }]) => `${tensor} ${shape.join('x')} ${dtype} ${digest(data)}`)
    .join()
}

/** 32-bit FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) of the values as they are written. */
function digest(data: TensorValue['data']): string {
  let hash = 0x811c9dc5
  for (const value of data) {
    for (const character of `${value};`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return (hash >>> 0).toString(16)
}
