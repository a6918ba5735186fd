import { expect, it } from 'vitest'
import { knownOps, opOf } from '../../graph/ops'
import { operationSentence, operationSentences } from '../../texts/model/operations'

const codes = new Set(knownOps().flatMap((op) => opOf(op)?.sentence ?? []))

it('there is a sentence for every code that an operation has, and no other', () => {
  expect([...codes].sort()).toEqual(Object.keys(operationSentences).sort())
})

it('says it in one sentence', () => {
  expect(operationSentence('relu')).toBe('Replaces negative values by zero.')
  expect(operationSentence('unheard-of')).toBeNull()
  expect(operationSentence(null)).toBeNull()
  for (const code of codes) expect(operationSentence(code)).toMatch(/^[-A-Z0-9].*\.$/)
})
