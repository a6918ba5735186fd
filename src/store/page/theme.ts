import { create } from 'zustand'

const storageKey = 'cutpoint.theme'

/** Light or dark: as the user chose at this or an earlier visit, else as the system wishes. */
export const useTheme = create<{ readonly dark: boolean }>(() => ({ dark: startDark() }))

/** The other colours, from now on and at the next visit. */
export function toggleTheme(): void {
  const dark = !useTheme.getState().dark
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  useTheme.setState({ dark })
  try {
    localStorage.setItem(storageKey, dark ? 'dark' : 'light')
  } catch {
    // Storage may be switched off; then the next visit begins as the system wishes.
  }
}

function startDark(): boolean {
  if (typeof document === 'undefined') return false
  const { dataset } = document.documentElement
  const choice = kept()
  if (choice) dataset.theme ??= choice
  return dataset.theme === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : dataset.theme === 'dark'
}

function kept(): 'dark' | 'light' | null {
  try {
    const choice = localStorage.getItem(storageKey)
    return choice === 'dark' || choice === 'light' ? choice : null
  } catch {
    return null
  }
}
