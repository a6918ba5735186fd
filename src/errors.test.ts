import { expect, it } from 'vitest'
import { asCutpointError } from './errors'

it('knows a file that was changed on disk since it was opened', () => {
  const error = asCutpointError(new DOMException('The requested file could not be read', 'NotReadableError'))
  expect(error.code).toBe('file-changed')
  expect(asCutpointError(new TypeError('x is undefined')).code).toBe('internal')
})
