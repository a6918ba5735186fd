import { expect, it } from 'vitest'
import { CutpointError } from '../errors'
import { naming } from './naming'

it('names the file in errors for people, and leaves others as they are', () => {
  const known = new CutpointError('bad-graph', 'It has a circle.', 'Save it again.', { node: 'a' })
  const fail = (error: Error) => (): never => {
    throw error
  }
  expect(() => naming('a.pb', fail(known))).toThrow(
    expect.objectContaining({
      code: 'bad-graph',
      message: 'a.pb: It has a circle.',
      next: 'Save it again.',
      details: { node: 'a', path: 'a.pb' },
    }),
  )
  const unknown = new TypeError('x')
  expect(() => naming('a.pb', fail(unknown))).toThrow(unknown)
  expect(naming('a.pb', () => 3)).toBe(3)
})
