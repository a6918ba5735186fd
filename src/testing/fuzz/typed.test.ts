import { test } from 'vitest'
import { counts, ofItsOwn } from './counts'
import { expectNoFaults } from './tried'

test('typed graphs at random go well or are refused in words', { timeout: 600_000 }, () =>
  expectNoFaults(ofItsOwn, counts[ofItsOwn]),
)
