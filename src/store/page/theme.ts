import { create } from 'zustand'

const storageKey = 'cutpoint.theme'

/** Light or dark: as the user chose at this or an earlier visit, else as the system wishes. */
export const useTheme = create<{ readonly dark: boolean }>(() => ({ dark: recallDark() }))

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

/** Shows the page in the colours that were chosen at an earlier visit. */
export function startTheme(): void {
  if (typeof document === 'undefined') return
  const choice = kept()
  if (choice) document.documentElement.dataset.theme ??= choice
}

function recallDark(): boolean {
  if (typeof document === 'undefined') return false
  const theme = document.documentElement.dataset.theme ?? kept()
  return theme === null ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark'
}

function kept(): 'dark' | 'light' | null {
  try {
    const choice = localStorage.getItem(storageKey)
    return choice === 'dark' || choice === 'light' ? choice : null
  } catch {
    return null
  }
}
