import { expect, test } from 'vitest'
import { actions, allActions, keyLines, keyListPlaces } from '.'
import { byKeys, type Pressed } from './keys'
import type { KeyPlace } from './types'

const withKeys = Object.entries(allActions).flatMap(([name, { keys }]) => (keys ? [{ name, ...keys }] : []))

/** Places whose keys are heard at the same time. */
const together: readonly (readonly KeyPlace[])[] = [
  ['everywhere', 'page', 'workbench'],
  // Within these, those of the page are heard, too, where they are not taken.
  ['everywhere', 'workbench', 'page', 'graph'],
  ['everywhere', 'workbench', 'page', 'photos'],
  ['everywhere', 'search'],
  ['everywhere', 'picture'],
]

/** A key event as a browser makes it of keys as they are written. */
function typed(keys: string): Pressed {
  const [key, ...modifiers] = keys.split('+').reverse()
  const has = (name: string): boolean => modifiers.includes(name)
  return {
    key: key === 'Space' ? ' ' : key,
    ctrlKey: has('Mod'),
    metaKey: false,
    altKey: has('Alt'),
    shiftKey: has('Shift'),
  }
}

test('no two actions have the same keys in one place', () => {
  for (const places of together) {
    const here = withKeys.filter(({ place }) => places.includes(place))
    const owners = new Map<string, string[]>()
    for (const { name, keys } of here) {
      for (const key of keys) owners.set(key, [...(owners.get(key) ?? []), name])
    }
    const shared = [...owners].filter(([, names]) => names.length > 1)
    // Escape gives up one thing at a time: what is selected, then the large type.
    expect(shared.filter(([key]) => key !== 'Escape')).toEqual([])
  }
})

test('each key leads to its own action, in its place', () => {
  for (const { name, place, keys } of withKeys) {
    for (const key of keys) expect([key, byKeys(allActions, place, typed(key))]).toEqual([key, allActions[name]])
  }
})

test('the list of keys has every key once, with what it does', () => {
  const listed = keyListPlaces.flatMap((place) =>
    keyLines(place).flatMap(({ keys, help }) => keys.map((key) => `${place} ${key} ${help}`)),
  )
  expect(new Set(listed).size).toBe(listed.length)
  expect(listed).toHaveLength(withKeys.flatMap(({ keys }) => keys).length)
  for (const place of keyListPlaces) {
    for (const { help, keys } of keyLines(place)) {
      expect(help).not.toBe('')
      for (const key of keys) {
        expect(withKeys.filter((entry) => entry.help === help && entry.keys.includes(key))).not.toEqual([])
      }
    }
  }
})

test('each action is in the list once, though it comes from several files', () => {
  const objects = Object.values(actions)
  expect(new Set<unknown>(objects).size).toBe(objects.length)
})
