import { expect, it } from 'vitest'
import { since } from './since'

const now = Date.UTC(2026, 0, 20, 12)
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]

it.each([
  [20_000, 'just now'],
  [minute, '1 minute ago'],
  [59 * minute, '59 minutes ago'],
  [2.9 * hour, '2 hours ago'],
  [day, 'yesterday'],
  [8 * day, 'last week'],
  [70 * day, '2 months ago'],
])('%i ms ago is %s', (ago, words) => expect(since(now - ago, now)).toBe(words))
