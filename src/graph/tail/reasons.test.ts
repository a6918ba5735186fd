import { expect, it } from 'vitest'
import { whyNotFrom } from './reasons'

it('names what stands in the way', () => {
  expect(whyNotFrom({ code: 'operation', node: 'block/norm', op: 'LRN', why: 'unknown' })).toBe(
    'The operation LRN (“norm”) comes behind it, and nothing before that can be trained: how it is learnt through is not known here.',
  )
  expect(whyNotFrom({ code: 'goes-round', tensor: 'stem:0' })).toContain('“stem:0”')
})
