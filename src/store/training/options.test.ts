import { describe, expect, it } from 'vitest'
import { headKinds, specOf } from '../../heads/specs'
import { firstTail, type TailOptions } from '../../tail-options'
import { getState } from '../state/state'
import { checkOptions } from './options'

const check = (kind: (typeof headKinds)[number], tail: TailOptions | null): void =>
  checkOptions({ ...getState().options, head: specOf(kind).defaults, tail })

describe('options of a training', () => {
  it.each(headKinds)('take the last layers with a head of the kind %s if they can learn with it', (kind) => {
    expect(() => check(kind, null)).not.toThrow()
    if (specOf(kind).tunes) expect(() => check(kind, firstTail)).not.toThrow()
    else expect(() => check(kind, firstTail)).toThrow(expect.objectContaining({ code: 'bad-option' }))
  })

  it('are refused where they could not be read again', () => {
    const wrong = { ...firstTail, headFirst: 1 as unknown as boolean }
    expect(() => check('linear', wrong)).toThrow(expect.objectContaining({ code: 'bad-option' }))
  })
})
