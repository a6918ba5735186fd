import { describe, expect, it } from 'vitest'
import { editText, openDamaged, replaceOne, type Damage } from '../testing/mutate'
import { frozenFiles } from './testing/fixtures'

/** Damages to graphs in text. */
const textDamages: readonly Damage[] = [
  (bytes, random) => editText(bytes, (text) => replaceOne(text, /\d+/g, '99999999999', random)),
  (bytes, random) => editText(bytes, (text) => replaceOne(text, /[{}"]/g, '', random)),
  (bytes, random) => editText(bytes, (text) => replaceOne(text, /\w+ \{/g, '['.repeat(9), random)),
]

describe('two thousand damaged frozen graphs', () => {
  it('in binary either open whole or are refused with a reason', async () => {
    const models = ['cnn', 'cnn-old', 'retrained', 'encodings', 'library'].map(frozenFiles)
    const counts = await openDamaged({ models, rounds: 1400, seed: 7 })
    expect(Object.keys(counts)).toEqual(expect.arrayContaining(['opened', 'bad-graph', 'truncated', 'bad-weight']))
  })

  it('in text either open whole or are refused with a reason', async () => {
    const models = ['cnn-text', 'encodings-text'].map(frozenFiles)
    const counts = await openDamaged({ models, rounds: 600, seed: 8, damages: textDamages })
    expect(Object.keys(counts)).toEqual(expect.arrayContaining(['opened', 'bad-graph']))
  })
})
