import { expect, test } from 'vitest'
import { Answered } from './answered'

test('Enter before the answer waits for it, and is heard once', () => {
  const answers = new Answered<string, 'show'>()
  answers.came('old', 'old result')
  expect(answers.wanted('new', 'show')).toBeNull()
  expect(answers.came('new', 'new result')).toBe('show')
  expect(answers.came('new', 'new result')).toBeNull()
})

test('Enter after the answer has come takes it, though it is not drawn yet', () => {
  const answers = new Answered<string, 'show'>()
  expect(answers.came('new', 'new result')).toBeNull()
  expect(answers.wanted('new', 'show')).toBe('new result')
})

test('another letter after Enter takes Enter back', () => {
  const answers = new Answered<string, 'show'>()
  expect(answers.wanted('ne', 'show')).toBeNull()
  answers.typed()
  expect(answers.came('new', 'new result')).toBeNull()
})
