import { afterEach, describe, expect, test, vi } from 'vitest'
import { isPressed, shownKeys, type Pressed } from './keys'

const pressed = (key: string, ...modifiers: ('ctrl' | 'meta' | 'alt' | 'shift')[]): Pressed => ({
  key,
  ctrlKey: modifiers.includes('ctrl'),
  metaKey: modifiers.includes('meta'),
  altKey: modifiers.includes('alt'),
  shiftKey: modifiers.includes('shift'),
})

describe('keys that were pressed', () => {
  test('are told from others by their modifiers; Mod is Ctrl or ⌘', () => {
    expect(isPressed('Mod+Z', pressed('z', 'ctrl'))).toBe(true)
    expect(isPressed('Mod+Z', pressed('Z', 'meta'))).toBe(true)
    expect(isPressed('Mod+Z', pressed('z'))).toBe(false)
    expect(isPressed('Mod+Z', pressed('z', 'ctrl', 'shift'))).toBe(false)
    expect(isPressed('Mod+Z', pressed('z', 'ctrl', 'alt'))).toBe(false)
    expect(isPressed('Mod+Shift+Z', pressed('Z', 'ctrl', 'shift'))).toBe(true)
    expect(isPressed('Alt+ArrowLeft', pressed('ArrowLeft', 'alt'))).toBe(true)
    expect(isPressed('Alt+ArrowLeft', pressed('ArrowLeft'))).toBe(false)
    expect(isPressed('ArrowLeft', pressed('ArrowLeft', 'alt'))).toBe(false)
  })

  test('are the same with Shift where that is part of how a sign is typed', () => {
    expect(isPressed('?', pressed('?', 'shift'))).toBe(true)
    expect(isPressed('P', pressed('P', 'shift'))).toBe(true)
    expect(isPressed('Shift+Home', pressed('Home'))).toBe(false)
    expect(isPressed('Shift+Home', pressed('Home', 'shift'))).toBe(true)
  })

  test('may have a modifier or not where that makes no difference', () => {
    expect(isPressed('Mod?+Space', pressed(' '))).toBe(true)
    expect(isPressed('Mod?+Space', pressed(' ', 'ctrl'))).toBe(true)
    expect(isPressed('Mod?+Space', pressed(' ', 'alt'))).toBe(false)
  })
})

describe('keys that are shown', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('have the names of the keyboard they are on', () => {
    vi.stubGlobal('navigator', { userAgent: 'Linux' })
    expect(shownKeys('Mod+Shift+Z')).toBe('Ctrl+Shift+Z')
    expect(shownKeys('Alt+ArrowLeft')).toBe('Alt+←')
    expect(shownKeys('Mod?+Space')).toBe('Space')
    vi.stubGlobal('navigator', { userAgent: 'Macintosh' })
    expect(shownKeys('Mod+Shift+Z')).toBe('⌘Shift+Z')
  })

  test('repeat no modifiers', () => {
    vi.stubGlobal('navigator', { userAgent: 'Linux' })
    expect(shownKeys('Alt+ArrowLeft', 'Alt+ArrowRight')).toBe('Alt+← →')
    expect(shownKeys('/', 'Mod+F')).toBe('/ Ctrl+F')
    expect(shownKeys('Mod+Z', 'Z')).toBe('Ctrl+Z Z')
  })
})
